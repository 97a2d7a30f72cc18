"""The story of a conversation: three people, one with two devices, a line that breaks, a server that restarts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from client_app.core.panes.channels import ChannelRow
from client_app.core.signals import ChannelOpened, MessageArrived, Undoable
from client_app.core.timeline.rows import EntryKind
from client_app.core.world.presence import Presence
from shared.types import GENERAL, Availability, ChannelId, Level, Seq, UserId
from tests.client_app.core.headless import Headless

from .conftest import ServerFactory
from .scene import Scene, row, say, staged, user_id

Row = tuple[object, ...]


@pytest.fixture
def scene(start_server: ServerFactory, tmp_path: Path) -> Iterator[Scene]:
    with staged(start_server, tmp_path) as scene:
        yield scene


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


def is_deleted(device: Headless, seq: Seq) -> bool:
    found = row(device, seq)
    return found is not None and found.is_deleted


def until_alike(scene: Scene) -> None:
    """Until all of them show the same, and nothing of it is still on its way."""
    scene.until(lambda: all(rows(device) == rows(scene.bob) for device in scene.devices))


def _seen(device: Headless, channel_id: ChannelId) -> Seq:
    seen = device.client.seen(channel_id)
    return seen.seq if seen else Seq(0)


def _looks(device: Headless, who: UserId) -> tuple[str, Presence]:
    entry = next(each for each in device.client.roster.everybody() if each.user_id == who)
    return entry.status.text if entry.status else "", entry.presence


class Story:
    """What happens, chapter by chapter."""

    meeting: Seq
    answer: Seq
    agreed: Seq
    asked: Seq
    direct: ChannelId

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.phone, self.laptop, self.bob, self.carol = scene.phone, scene.laptop, scene.bob, scene.carol
        self.alice_id, self.bob_id, self.carol_id = (user_id(self.phone, name) for name in ("alice", "bob", "carol"))

    def somebody_asks_and_is_answered(self) -> None:
        """Somebody asks, is answered, and is told so on both devices."""
        self.meeting = say(self.scene, self.phone, "Shall we meet at six?")
        self.carol.until(lambda: row(self.carol, self.meeting))
        self.carol.client.begin_reply(GENERAL, self.meeting)
        self.answer = say(self.scene, self.carol, "Seven is better. @bob, what do you say?")
        self.bob.until(lambda: any(isinstance(each, MessageArrived) and each.is_mention for each in self.bob.signals))
        self.scene.until(lambda: all(channel(device).mentions == 1 for device in self.scene.alices))
        self.carol.client.react(GENERAL, self.meeting, "👍")
        self.scene.until_all_see(lambda device: row(device, self.meeting).reactions)

    def much_happens_while_a_line_is_down(self) -> None:
        """The laptop loses its line; much happens to messages that it knows."""
        self.scene.relay.freeze()
        self.bob.client.react(GENERAL, self.meeting, "👍")
        self.bob.client.react(GENERAL, self.meeting, "🎉")
        slip = say(self.scene, self.bob, "Something that @carol should not have to read")
        self.bob.client.delete(GENERAL, slip)
        self.bob.client.begin_reply(GENERAL, self.answer)
        self.agreed = say(self.scene, self.bob, "Seven it is.")
        self.phone.client.edit(GENERAL, self.meeting, "Shall we meet at seven?", lambda _: None)
        self.scene.until(lambda: row(self.bob, self.meeting).text == "Shall we meet at seven?")
        self.phone.client.pins.set(GENERAL, self.meeting, is_on=True)
        self.carol.client.react(GENERAL, self.meeting, "👍", is_on=False)
        self.scene.until(
            lambda: (
                row(self.bob, self.meeting).is_pinned and len(row(self.bob, self.meeting).reactions[0].user_ids) == 1
            )
        )
        assert row(self.laptop, self.meeting).text == "Shall we meet at six?"
        self.laptop.client.set_draft(GENERAL, "I bring the")
        self.scene.relay.thaw()
        self.scene.relay.tear(0)
        until_alike(self.scene)
        quote = row(self.laptop, self.agreed).quote
        assert (quote.author, quote.text) == ("carol", "Seven is better. @bob, what do you say?")
        assert row(self.laptop, slip).is_deleted

    def the_server_restarts(self, start_server: ServerFactory) -> None:
        """The server goes and comes back on the same port."""
        self.scene.restart(start_server)
        say(self.scene, self.carol, "Back again.")
        until_alike(self.scene)

    def reading_is_the_same_on_both_devices(self) -> None:
        """What is read, and what is wanted, is the same on both devices."""
        self.laptop.client.mark_read(GENERAL)
        self.scene.until(lambda: all(device.unread() == 0 for device in self.scene.alices))
        self.laptop.client.mark_unread(GENERAL, self.answer)
        self.scene.until(lambda: all(device.unread() == 4 for device in self.scene.alices))
        self.laptop.client.mark_all_read()
        undo = self.laptop.next(Undoable).undo
        self.scene.until(lambda: all(device.unread() == 0 for device in self.scene.alices))
        undo()
        self.scene.until(lambda: all(device.unread() == 4 for device in self.scene.alices))
        self.phone.client.set_level(GENERAL, Level.MENTIONS)
        self.scene.until(lambda: all(channel(device).level is Level.MENTIONS for device in self.scene.alices))
        saved: list[Any] = []
        self.laptop.client.saved.set(
            GENERAL, self.agreed, is_on=True, then=lambda: self.phone.client.saved.list(None, saved.append)
        )
        self.scene.until(lambda: saved)
        assert [each.message.seq for each in saved[0].saved] == [self.agreed]

    def links_deletions_and_blocks(self) -> None:
        """A link leads to a message; several messages go at once; whoever is blocked is not quoted."""
        assert self.laptop.client.place_of(self.laptop.client.link_to_message(GENERAL, self.agreed)) == (
            GENERAL,
            self.agreed,
        )
        spam = [say(self.scene, self.bob, f"again and again {number}") for number in range(2)]
        self.bob.client.delete_many(GENERAL, spam)
        self.scene.until_all_see(lambda device: all(is_deleted(device, seq) for seq in spam))
        self.carol.client.block(self.bob_id)
        self.carol.until(lambda: row(self.carol, self.agreed).is_hidden)
        self.carol.client.begin_reply(GENERAL, self.meeting)
        self.asked = say(self.scene, self.carol, "Who else comes?")
        self.carol.client.unblock(self.bob_id)
        until_alike(self.scene)

    def what_was_said_is_found_again(self) -> None:
        """What mentions somebody, and what was said before, is found again."""
        pages: list[Any] = []
        self.laptop.client.fetch_mentions(None, pages.append)
        self.phone.client.versions.fetch(GENERAL, self.meeting, None, pages.append)
        self.scene.until(lambda: len(pages) == 2)
        found = {type(page).__name__: page for page in pages}
        assert [message.seq for message in found["MentionPage"].messages] == [self.asked, self.answer]
        assert [version.body for version in found["Versions"].versions] == ["Shall we meet at six?"]

    def people_change(self) -> None:
        """Who they are changes; whoever was named stays so, by today's name."""
        self.carol.client.profiles.set_profile(name="Carol Danvers")
        self.scene.until(
            lambda: all(row(device, self.agreed).quote.author == "Carol Danvers" for device in self.scene.devices)
        )
        self.bob.client.profiles.set_status("at the lake 🏞️", 3600)
        self.bob.client.profiles.set_availability(Availability.DO_NOT_DISTURB)
        self.scene.until(
            lambda: all(
                _looks(device, self.bob_id) == ("at the lake 🏞️", Presence.DO_NOT_DISTURB)
                for device in self.scene.alices
            )
        )

    def it_is_said_again_elsewhere(self) -> None:
        """It is said again to somebody else, alone."""
        self.phone.client.open_direct(self.carol_id)
        self.direct = self.phone.next(ChannelOpened).channel_id
        self.phone.client.forward(GENERAL, [self.agreed], [self.direct], comment="So it is settled")
        self.carol.until(lambda: self.carol.client.channels.row(self.direct))
        self.carol.open(self.direct)
        self.carol.until(lambda: len(rows(self.carol, self.direct)) == 2)
        assert [each[2] for each in rows(self.carol, self.direct)] == ["Seven it is.", "So it is settled"]
        assert self.bob.client.channels.row(self.direct) is None

    def who_writes_and_who_has_read(self) -> None:
        """Who writes is seen while they do, and who has read is seen afterwards."""
        self.carol.client.mark_read(self.direct)
        self.scene.until(
            lambda: all(
                _seen(device, self.direct) == 2
                for device in (self.phone.open(self.direct), self.laptop.open(self.direct))
            )
        )
        self.carol.client.typed(self.direct)
        self.scene.until(
            lambda: all(device.client.typists(self.direct) == (self.carol_id,) for device in self.scene.alices)
        )
        say(self.scene, self.carol, "Fine.", self.direct)
        self.scene.until(lambda: not any(device.client.typists(self.direct) for device in self.scene.alices))
        self.laptop.open()
        assert self.alice_id in channel(self.carol, self.direct).member_ids

    def the_program_restarts(self) -> None:
        """The program is started again: all of it is there, and what was typed."""
        again = self.scene.laptop = self.scene.start_again(self.laptop)
        assert again.client.draft(GENERAL) == "I bring the"
        until_alike(self.scene)
        assert channel(again).level is Level.MENTIONS


def test_what_is_said_answered_changed_and_marked_is_the_same_for_all_whatever_breaks(
    scene: Scene, start_server: ServerFactory
) -> None:
    story = Story(scene)
    story.somebody_asks_and_is_answered()
    story.much_happens_while_a_line_is_down()
    story.the_server_restarts(start_server)
    story.reading_is_the_same_on_both_devices()
    story.links_deletions_and_blocks()
    story.what_was_said_is_found_again()
    story.people_change()
    story.it_is_said_again_elsewhere()
    story.who_writes_and_who_has_read()
    story.the_program_restarts()
