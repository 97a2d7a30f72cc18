"""Private channels: known to those who are in them and to nobody else, on any device, from the very moment."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from shared.errors import Code, Refusal
from shared.events import (
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelRead,
    ChannelRemoved,
    ChannelRenamed,
    TopicChanged,
)
from shared.requests import (
    AddMember,
    CreateChannel,
    DeleteChannel,
    EditMessage,
    FetchAudit,
    FetchChanges,
    FetchHistory,
    GiveRole,
    JoinChannel,
    LeaveChannel,
    ListChannels,
    MarkRead,
    RemoveMember,
    RenameChannel,
    Request,
    SendMessage,
    SetBlock,
    SetTopic,
)
from shared.rights import ADMIN, GUEST
from shared.types import AuditAction, BlockKind, ChannelId, ChannelKind, UserId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE, refusal, sees, told, told_of

EVERY_VERB: tuple[Callable[[ChannelId], Request[Any]], ...] = (
    lambda channel_id: FetchHistory(channel_id=channel_id),
    lambda channel_id: FetchChanges(channel_id=channel_id, after_rev=0),
    lambda channel_id: MarkRead(channel_id=channel_id, seq=1),
    lambda channel_id: EditMessage(channel_id=channel_id, seq=1, body="mine"),
    lambda channel_id: SendMessage(channel_id=channel_id, client_id="client-id", body="hello?"),
    lambda channel_id: JoinChannel(channel_id=channel_id),
    lambda channel_id: LeaveChannel(channel_id=channel_id),
    lambda channel_id: SetTopic(channel_id=channel_id, topic="mine"),
    lambda channel_id: RenameChannel(channel_id=channel_id, name="mine"),
    lambda channel_id: AddMember(channel_id=channel_id, user_id=UserId(1)),
    lambda channel_id: RemoveMember(channel_id=channel_id, user_id=UserId(2)),
)


def private(peer: Peer, *others: Peer, name: str = "surprise") -> ChannelId:
    """A private channel with these people in it."""
    channel_id = peer.request(CreateChannel(name=name, topic="hush", private=True)).channel_id
    for other in others:
        peer.request(AddMember(channel_id=channel_id, user_id=other.user_id))
    return channel_id


def test_whoever_makes_one_is_alone_in_it_and_nobody_else_hears_of_it(alice: Peer, bob: Peer, carol: Peer) -> None:
    channel_id = private(bob)
    made = bob.next_event(ChannelCreated).channel
    assert (made.kind, made.name, made.topic, made.member_ids) == (
        ChannelKind.PRIVATE,
        "surprise",
        "hush",
        (bob.user_id,),
    )
    bob.say("they must not know", channel_id)
    for other in (alice, carol):
        assert told(other) == []
        assert not sees(other, channel_id)


@pytest.mark.parametrize("verb", EVERY_VERB)
def test_to_whoever_is_outside_it_is_as_if_it_were_not_there(
    alice: Peer, bob: Peer, verb: Callable[[ChannelId], Request[Any]]
) -> None:
    channel_id = private(bob)
    bob.say("they must not know", channel_id)
    # The owner, too.
    assert refusal(alice, verb(channel_id)) == refusal(alice, verb(ChannelId(999)))
    assert refusal(alice, verb(channel_id))[0] is Code.NOT_FOUND


def test_who_is_brought_in_gets_all_of_it_and_nothing_counts_as_unread(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    phone = connect().resume(carol.token)
    channel_id = private(bob, alice)
    bob.say("before she came", channel_id)
    bob.request(AddMember(channel_id=channel_id, user_id=carol.user_id))
    for device in (carol, phone):
        assert device.next_event(ChannelCreated).channel.member_ids == (alice.user_id, bob.user_id, carol.user_id)
        assert device.next_event(ChannelRead) == ChannelRead(channel_id=channel_id, seq=1)
    joined = told_of(alice, ChannelJoined)[-1]
    assert (joined.channel_id, joined.user_id, joined.last_seq) == (channel_id, carol.user_id, 1)
    assert carol.bodies(channel_id) == ["before she came"]
    carol.say("thank you", channel_id)
    again = connect().resume(carol.token).snapshot
    assert {each.channel_id: each.seq for each in again.read_positions}[channel_id] == 2
    bob.request(AddMember(channel_id=channel_id, user_id=carol.user_id))
    assert told_of(alice, ChannelJoined) == [], "who is in it is not brought in again"


def test_who_is_removed_has_nothing_of_it_from_that_moment_on_any_device(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    phone = connect().resume(carol.token)
    channel_id = private(bob, alice, carol)
    carol.say("I am here", channel_id)
    for device in (carol, phone):
        told(device)
    bob.request(RemoveMember(channel_id=channel_id, user_id=carol.user_id))
    bob.say("she is gone", channel_id)
    bob.request(EditMessage(channel_id=channel_id, seq=2, body="she is gone for good"))
    bob.request(SetTopic(channel_id=channel_id, topic="without her"))
    for device in (carol, phone):
        assert told(device) == [ChannelRemoved(channel_id=channel_id)]
        for verb in EVERY_VERB:
            assert refusal(device, verb(channel_id))[0] is Code.NOT_FOUND
    assert alice.next_event(ChannelLeft).user_id == carol.user_id
    snapshot = connect().resume(carol.token).snapshot
    assert channel_id not in {each.id for each in snapshot.channels}
    assert channel_id not in {each.channel_id for each in snapshot.read_positions}


def test_what_stands_in_the_same_batch_goes_by_its_order(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(limits=FREE)
    bob, carol = connect(app).register("bob"), connect(app).register("carol")
    for round_number in range(20):
        channel_id = private(bob, carol, name=f"round {round_number}")
        told(carol)
        asked: list[Request[Any]] = [
            SendMessage(channel_id=channel_id, client_id=f"client-before-{round_number}", body="before"),
            RemoveMember(channel_id=channel_id, user_id=carol.user_id),
            SendMessage(channel_id=channel_id, client_id=f"client-after-{round_number}", body="after"),
        ]
        ids = [bob.ask(each) for each in asked]
        late = SendMessage(channel_id=channel_id, client_id=f"client-late-{round_number}", body="too late, or not")
        late_id = carol.ask(late)
        for request, request_id in zip(asked, ids, strict=True):
            bob.answer(request, request_id)
        with contextlib.suppress(Refusal):
            # Whichever came first.
            carol.answer(late, late_id)
        heard = told(carol)
        assert heard[-1] == ChannelRemoved(channel_id=channel_id)
        assert "after" not in str(heard)


def test_whoever_leaves_cannot_come_back_by_themselves(alice: Peer, bob: Peer) -> None:
    channel_id = private(alice, bob)
    bob.request(LeaveChannel(channel_id=channel_id))
    assert bob.next_event(ChannelRemoved).channel_id == channel_id
    assert alice.next_event(ChannelLeft).user_id == bob.user_id
    assert refusal(bob, JoinChannel(channel_id=channel_id))[0] is Code.NOT_FOUND
    alice.request(AddMember(channel_id=channel_id, user_id=bob.user_id))
    assert sees(bob, channel_id)


def test_when_the_last_one_leaves_it_is_gone(alice: Peer, connect: ConnectFactory) -> None:
    channel_id = private(alice)
    alice.say("alone", channel_id)
    alice.request(LeaveChannel(channel_id=channel_id))
    assert refusal(alice, FetchHistory(channel_id=channel_id))[0] is Code.NOT_FOUND
    assert channel_id not in {each.id for each in connect().resume(alice.token).snapshot.channels}


def test_name_and_topic_are_told_to_those_who_are_in_it(alice: Peer, bob: Peer, carol: Peer) -> None:
    channel_id = private(bob, carol)
    bob.request(RenameChannel(channel_id=channel_id, name="the surprise"))
    bob.request(SetTopic(channel_id=channel_id, topic="a cake"))
    assert carol.next_event(ChannelRenamed).name == "the-surprise"
    assert carol.next_event(TopicChanged).topic == "a cake"
    assert told(alice) == []
    assert refusal(carol, SetTopic(channel_id=channel_id, topic="mine"))[0] is Code.FORBIDDEN


def test_names_of_private_channels_are_in_nobodys_way(alice: Peer, bob: Peer) -> None:
    private(alice, name="plans")
    private(bob, name="plans")
    bob.request(CreateChannel(name="plans"))
    assert refusal(alice, CreateChannel(name="plans"))[0] is Code.CONFLICT
    private(alice, name="general")


def test_who_made_it_is_removed_only_by_those_who_manage_channels(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    dave = connect().register("dave")
    alice.request(GiveRole(user_id=dave.user_id, role_id=ADMIN))
    channel_id = private(bob, carol, dave)
    assert refusal(carol, RemoveMember(channel_id=channel_id, user_id=dave.user_id))[0] is Code.FORBIDDEN
    dave.request(RemoveMember(channel_id=channel_id, user_id=bob.user_id))
    assert bob.next_event(ChannelRemoved).channel_id == channel_id
    bob.request(CreateChannel(name="another", private=True))


def test_guests_make_none_and_can_be_brought_in(alice: Peer, bob: Peer) -> None:
    alice.request(GiveRole(user_id=bob.user_id, role_id=GUEST))
    assert "private channels" in refusal(bob, CreateChannel(name="mine", private=True))[1]
    channel_id = private(alice, bob)
    bob.say("a guest's word", channel_id)
    assert sees(bob, channel_id)


def test_whoever_blocks_me_is_not_told_where_i_bring_them_and_i_cannot_tell(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    carol.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    told(carol)
    channel_id = private(bob, alice, carol)
    bob.say("listen!", channel_id)
    assert told(carol) == []
    assert not sees(carol, channel_id)
    for verb in EVERY_VERB:
        assert refusal(carol, verb(channel_id)) == refusal(carol, verb(ChannelId(999)))
    assert channel_id not in {each.id for each in connect().resume(carol.token).snapshot.channels}
    for peer in (alice, bob):
        (found,) = (each for each in peer.request(ListChannels()).channels if each.id == channel_id)
        assert found.member_ids == (alice.user_id, bob.user_id, carol.user_id)
    # Whom she does not block brings her in.
    owner_made = [each.user_id for each in told_of(alice, ChannelJoined)]
    assert carol.user_id in owner_made
    alice.request(AddMember(channel_id=channel_id, user_id=carol.user_id))
    assert carol.next_event(ChannelCreated).channel.id == channel_id
    assert carol.next_event(ChannelRead).seq == 1


def test_there_are_not_more_than_the_limits_say(start_server: ServerFactory, connect: ConnectFactory) -> None:
    alice = connect(start_server(limits=replace(FREE, private_channels_per_account=2, channels=4))).register("alice")
    private(alice, name="one")
    private(alice, name="two")
    assert "as many private channels" in refusal(alice, CreateChannel(name="three", private=True))[1]
    alice.request(CreateChannel(name="four"))
    assert "as many channels" in refusal(alice, CreateChannel(name="five"))[1]


def test_the_log_tells_of_it_only_those_who_are_in_it(alice: Peer, bob: Peer, carol: Peer) -> None:
    channel_id = private(bob, carol)
    bob.request(RemoveMember(channel_id=channel_id, user_id=carol.user_id))
    bob.request(DeleteChannel(channel_id=private(bob, name="another secret")))
    assert alice.request(FetchAudit()).entries == ()
    bob.request(AddMember(channel_id=channel_id, user_id=alice.user_id))
    added, removed = AuditAction.MEMBER_ADDED, AuditAction.MEMBER_REMOVED
    told = [(entry.action, entry.user_id, entry.channel_id) for entry in alice.request(FetchAudit()).entries]
    assert told == [
        (added, alice.user_id, channel_id),
        (removed, carol.user_id, channel_id),
        (added, carol.user_id, channel_id),
    ]
