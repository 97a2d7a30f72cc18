"""People who talk: whole clients without a screen, driven by a script instead of a person."""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from client_app.core.client import Client
from client_app.core.network.address import Address
from client_app.core.signals import LoginFailed, Notice
from shared.types import Availability, ChannelId, Emoji, MessageKind, RoleId, Seq

PASSWORD = "correct horse"
PATIENCE = 20.0


class Cast:
    """Everybody who is on stage. One thread plays all of them."""

    def __init__(self, folder: Path, address: Address) -> None:
        self._folder = folder
        self._address = address
        self._woken = threading.Event()
        self._clients: dict[str, Client] = {}
        self.complaints: list[str] = []
        """What the server refused, should that ever happen."""

    def enter(self, name: str, *, remember: bool = False) -> Client:
        """Make an account for somebody and wait until they are in."""
        client = Client(self.home(name), self._woken.set, use_keyring=False)
        client.on(LoginFailed, lambda failure: self.complaints.append(f"{name}: {failure.message}"))
        client.on(Notice, lambda notice: self.complaints.append(f"{name}: {notice.text}") if notice.is_error else None)
        self._clients[name] = client
        client.register(self._address, name, PASSWORD, remember=remember)
        self.wait_until(lambda: client.session is not None)
        return client

    def leave(self, name: str) -> None:
        """Hang up. Whoever is remembered can come back in a window on the same `home`."""
        self._clients.pop(name).close()

    def home(self, name: str) -> Path:
        """Where somebody's client keeps its data."""
        return self._folder / name

    def say(self, name: str, channel: str, text: str) -> None:
        """Say something in a channel, or to one person (`@alice`), and wait until it is on its way."""
        client = self._clients[name]
        if channel.startswith("@"):
            self._say_to(client, channel[1:], text)
        else:
            self.wait_until(lambda: client.channels.named(channel) is not None)
            row = client.channels.named(channel)
            assert row is not None
            kind = MessageKind.ACTION if text.startswith("/me ") else MessageKind.TEXT
            client.send(row.channel_id, text.removeprefix("/me "), kind)
        client.tell()

    def send_files(self, name: str, channel: str, paths: Sequence[Path], text: str) -> None:
        """Send files in a channel, and wait until everybody has them."""
        client = self._clients[name]
        row = client.channels.named(channel)
        assert row is not None
        client.attach(row.channel_id, paths)
        client.send(row.channel_id, text)
        self.wait_until(lambda: any(entry.attachments for entry in client.timeline(row.channel_id).entries))

    def answer(self, name: str, channel: str, seq: Seq, text: str) -> None:
        """Let somebody answer a message."""
        client = self._clients[name]
        row = client.channels.named(channel)
        assert row is not None
        client.begin_reply(row.channel_id, seq)
        client.send(row.channel_id, text)

    def react(self, name: str, channel: str, seq: Seq, emoji: Emoji) -> None:
        """Put an emoji under a message."""
        client = self._clients[name]
        row = client.channels.named(channel)
        assert row is not None
        client.react(row.channel_id, seq, emoji)
        client.tell()

    def attend(self, name: str, person: str, *, types: bool = False) -> None:
        """Let somebody read their conversation with a person, and begin to write to them."""
        client = self._clients[name]
        opened: list[ChannelId] = []
        self.wait_until(lambda: client.roster.named(person) is not None)
        entry = client.roster.named(person)
        assert entry is not None
        client.open_direct(entry.user_id, then=opened.append)
        self.wait_until(lambda: bool(opened))
        client.mark_read(opened[0])
        if types:
            client.typed(opened[0])

    def client(self, name: str) -> Client:
        """What somebody has before them, for whatever they do besides."""
        return self._clients[name]

    def look(self, name: str, availability: Availability, status: str) -> None:
        """Choose how somebody looks, and what they are up to."""
        profiles = self._clients[name].profiles
        profiles.set_availability(availability)
        profiles.set_status(status)

    def describe(self, name: str, called: str, pronouns: str, about: str) -> None:
        """Let somebody tell of themselves."""
        self._clients[name].profiles.set_profile(name=called, pronouns=pronouns, about=about)

    def create(self, name: str, channel: str, topic: str) -> None:
        """Make a channel, and wait until it is there."""
        client = self._clients[name]
        client.create_channel(channel, topic)
        self.wait_until(lambda: client.channels.named(channel) is not None)

    def give_role(self, giver: str, name: str, role_id: RoleId) -> None:
        """Let somebody give another person a role, and wait until that is felt."""
        client = self._clients[giver]
        self.wait_until(lambda: client.roster.named(name) is not None)
        entry = client.roster.named(name)
        assert entry is not None
        client.administration.give_role(entry.user_id, role_id)
        self.wait_until(lambda: (row := client.roster.named(name)) is not None and row.role.id == role_id)

    def play(self, seconds: float) -> None:
        """Let everybody hear what is told for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._turn(left)

    def wait_until(self, condition: Callable[[], bool], turn: Callable[[], object] = lambda: None) -> None:
        """Let everybody hear what is told until something is so. Raises `TimeoutError`."""
        until = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError("; ".join(self.complaints) or "The server does not answer.")
            self._turn(0.02)
            turn()

    def close(self) -> None:
        """Everybody leaves."""
        for name in list(self._clients):
            self.leave(name)

    def _say_to(self, client: Client, person: str, text: str) -> None:
        self.wait_until(lambda: client.roster.named(person) is not None)
        entry = client.roster.named(person)
        assert entry is not None
        opened: list[ChannelId] = []
        client.open_direct(entry.user_id, then=opened.append)
        self.wait_until(lambda: bool(opened))
        client.send(opened[0], text)

    def _turn(self, seconds: float) -> None:
        self._woken.wait(seconds)
        self._woken.clear()
        for client in self._people():
            while client.drain():
                pass

    def _people(self) -> Iterable[Client]:
        return tuple(self._clients.values())
