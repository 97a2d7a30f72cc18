"""The story of a conversation: three people, one with two devices, a line that breaks, a server that restarts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from client_app.core.address import Address
from client_app.core.channels import ChannelRow
from client_app.core.presence import Presence
from client_app.core.rows import EntryKind
from client_app.core.signals import ChannelOpened, MessageArrived, Phase, Undoable
from server_app.app import App
from shared.types import GENERAL, Availability, ChannelId, Level, Seq, UserId
from tests.client_app.core.headless import Company, Headless, address_of
from tests.client_app.core.network import Relay, at

from .conftest import ServerFactory

Row = tuple[object, ...]


class Scene:
    """The devices, a line to one of them that can be broken, and what each shows."""

    def __init__(self, server: App, relay: Relay, folder: Path) -> None:
        self.server, self.relay = server, relay
        self._company, self._folder = Company(), folder
        self.phone = self._device("phone", address_of(server)).register("alice", remember=True).open()
        self.bob = self._device("bob", address_of(server)).register("bob", remember=True).open()
        self.carol = self._device("carol", address_of(server)).register("carol", remember=True).open()
        self.laptop = self._device("laptop", at(relay, address_of(server))).login("alice", remember=True).open()

    @property
    def devices(self) -> tuple[Headless, ...]:
        return self.phone, self.bob, self.carol, self.laptop

    @property
    def alices(self) -> tuple[Headless, Headless]:
        return self.phone, self.laptop

    def close(self) -> None:
        for device in self._company.devices:
            device.close()

    def until(self, condition: Callable[[], object]) -> None:
        self.phone.until(condition)

    def until_all_see(self, condition: Callable[[Headless], object]) -> None:
        """Until it holds on every device."""
        self.until(lambda: all(condition(device) for device in self.devices))

    def start_again(self, device: Headless) -> Headless:
        """The program is closed and started again on the same computer, and comes back by itself."""
        device.close()
        self._company.devices.remove(device)
        again = self._device(device.folder.name, device.address)
        assert again.client.resume_remembered()
        again.until(lambda: again.is_at(Phase.ONLINE))
        return again.open()

    def _device(self, name: str, address: Address) -> Headless:
        return Headless(self._company, self._folder / name, address)


@pytest.fixture
def scene(start_server: ServerFactory, tmp_path: Path) -> Iterator[Scene]:
    server = start_server()
    with Relay(server.address) as relay:
        made = Scene(server, relay, tmp_path)
        yield made
        made.close()


def user_id(device: Headless, name: str) -> UserId:
    row = device.client.roster.named(name)
    assert row is not None
    return row.user_id


def say(scene: Scene, who: Headless, text: str, channel_id: ChannelId = GENERAL) -> Seq:
    """Say something; its number, once it has one."""
    before = who.timeline(channel_id).last_seq
    who.client.send(channel_id, text)
    scene.until(lambda: who.timeline(channel_id).last_seq > before)
    return Seq(who.timeline(channel_id).last_seq)


def rows(device: Headless, channel_id: ChannelId = GENERAL) -> list[Row]:
    """What a device shows of each message, as far as it is the same for everybody."""
    return [
        (
            row.seq,
            row.author,
            row.text,
            row.is_edited,
            row.is_deleted,
            row.is_pinned,
            row.quote and (row.quote.seq, row.quote.state, row.quote.text),
            row.forwarded,
            tuple((each.emoji, each.user_ids) for each in row.reactions),
        )
        for row in device.timeline(channel_id).entries
        if row.kind is EntryKind.MESSAGE
    ]


def channel(device: Headless, channel_id: ChannelId = GENERAL) -> ChannelRow:
    found = device.client.channels.row(channel_id)
    assert found is not None
    return found


def row(device: Headless, seq: Seq, channel_id: ChannelId = GENERAL) -> Any:
    entries = device.timeline(channel_id).entries
    return next((each for each in entries if each.kind is EntryKind.MESSAGE and each.seq == seq), None)


def is_deleted(device: Headless, seq: Seq) -> bool:
    found = row(device, seq)
    return found is not None and found.is_deleted


def until_alike(scene: Scene) -> None:
    """Until all of them show the same, and nothing of it is still on its way."""
    scene.until(lambda: all(rows(device) == rows(scene.bob) for device in scene.devices))


def test_what_is_said_answered_changed_and_marked_is_the_same_for_all_whatever_breaks(
    scene: Scene, start_server: ServerFactory
) -> None:
    phone, laptop, bob, carol = scene.phone, scene.laptop, scene.bob, scene.carol
    alice_id, bob_id, carol_id = (user_id(phone, name) for name in ("alice", "bob", "carol"))

    # Somebody asks, is answered, and is told so on both devices.
    meeting = say(scene, phone, "Shall we meet at six?")
    carol.until(lambda: row(carol, meeting))
    carol.client.begin_reply(GENERAL, meeting)
    answer = say(scene, carol, "Seven is better. @bob, what do you say?")
    bob.until(lambda: any(isinstance(each, MessageArrived) and each.is_mention for each in bob.signals))
    scene.until(lambda: all(channel(device).mentions == 1 for device in scene.alices))
    carol.client.react(GENERAL, meeting, "👍")
    scene.until_all_see(lambda device: row(device, meeting).reactions)

    # The laptop loses its line; much happens to messages that it knows.
    scene.relay.freeze()
    bob.client.react(GENERAL, meeting, "👍")
    bob.client.react(GENERAL, meeting, "🎉")
    slip = say(scene, bob, "Something that @carol should not have to read")
    bob.client.delete(GENERAL, slip)
    bob.client.begin_reply(GENERAL, answer)
    agreed = say(scene, bob, "Seven it is.")
    phone.client.edit(GENERAL, meeting, "Shall we meet at seven?", lambda _: None)
    scene.until(lambda: row(bob, meeting).text == "Shall we meet at seven?")
    phone.client.pins.set(GENERAL, meeting, is_on=True)
    carol.client.react(GENERAL, meeting, "👍", is_on=False)
    scene.until(lambda: row(bob, meeting).is_pinned and len(row(bob, meeting).reactions[0].user_ids) == 1)
    assert row(laptop, meeting).text == "Shall we meet at six?"
    laptop.client.set_draft(GENERAL, "I bring the")
    scene.relay.thaw()
    scene.relay.tear(0)
    until_alike(scene)
    quote = row(laptop, agreed).quote
    assert (quote.author, quote.text) == ("carol", "Seven is better. @bob, what do you say?")
    assert row(laptop, slip).is_deleted

    # The server goes and comes back on the same port.
    scene.server.stop(5)
    scene.server = start_server(port=scene.server.address[1])
    for device in scene.devices:
        device.client.reconnect_now()
    scene.until(lambda: all(device.is_at(Phase.ONLINE) for device in scene.devices))
    say(scene, carol, "Back again.")
    until_alike(scene)

    # What is read, and what is wanted, is the same on both devices.
    laptop.client.mark_read(GENERAL)
    scene.until(lambda: all(device.unread() == 0 for device in scene.alices))
    laptop.client.mark_unread(GENERAL, answer)
    scene.until(lambda: all(device.unread() == 4 for device in scene.alices))
    laptop.client.mark_all_read()
    undo = laptop.next(Undoable).undo
    scene.until(lambda: all(device.unread() == 0 for device in scene.alices))
    undo()
    scene.until(lambda: all(device.unread() == 4 for device in scene.alices))
    phone.client.set_level(GENERAL, Level.MENTIONS)
    scene.until(lambda: all(channel(device).level is Level.MENTIONS for device in scene.alices))
    saved: list[Any] = []
    laptop.client.saved.set(GENERAL, agreed, is_on=True, then=lambda: phone.client.saved.list(None, saved.append))
    scene.until(lambda: saved)
    assert [each.message.seq for each in saved[0].saved] == [agreed]

    # A link leads to a message; several messages go at once; whoever is blocked is not quoted.
    assert laptop.client.place_of(laptop.client.link_to_message(GENERAL, agreed)) == (GENERAL, agreed)
    spam = [say(scene, bob, f"again and again {number}") for number in range(2)]
    bob.client.delete_many(GENERAL, spam)
    scene.until_all_see(lambda device: all(is_deleted(device, seq) for seq in spam))
    carol.client.block(bob_id)
    carol.until(lambda: row(carol, agreed).is_hidden)
    carol.client.begin_reply(GENERAL, meeting)
    asked = say(scene, carol, "Who else comes?")
    carol.client.unblock(bob_id)
    until_alike(scene)

    # What mentions somebody, and what was said before, is found again.
    pages: list[Any] = []
    laptop.client.fetch_mentions(None, pages.append)
    phone.client.versions.fetch(GENERAL, meeting, None, pages.append)
    scene.until(lambda: len(pages) == 2)
    found = {type(page).__name__: page for page in pages}
    assert [message.seq for message in found["MentionPage"].messages] == [asked, answer]
    assert [version.body for version in found["Versions"].versions] == ["Shall we meet at six?"]

    # Who they are changes; whoever was named stays so, by today's name.
    carol.client.profiles.set_profile(name="Carol Danvers")
    scene.until(lambda: all(row(device, agreed).quote.author == "Carol Danvers" for device in scene.devices))
    bob.client.profiles.set_status("at the lake 🏞️", 3600)
    bob.client.profiles.set_availability(Availability.DO_NOT_DISTURB)
    scene.until(
        lambda: all(_looks(device, bob_id) == ("at the lake 🏞️", Presence.DO_NOT_DISTURB) for device in scene.alices)
    )

    # It is said again to somebody else, alone.
    phone.client.open_direct(carol_id)
    direct = phone.next(ChannelOpened).channel_id
    phone.client.forward(GENERAL, [agreed], [direct], comment="So it is settled")
    carol.until(lambda: carol.client.channels.row(direct))
    carol.open(direct)
    carol.until(lambda: len(rows(carol, direct)) == 2)
    assert [each[2] for each in rows(carol, direct)] == ["Seven it is.", "So it is settled"]
    assert bob.client.channels.row(direct) is None

    # Who writes is seen while they do, and who has read is seen afterwards.
    carol.client.mark_read(direct)
    scene.until(lambda: all(_seen(device, direct) == 2 for device in (phone.open(direct), laptop.open(direct))))
    carol.client.typed(direct)
    scene.until(lambda: all(device.client.typists(direct) == (carol_id,) for device in scene.alices))
    say(scene, carol, "Fine.", direct)
    scene.until(lambda: not any(device.client.typists(direct) for device in scene.alices))
    laptop.open()
    assert alice_id in channel(carol, direct).member_ids

    # The program is started again: all of it is there, and what was typed.
    again = scene.laptop = scene.start_again(laptop)
    assert again.client.draft(GENERAL) == "I bring the"
    until_alike(scene)
    assert channel(again).level is Level.MENTIONS


def _seen(device: Headless, channel_id: ChannelId) -> Seq:
    seen = device.client.seen(channel_id)
    return seen.seq if seen else Seq(0)


def _looks(device: Headless, who: UserId) -> tuple[str, Presence]:
    entry = next(each for each in device.client.roster.everybody() if each.user_id == who)
    return entry.status.text if entry.status else "", entry.presence
