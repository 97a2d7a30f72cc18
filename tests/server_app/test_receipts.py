"""How far the other person of a direct conversation has read: for the two of them, where both share it."""

import pytest

from server_app.app import App
from shared.entities import ReadPosition
from shared.events import ChoicesChanged, ReceiptChanged
from shared.requests import (
    CreateChannel,
    MarkManyRead,
    MarkRead,
    MarkUnread,
    OpenGroup,
    RemoveBlock,
    SetBlock,
    SetReceipts,
)
from shared.types import GENERAL, BlockKind, ChannelId, Seq

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE, told_of

SAID = 3


@pytest.fixture
def app(start_server: ServerFactory) -> App:
    return start_server(limits=FREE)


@pytest.fixture
def alice(app: App, connect: ConnectFactory) -> Peer:
    return connect(app).register("alice")


@pytest.fixture
def bob(app: App, connect: ConnectFactory, alice: Peer) -> Peer:
    return connect(app).register("bob")


@pytest.fixture
def direct(alice: Peer, bob: Peer) -> ChannelId:
    """Where alice said three things to bob, who has read none of them yet."""
    channel_id = alice.direct(bob.user_id)
    for number in range(SAID):
        alice.say(f"message {number}", channel_id)
    told_of(alice, ReceiptChanged)
    told_of(bob, ReceiptChanged)
    return channel_id


def heard(peer: Peer) -> list[tuple[ChannelId, Seq | None]]:
    """What a person was told of the other."""
    return [(each.channel_id, each.seq) for each in told_of(peer, ReceiptChanged)]


def fresh(peer: Peer, app: App, connect: ConnectFactory) -> dict[ChannelId, Seq]:
    """What a device that comes now is told."""
    with connect(app).resume(peer.token) as newcomer:
        return {each.channel_id: each.seq for each in newcomer.snapshot.receipts}


def test_whoever_said_something_sees_how_far_it_is_read(
    alice: Peer, bob: Peer, direct: ChannelId, app: App, connect: ConnectFactory
) -> None:
    assert fresh(alice, app, connect) == {direct: 0}
    bob.request(MarkRead(channel_id=direct, seq=2))
    assert heard(alice) == [(direct, 2)]
    assert heard(bob) == [], "his own devices hear `channel_read`"
    assert (fresh(alice, app, connect), fresh(bob, app, connect)) == ({direct: 2}, {direct: SAID})


def test_marking_as_unread_and_many_at_once_are_told_as_well(alice: Peer, bob: Peer, direct: ChannelId) -> None:
    bob.request(MarkManyRead(positions=(ReadPosition(direct, SAID), ReadPosition(GENERAL, 0))))
    bob.request(MarkUnread(channel_id=direct, seq=2))
    assert heard(alice) == [(direct, SAID), (direct, 1)]


def test_a_new_conversation_can_be_seen_from_its_beginning(alice: Peer, bob: Peer) -> None:
    direct = alice.direct(bob.user_id)
    assert (heard(alice), heard(bob)) == ([(direct, 0)], [(direct, 0)])


def test_of_channels_and_groups_nothing_is_told(alice: Peer, bob: Peer, app: App, connect: ConnectFactory) -> None:
    carol = connect(app).register("carol")
    group = alice.request(OpenGroup(user_ids=(bob.user_id, carol.user_id))).channel_id
    plans = alice.request(CreateChannel(name="plans")).channel_id
    notes = alice.direct(alice.user_id)
    for channel_id in (group, plans, notes):
        alice.say("hello", channel_id)
    for channel_id in (group, plans):
        bob.request(MarkRead(channel_id=channel_id, seq=1))
    assert (heard(alice), fresh(alice, app, connect)) == ([], {})


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_whoever_does_not_share_it_shows_nothing_and_sees_nothing(
    alice: Peer, bob: Peer, direct: ChannelId, app: App, connect: ConnectFactory, who: str
) -> None:
    bob.request(MarkRead(channel_id=direct, seq=2))
    told_of(alice, ReceiptChanged)
    one = alice if who == "alice" else bob
    one.request(SetReceipts(is_on=False))
    assert one.next_event(ChoicesChanged).choices.shares_receipts is False
    assert (heard(alice), heard(bob)) == ([(direct, None)], [(direct, None)]), "at once, for both"
    bob.request(MarkRead(channel_id=direct, seq=3))
    assert (heard(alice), fresh(alice, app, connect), fresh(bob, app, connect)) == ([], {}, {})
    one.request(SetReceipts(is_on=True))
    assert (heard(alice), heard(bob)) == ([(direct, 3)], [(direct, SAID)])
    one.request(SetReceipts(is_on=True))
    assert heard(alice) == [], "nothing changed"


def test_whoever_blocks_sees_nothing_move_and_the_blocked_person_sees_all_as_before(
    alice: Peer, bob: Peer, direct: ChannelId, app: App, connect: ConnectFactory
) -> None:
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    assert (heard(alice), heard(bob)) == ([(direct, None)], [])
    bob.request(MarkRead(channel_id=direct, seq=2))
    alice.request(MarkUnread(channel_id=direct, seq=2))
    assert (heard(alice), heard(bob)) == ([], [(direct, 1)])
    assert (fresh(alice, app, connect), fresh(bob, app, connect)) == ({}, {direct: 1})
    alice.request(RemoveBlock(user_id=bob.user_id))
    assert (heard(alice), heard(bob)) == ([(direct, 2)], [])


def test_nobody_can_tell_from_receipts_what_others_think_of_them(alice: Peer, bob: Peer, direct: ChannelId) -> None:
    """Neither muting nor blocking, with and without sharing, tells the other anything."""
    for kind in (BlockKind.MUTE, BlockKind.BLOCK):
        alice.request(SetBlock(user_id=bob.user_id, kind=kind))
        alice.request(RemoveBlock(user_id=bob.user_id))
    assert heard(bob) == []
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    bob.request(SetReceipts(is_on=False))
    bob.request(SetReceipts(is_on=True))
    assert heard(bob) == [(direct, None), (direct, SAID)], "as of anybody"
    alice.request(SetReceipts(is_on=False))
    assert heard(bob) == [(direct, None)]
    told_of(alice, ReceiptChanged)
    alice.request(RemoveBlock(user_id=bob.user_id))
    assert (heard(alice), heard(bob)) == ([], [])


def test_a_conversation_that_was_kept_from_somebody_is_told_with_its_receipts(
    alice: Peer, bob: Peer, app: App, connect: ConnectFactory
) -> None:
    bob.request(SetBlock(user_id=alice.user_id, kind=BlockKind.BLOCK))
    direct = alice.direct(bob.user_id)
    alice.say("are you there?", direct)
    assert (heard(alice), heard(bob)) == ([(direct, 0)], []), "alice cannot tell"
    assert (fresh(alice, app, connect), fresh(bob, app, connect)) == ({direct: 0}, {})
    bob.request(RemoveBlock(user_id=alice.user_id))
    assert heard(bob)[-1:] == [(direct, 1)]
    assert (heard(alice), fresh(alice, app, connect)) == ([], {direct: 0}), "bob has not looked at it yet"
