"""Of whom one does not want to hear: nothing of them is shown or notified, here and now, and it comes back."""

import pytest

from client_app.core.signals import ChannelOpened, MessageArrived, Notice
from client_app.core.timeline.timeline import EntryKind
from shared.types import GENERAL, BlockKind, ChannelId, UserId

from .conftest import DeviceFactory
from .headless import Headless


@pytest.fixture
def laptop(device: DeviceFactory) -> Headless:
    return device("laptop").register("alice", remember=True).open()


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory) -> Headless:
    bobs = device("bobs").register("bob").open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    return bobs


def bob_id(laptop: Headless) -> UserId:
    row = laptop.client.roster.named("bob")
    assert row
    return row.user_id


def block(laptop: Headless, seconds: int | None = None) -> None:
    laptop.client.block(bob_id(laptop), seconds)
    laptop.until(lambda: laptop.client.block_of(bob_id(laptop)))


def say(sender: Headless, laptop: Headless, text: str, channel_id: ChannelId = GENERAL) -> None:
    """Say something, and wait until it is on the laptop, hidden or not."""
    sender.until(lambda: sender.client.channels.row(channel_id))
    sender.client.send(channel_id, text)
    sender.until(lambda: sender.timeline(channel_id).entries[-1].seq)
    seq = sender.timeline(channel_id).entries[-1].seq
    laptop.until(lambda: last_seq(laptop, channel_id) >= seq)


def last_seq(laptop: Headless, channel_id: ChannelId) -> int:
    assert laptop.client.state
    return laptop.client.state.channels[channel_id].last_seq


def hidden(laptop: Headless) -> list[bool]:
    return [row.is_hidden for row in laptop.timeline().entries if row.kind is EntryKind.MESSAGE]


def test_what_is_loaded_is_hidden_at_once_and_comes_back(laptop: Headless, bobs: Headless) -> None:
    say(bobs, laptop, "before")
    laptop.until(lambda: laptop.bodies() == ["before"])
    block(laptop)
    assert (laptop.bodies(), hidden(laptop)) == ([""], [True])
    say(bobs, laptop, "meanwhile")
    laptop.until(lambda: laptop.bodies() == ["", ""])
    laptop.client.unblock(bob_id(laptop))
    laptop.until(lambda: laptop.bodies() == ["before", "meanwhile"])
    assert hidden(laptop) == [False, False]


def test_a_hidden_message_is_shown_alone_and_hidden_again(laptop: Headless, bobs: Headless) -> None:
    say(bobs, laptop, "before")
    block(laptop)
    say(bobs, laptop, "meanwhile")
    laptop.client.reveal(GENERAL, 2)
    laptop.until(lambda: laptop.bodies() == ["", "meanwhile"])
    assert laptop.timeline().entries[-1].is_revealed
    laptop.client.hide(GENERAL, 2)
    assert laptop.bodies() == ["", ""]
    bobs.client.edit(GENERAL, 2, "written anew")
    bobs.until(lambda: bobs.bodies()[-1] == "written anew")
    laptop.client.reveal(GENERAL, 2)
    laptop.until(lambda: laptop.bodies() == ["", "written anew"])


def test_what_is_kept_is_hidden_from_the_next_start_on_and_comes_back(
    laptop: Headless, bobs: Headless, device: DeviceFactory
) -> None:
    say(bobs, laptop, "before")
    block(laptop)
    say(bobs, laptop, "meanwhile")
    laptop.until(lambda: laptop.bodies() == ["", ""])
    laptop.close()
    again = device("laptop")
    assert again.client.resume_remembered()
    again.until(lambda: again.bodies() == ["", ""])
    again.until(lambda: again.client.phase.name == "ONLINE")
    again.client.unblock(bob_id(again))
    again.until(lambda: again.bodies() == ["before", "meanwhile"])
    assert again.client.session
    assert again.client.flush()
    assert not any(each.is_hidden for each in again.client.session.keeping.kept.messages.all(GENERAL))


def test_nobody_is_notified_of_people_who_are_blocked_or_muted(laptop: Headless, bobs: Headless) -> None:
    block(laptop)
    say(bobs, laptop, "blocked")
    laptop.client.mute(bob_id(laptop))
    laptop.until(lambda: (found := laptop.client.block_of(bob_id(laptop))) and found.kind is BlockKind.MUTE)
    say(bobs, laptop, "muted")
    laptop.client.unmute(bob_id(laptop))
    laptop.until(lambda: laptop.client.block_of(bob_id(laptop)) is None)
    say(bobs, laptop, "heard")
    assert laptop.next(MessageArrived).message.body == "heard"


def test_what_a_blocked_person_says_is_not_unread_where_all_else_is_read(laptop: Headless, bobs: Headless) -> None:
    laptop.client.mark_read(GENERAL)
    block(laptop)
    say(bobs, laptop, "blocked")
    laptop.until(lambda: laptop.unread() == 0)


def test_a_conversation_with_a_blocked_person_is_listed_only_while_it_is_open(laptop: Headless, bobs: Headless) -> None:
    laptop.client.open_direct(bob_id(laptop))
    direct = laptop.next(ChannelOpened).channel_id
    say(laptop, laptop, "hello", direct)
    block(laptop)
    assert [row.channel_id for row in laptop.client.channels.directs()] == [direct]
    laptop.client.open_channel(GENERAL)
    assert laptop.client.channels.directs() == ()


def test_a_block_for_a_while_ends_by_the_clock(laptop: Headless, bobs: Headless) -> None:
    """The server tells of it too late, or not at all."""
    say(bobs, laptop, "before")
    laptop.until(lambda: laptop.bodies() == ["before"])
    block(laptop, 1)
    assert laptop.bodies() == [""]
    laptop.until(lambda: laptop.bodies() == ["before"])
    assert laptop.client.block_of(bob_id(laptop)) is None


def test_a_person_is_not_told_of_what_others_block(laptop: Headless, bobs: Headless) -> None:
    bobs.signals.clear()
    block(laptop)
    say(laptop, bobs, "who is there?")
    bobs.until(lambda: bobs.bodies() == ["who is there?"])
    assert not [each for each in bobs.signals if isinstance(each, Notice)]
