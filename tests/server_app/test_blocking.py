"""Blocking and muting over the wire: what whoever blocks somebody gets to see, from when and until when."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from server_app import housekeeper
from server_app.app import App
from server_app.clock import Clock, passing, wall
from shared.entities import Block
from shared.errors import Code
from shared.events import (
    BlocksChanged,
    ChannelCreated,
    ChannelRead,
    MessageChanged,
    MessagePosted,
    MessageReported,
    PresenceChanged,
)
from shared.requests import (
    AddMember,
    CreateChannel,
    DeleteMessage,
    EditMessage,
    FetchChanges,
    FetchHistory,
    GiveRole,
    ListChannels,
    PurgeMessages,
    RemoveBlock,
    RemoveMember,
    ReportMessage,
    RevealMessage,
    SendMessage,
    SetBlock,
)
from shared.rights import GUEST
from shared.types import GENERAL, BlockKind, ChannelId, MessageKind, Seq, UserId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE, refusal, told, told_of

# --- on the wire ------------------------------------------------------------------------------------------------------


def block(peer: Peer, other: Peer, kind: BlockKind = BlockKind.BLOCK, seconds: int | None = None) -> None:
    peer.request(SetBlock(user_id=other.user_id, kind=kind, seconds=seconds))


def hidden(peer: Peer, channel_id: ChannelId = GENERAL) -> list[Seq]:
    """Which messages of a channel are hidden from somebody who reads it now."""
    page = peer.request(FetchHistory(channel_id=channel_id, limit=100)).messages
    assert all(each.is_hidden is (not each.body) for each in page)
    return [each.seq for each in page if each.is_hidden]


def test_both_devices_of_whoever_blocks_hear_the_place_and_everybody_else_the_words(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    phone = connect().log_in("alice")
    block(alice, bob)
    for device in (alice, phone):
        assert device.next_event(BlocksChanged).blocks == (Block(bob.user_id, BlockKind.BLOCK),)
    carol.say("before")
    bob.say("rubbish")
    carol.say("after")
    for device in (alice, phone):
        heard = [each.message for each in told_of(device, MessagePosted)]
        assert [each.body for each in heard] == ["before", "", "after"]
        assert [each.is_hidden for each in heard] == [False, True, False]
    for device in (bob, carol):
        heard_here = [each for each in told(device) if isinstance(each, MessagePosted | BlocksChanged)]
        assert [each.message.body if isinstance(each, MessagePosted) else "" for each in heard_here] == [
            "before",
            "rubbish",
            "after",
        ]


def test_edits_deletions_and_purges_of_blocked_people_come_hidden(alice: Peer, bob: Peer) -> None:
    for number in range(3):
        bob.say(f"rubbish {number}")
    block(alice, bob)
    bob.request(EditMessage(channel_id=GENERAL, seq=1, body="more rubbish"))
    bob.request(DeleteMessage(channel_id=GENERAL, seq=2))
    told_of(alice, MessagePosted)
    assert alice.request(PurgeMessages(user_id=bob.user_id, hours=1)).count == 2
    page = alice.request(FetchChanges(channel_id=GENERAL, after_rev=0)).messages
    assert {each.seq for each in page} == {1, 2, 3}
    assert all(each.is_hidden and each.is_deleted and not each.body for each in page)


def test_a_change_that_was_made_meanwhile_comes_hidden_too(alice: Peer, bob: Peer) -> None:
    bob.say("rubbish")
    block(alice, bob)
    told(alice)
    bob.request(EditMessage(channel_id=GENERAL, seq=1, body="more rubbish"))
    (event,) = told_of(alice, MessageChanged)
    (page,) = alice.request(FetchChanges(channel_id=GENERAL, after_rev=0)).messages
    assert event.message == page
    assert (page.is_hidden, page.body, page.edited_at, page.rev) == (True, "", None, 1)


def test_hidden_messages_are_shown_one_by_one_and_all_of_them_after_the_end(alice: Peer, bob: Peer) -> None:
    for word in ("one", "two", "three"):
        bob.say(word)
    block(alice, bob)
    assert hidden(alice) == [1, 2, 3]
    assert alice.request(RevealMessage(channel_id=GENERAL, seq=2)).message.body == "two"
    assert hidden(alice) == [1, 2, 3], "showing one shows only that one"
    assert hidden(bob) == []
    assert refusal(alice, RevealMessage(channel_id=GENERAL, seq=4))[0] is Code.NOT_FOUND
    alice.request(RemoveBlock(user_id=bob.user_id))
    assert hidden(alice) == []
    bob.say("four")
    assert [each.message.body for each in told_of(alice, MessagePosted)][-1] == "four"


@pytest.mark.parametrize("place", [{"before_seq": 4}, {"after_seq": 1}, {"around_seq": 2}])
def test_pages_are_redacted_from_whichever_side_they_are_read(alice: Peer, bob: Peer, place: dict[str, Seq]) -> None:
    for number in range(5):
        (alice, bob)[number % 2].say(f"{number}")
    block(alice, bob)
    page = alice.request(FetchHistory(channel_id=GENERAL, limit=3, **place)).messages
    assert page
    assert all(each.is_hidden is (each.author_id == bob.user_id) for each in page)


def test_announcements_concern_everybody(alice: Peer, bob: Peer) -> None:
    block(bob, alice)
    alice.request(SendMessage(channel_id=GENERAL, client_id="client-id-1", body="Fire!", kind=MessageKind.ANNOUNCEMENT))
    alice.say("just talk")
    assert [each.message.body for each in told_of(bob, MessagePosted)] == ["Fire!", ""]
    assert [each.body for each in bob.request(FetchHistory(channel_id=GENERAL)).messages] == ["Fire!", ""]


def test_direct_messages_come_hidden_and_are_kept(alice: Peer, bob: Peer) -> None:
    channel_id = alice.direct(bob.user_id)
    block(alice, bob)
    told(alice)
    posted = bob.say("please", channel_id)
    (event,) = told_of(alice, MessagePosted)
    assert (event.message.id, event.message.is_hidden, event.message.body) == (posted.message_id, True, "")
    alice.request(RemoveBlock(user_id=bob.user_id))
    assert alice.bodies(channel_id) == ["please"]


def test_a_hidden_message_can_be_reported_as_it_is(alice: Peer, bob: Peer, carol: Peer) -> None:
    block(carol, bob)
    bob.say("rubbish")
    carol.request(ReportMessage(channel_id=GENERAL, seq=1, reason="rude"))
    assert alice.next_event(MessageReported).report.body == "rubbish"


# --- what counts as unread --------------------------------------------------------------------------------------------


def unread(peer: Peer, connect: ConnectFactory, channel_id: ChannelId = GENERAL) -> int:
    """How many unread messages another device of this person would show."""
    with connect().resume(peer.token) as device:
        (channel,) = (each for each in device.snapshot.channels if each.id == channel_id)
        read = {each.channel_id: each.seq for each in device.snapshot.read_positions}
        return channel.last_seq - read.get(channel_id, 0)


def test_a_hidden_message_does_not_call_whoever_had_read_all_before_it(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    block(alice, bob)
    told(alice)
    requests = [SendMessage(channel_id=GENERAL, client_id=f"client-id-{each}", body="rubbish") for each in range(4)]
    for request_id in [bob.ask(each) for each in requests]:
        bob.done(request_id)
    assert [each.seq for each in told_of(alice, ChannelRead)][-1] == 4
    assert unread(alice, connect) == 0
    assert unread(carol, connect) == 4
    carol.say("a word")
    bob.say("rubbish")
    assert unread(alice, connect) == 2, "what she has not read keeps its number"
    alice.say("an answer")
    bob.say("rubbish")
    assert unread(alice, connect) == 0, "to have spoken is to have read"


def test_an_announcement_calls_whoever_blocks_its_author(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    block(bob, alice)
    alice.request(SendMessage(channel_id=GENERAL, client_id="client-id-1", body="Fire!", kind=MessageKind.ANNOUNCEMENT))
    assert unread(bob, connect) == 1


def test_nobody_learns_from_it_that_something_is_said_where_they_are_not(alice: Peer, bob: Peer, carol: Peer) -> None:
    channel_id = bob.direct(carol.user_id)
    block(alice, bob)
    told(alice)
    bob.say("between us", channel_id)
    assert told(alice) == []
    plans = bob.request(CreateChannel(name="plans")).channel_id
    alice.request(GiveRole(user_id=carol.user_id, role_id=GUEST))
    block(carol, bob)
    told(carol)
    bob.say("not for guests", plans)
    assert told(carol) == []


# --- where one is brought in ------------------------------------------------------------------------------------------


def test_what_was_withheld_because_of_somebody_is_told_when_one_unblocks_them(
    alice: Peer, bob: Peer, carol: Peer
) -> None:
    block(alice, bob)
    block(alice, carol)
    by_bob, by_carol = (each.direct(alice.user_id) for each in (bob, carol))
    told(alice)
    for peer, channel_id in ((bob, by_bob), (carol, by_carol)):
        peer.say("hello?", channel_id)
    assert told(alice) == [], "not even that something is said there"
    alice.request(RemoveBlock(user_id=carol.user_id))
    events = told(alice)
    assert [each.channel.id for each in events if isinstance(each, ChannelCreated)] == [by_carol]
    assert not any(isinstance(each, ChannelRead) for each in events), "nobody has looked at it yet"
    assert [each.id for each in alice.request(ListChannels()).channels] == [GENERAL, by_carol]


def test_who_was_brought_in_without_being_told_is_taken_out_without_being_told(alice: Peer, bob: Peer) -> None:
    block(alice, bob)
    told(alice)
    channel_id = bob.request(CreateChannel(name="plans", private=True)).channel_id
    bob.request(AddMember(channel_id=channel_id, user_id=alice.user_id))
    bob.request(RemoveMember(channel_id=channel_id, user_id=alice.user_id))
    alice.request(RemoveBlock(user_id=bob.user_id))
    assert [type(each) for each in told(alice)] == [BlocksChanged]


# --- who is there -----------------------------------------------------------------------------------------------------


def test_blocked_people_are_not_there(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    while bob.user_id not in alice.next_event(PresenceChanged).online_ids:
        pass
    block(alice, bob)
    assert alice.next_event(PresenceChanged) == PresenceChanged(offline_ids=(bob.user_id,))
    snapshot = connect().resume(alice.token).snapshot
    assert snapshot.online_ids == (alice.user_id,)
    assert snapshot.blocks == (Block(bob.user_id, BlockKind.BLOCK),)
    assert bob.user_id in {each.id for each in snapshot.users}
    alice.request(RemoveBlock(user_id=bob.user_id))
    assert alice.next_event(PresenceChanged) == PresenceChanged(online_ids=(bob.user_id,))
    assert connect().resume(alice.token).snapshot.online_ids == (alice.user_id, bob.user_id)


def test_blocked_people_come_and_go_unnoticed(
    server: App, alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory, wait_until: Callable[..., None]
) -> None:
    block(alice, bob)
    wait_until(lambda: bob.user_id in server._hub.online_ids())
    alice.heard(PresenceChanged)
    bob.close()
    while bob.user_id not in carol.next_event(PresenceChanged).offline_ids:
        pass
    connect().log_in("bob")
    while bob.user_id not in carol.next_event(PresenceChanged).online_ids:
        pass
    told_about = {user_id for each in alice.heard(PresenceChanged) for user_id in (*each.online_ids, *each.offline_ids)}
    assert bob.user_id not in told_about


# --- how long ---------------------------------------------------------------------------------------------------------


class Hands:
    """Of a clock that goes when a test moves it."""

    def __init__(self) -> None:
        self.seconds = 0

    def wall(self) -> int:
        return wall() + self.seconds * 1000

    def passing(self) -> int:
        return passing() + self.seconds * 1000


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """Of the clock that servers of this test have."""
    hands = Hands()
    monkeypatch.setattr("server_app.app.Clock", lambda: Clock(hands.wall, hands.passing))
    return hands


def test_a_block_with_an_end_is_over_at_that_moment(hands: Hands, alice: Peer, bob: Peer) -> None:
    bob.say("one")
    block(alice, bob, seconds=60)
    (mine,) = alice.next_event(BlocksChanged).blocks
    assert mine.until is not None
    hands.seconds = 59
    assert hidden(alice) == [1]
    bob.say("two")
    hands.seconds = 61
    bob.say("three")
    assert [each.message.body for each in told_of(alice, MessagePosted)] == ["one", "", "three"]
    assert hidden(alice) == [], "nothing waits for the housekeeper"


def test_the_housekeeper_tells_of_the_end_and_of_what_was_withheld_meanwhile(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    monkeypatch.setattr(housekeeper, "BLOCKS_SECONDS", 0.05)
    app = start_server()
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    block(alice, bob, seconds=60)
    channel_id = bob.direct(alice.user_id)
    bob.say("rubbish", channel_id)
    told(alice)
    hands.seconds = 61
    assert alice.next_event(BlocksChanged).blocks == ()
    assert alice.next_event(ChannelCreated).channel.id == channel_id
    bob.say("sorry", channel_id)
    assert [each.message.body for each in told_of(alice, MessagePosted)] == ["sorry"]


def test_blocks_survive_a_restart(
    hands: Hands, server: App, alice: Peer, bob: Peer, carol: Peer, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    block(alice, bob)
    block(alice, carol, seconds=60)
    server.stop(3)
    app = start_server()
    device, again = connect(app).resume(alice.token), connect(app).resume(bob.token)
    third = connect(app).resume(carol.token)
    assert {each.user_id for each in device.snapshot.blocks} == {bob.user_id, carol.user_id}
    again.say("rubbish")
    third.say("nonsense")
    hands.seconds = 61
    third.say("sense")
    assert [each.message.body for each in told_of(device, MessagePosted)] == ["", "", "sense"]


def test_another_block_takes_the_place_of_the_one_before(alice: Peer, bob: Peer) -> None:
    block(alice, bob)
    block(alice, bob)
    assert len(told_of(alice, BlocksChanged)) == 1, "what was so already is told to nobody"
    channel_id = bob.direct(alice.user_id)
    block(alice, bob, BlockKind.MUTE)
    assert alice.next_event(BlocksChanged).blocks == (Block(bob.user_id, BlockKind.MUTE),)
    assert alice.next_event(ChannelCreated).channel.id == channel_id, "who is muted is not blocked"
    bob.say("hello")
    assert [each.message.body for each in told_of(alice, MessagePosted)] == ["hello"]
    alice.request(RemoveBlock(user_id=bob.user_id))
    alice.request(RemoveBlock(user_id=bob.user_id))
    assert [each.blocks for each in told_of(alice, BlocksChanged)] == [()]


def test_to_mute_changes_nothing_that_is_heard_and_all_devices_know_it(
    server: App, alice: Peer, bob: Peer, connect: ConnectFactory, wait_until: Callable[..., None]
) -> None:
    phone = connect().log_in("alice")
    told(alice)
    block(alice, bob, BlockKind.MUTE)
    assert phone.next_event(BlocksChanged).blocks == (Block(bob.user_id, BlockKind.MUTE),)
    wait_until(lambda: bob.user_id in server._hub.online_ids())
    snapshot = connect().resume(alice.token).snapshot
    assert snapshot.blocks == (Block(bob.user_id, BlockKind.MUTE),)
    assert bob.user_id in snapshot.online_ids
    bob.say("hello")
    assert [each.message.body for each in told_of(phone, MessagePosted)] == ["hello"]
    assert hidden(alice) == []
    assert unread(alice, connect) == 1


def test_who_cannot_be_blocked(alice: Peer, bob: Peer) -> None:
    assert refusal(bob, SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))[0] is Code.FORBIDDEN
    assert refusal(bob, SetBlock(user_id=UserId(99), kind=BlockKind.BLOCK))[0] is Code.NOT_FOUND
    block(bob, alice)
    alice.say("the owner speaks")
    assert hidden(bob) == [1], "rank does not matter"


def test_there_are_not_more_blocks_than_are_kept(
    hands: Hands, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=replace(FREE, blocks_per_account=1))
    alice, bob, carol = (connect(app).register(name) for name in ("alice", "bob", "carol"))
    block(alice, bob, seconds=60)
    block(alice, bob, BlockKind.MUTE, seconds=60)
    code, sentence = refusal(alice, SetBlock(user_id=carol.user_id, kind=BlockKind.BLOCK))
    assert (code, "Unblock somebody first" in sentence) == (Code.FORBIDDEN, True)
    hands.seconds = 61
    block(alice, carol)
    assert [each.user_id for each in connect(app).resume(alice.token).snapshot.blocks] == [carol.user_id]
