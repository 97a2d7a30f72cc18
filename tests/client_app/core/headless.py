"""A client without a screen, drained by the test that uses it, over real TLS."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, get_args

from client_app.core.client import Client
from client_app.core.network.address import Address
from client_app.core.signals import ChannelOpened, LoggedIn, Phase, Signal
from client_app.core.timeline.timeline import EntryKind
from server_app.app import App
from shared.types import GENERAL, ChannelId
from tests.peer import PASSWORD

S = TypeVar("S")

DEADLINE = 30.0


class Company:
    """The devices of a test. Whoever waits for one of them drains them all, as each one's own loop would."""

    def __init__(self) -> None:
        self.woken = threading.Event()
        self.devices: list[Headless] = []

    def until(self, condition: Callable[[], object], deadline: float) -> None:
        limit = time.monotonic() + deadline
        while not condition():
            left = limit - time.monotonic()
            assert left > 0, f"not in time; the signals are {[each.signals[-10:] for each in self.devices]}"
            self.woken.wait(min(left, 0.05))
            self.woken.clear()
            for each in self.devices:
                while each.client.drain():
                    pass


class Headless:
    """One device of one person. `next` and `until` drain it, as a window's loop would."""

    def __init__(self, company: Company, folder: Path, address: Address, *, use_keyring: bool = False) -> None:
        self._company = company
        company.devices.append(self)
        self.folder = folder
        self.address = address
        self.client = Client(folder, company.woken.set, use_keyring=use_keyring)
        self.signals: list[Any] = []
        """Every signal so far that `next` has not taken."""
        for signal_type in get_args(Signal):
            self.client.on(signal_type, self.signals.append)

    def until(self, condition: Callable[[], object], deadline: float = DEADLINE) -> None:
        """Drain until this is true."""
        self._company.until(condition, deadline)

    def next(self, signal_type: type[S], deadline: float = DEADLINE) -> S:
        """The next signal of this type, waited for; it and those before it are taken."""
        self.until(lambda: any(isinstance(each, signal_type) for each in self.signals), deadline)
        while not isinstance(signal := self.signals.pop(0), signal_type):
            pass
        return signal

    def register(self, name: str, **options: Any) -> "Headless":
        """Make an account, and wait until it is logged in."""
        self.client.register(self.address, name, PASSWORD, **options)
        self.next(LoggedIn)
        return self

    def login(self, name: str, password: str = PASSWORD, **options: Any) -> "Headless":
        """Log in, and wait for it."""
        self.client.login(self.address, name, password, **options)
        self.next(LoggedIn)
        return self

    def open(self, channel_id: ChannelId = GENERAL) -> "Headless":
        """Look at a channel, and wait until its newest page is there."""
        self.client.open_channel(channel_id)
        self.next(ChannelOpened)
        self.until(lambda: not self.timeline(channel_id).is_loading)
        return self

    def timeline(self, channel_id: ChannelId = GENERAL) -> Any:
        return self.client.timeline(channel_id)

    def bodies(self, channel_id: ChannelId = GENERAL) -> list[str]:
        """What the message pane shows, oldest first, unsent messages included."""
        return [row.text for row in self.timeline(channel_id).entries if row.kind is EntryKind.MESSAGE]

    def is_at(self, phase: Phase) -> bool:
        """Whether the client stands so with its server."""
        return self.client.phase is phase

    def unread(self, channel_id: ChannelId = GENERAL) -> int:
        row = self.client.channels.row(channel_id)
        assert row is not None
        return row.unread

    def close(self) -> None:
        self.client.close()


def address_of(app: App, **different: Any) -> Address:
    """Where a client finds this server, and that its certificate is the authority to believe."""
    host, port = app.address[:2]
    usual: dict[str, Any] = {
        "host": host,
        "port": port,
        "uses_tls": app.settings.tls,
        "ca_file": app.settings.certificate if app.settings.tls else None,
    }
    return Address(**{**usual, **different})
