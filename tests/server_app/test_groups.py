"""Groups: a conversation of a few people with the same rights; and who can begin conversations at all."""

from dataclasses import replace
from typing import Any

import pytest

from shared.errors import Code
from shared.events import ChannelCreated, ChannelJoined, ChannelLeft, ChannelRemoved
from shared.requests import (
    AddMember,
    ArchiveChannel,
    BanPerson,
    ChangeChannel,
    DeleteChannel,
    FetchHistory,
    GiveRole,
    JoinChannel,
    LeaveChannel,
    OpenDirect,
    OpenGroup,
    RemoveBlock,
    RemoveMember,
    RenameChannel,
    Request,
    SetBlock,
    SetTopic,
    TimeOutPerson,
)
from shared.rights import GUEST
from shared.types import BlockKind, ChannelId, ChannelKind, UserId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE, refusal, sees, told


def group(peer: Peer, *others: Peer) -> ChannelId:
    return peer.request(OpenGroup(user_ids=tuple(each.user_id for each in others))).channel_id


@pytest.fixture
def dave(carol: Peer, connect: ConnectFactory) -> Peer:
    return connect().register("dave")


def test_a_group_is_its_peoples_alone(alice: Peer, bob: Peer, carol: Peer, dave: Peer) -> None:
    channel_id = group(bob, carol, dave)
    for member in (bob, carol, dave):
        channel = member.next_event(ChannelCreated).channel
        assert (channel.id, channel.kind, channel.name) == (channel_id, ChannelKind.GROUP, "")
        assert channel.member_ids == (bob.user_id, carol.user_id, dave.user_id)
    carol.say("between the three of us", channel_id)
    assert told(alice) == []
    assert refusal(alice, FetchHistory(channel_id=channel_id))[0] is Code.NOT_FOUND


def test_the_same_people_find_the_same_group_until_somebody_leaves(alice: Peer, bob: Peer, carol: Peer) -> None:
    channel_id = group(alice, bob, carol)
    assert group(carol, alice, bob) == channel_id
    assert group(bob, bob, carol, alice) == channel_id
    assert group(alice, bob) != channel_id, "two people can have a group beside their direct channel"
    carol.request(LeaveChannel(channel_id=channel_id))
    assert carol.next_event(ChannelRemoved).channel_id == channel_id
    assert bob.next_event(ChannelLeft).user_id == carol.user_id
    assert refusal(carol, JoinChannel(channel_id=channel_id))[0] is Code.NOT_FOUND
    assert group(alice, bob, carol) != channel_id


def test_everybody_in_it_may_name_it_and_bring_others_in_but_nobody_is_removed(
    alice: Peer, bob: Peer, carol: Peer, dave: Peer
) -> None:
    channel_id = group(alice, bob, carol)
    carol.request(RenameChannel(channel_id=channel_id, name="the three"))
    bob.request(SetTopic(channel_id=channel_id, topic="cake"))
    carol.request(AddMember(channel_id=channel_id, user_id=dave.user_id))
    assert dave.next_event(ChannelCreated).channel.topic == "cake"
    assert alice.next_event(ChannelJoined).user_id == dave.user_id
    assert group(alice, bob, carol) != channel_id, "these are other people now"
    for request in (
        RemoveMember(channel_id=channel_id, user_id=bob.user_id),
        ChangeChannel(channel_id=channel_id, slow_seconds=60),
        ArchiveChannel(channel_id=channel_id),
        DeleteChannel(channel_id=channel_id),
    ):
        assert refusal(alice, request)[0] is Code.FORBIDDEN


def test_a_group_has_at_most_ten_people(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(tls=False, limits=FREE)
    peers = [connect(app).register(f"user{number}") for number in range(11)]
    first, ids = peers[0], [peer.user_id for peer in peers]
    assert "at most 10" in refusal(first, OpenGroup(user_ids=tuple(ids[1:])))[1]
    assert "at least one other" in refusal(first, OpenGroup(user_ids=(first.user_id,)))[1]
    channel_id = first.request(OpenGroup(user_ids=tuple(ids[:10]))).channel_id
    assert "at most 10" in refusal(first, AddMember(channel_id=channel_id, user_id=ids[10]))[1]


def test_not_more_groups_are_begun_than_the_limits_say(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(tls=False, limits=replace(FREE, groups_per_account=1))
    alice, bob, carol = (connect(app).register(name) for name in ("alice", "bob", "carol"))
    group(alice, bob)
    assert "as many groups" in refusal(alice, OpenGroup(user_ids=(carol.user_id,)))[1]
    group(carol, bob)


def test_only_who_may_begins_conversations_and_everybody_answers(alice: Peer, bob: Peer, carol: Peer) -> None:
    with_bob = bob.direct(alice.user_id)
    alice.request(GiveRole(user_id=bob.user_id, role_id=GUEST))
    for request in (OpenDirect(user_id=carol.user_id), OpenGroup(user_ids=(carol.user_id,))):
        code, sentence = refusal(bob, request)
        assert (code, "begin conversations" in sentence) == (Code.FORBIDDEN, True)
    assert bob.direct(alice.user_id) == with_bob
    assert carol.direct(bob.user_id)
    bob.say("an answer", carol.direct(bob.user_id))
    bob.say("milk", bob.direct(bob.user_id))


def test_whoever_is_timed_out_begins_none_and_goes_on_with_the_old_ones(alice: Peer, bob: Peer, carol: Peer) -> None:
    channel_id, together = bob.direct(alice.user_id), group(alice, bob)
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=3600))
    bob.say("may I explain", channel_id)
    for request in (OpenDirect(user_id=carol.user_id), SetTopic(channel_id=together, topic="me")):
        assert "timed out" in refusal(bob, request)[1]


def test_no_conversation_begins_with_somebody_who_is_banned_or_nobody(alice: Peer, bob: Peer, carol: Peer) -> None:
    channel_id = alice.direct(bob.user_id)
    alice.request(BanPerson(user_id=bob.user_id))
    assert alice.direct(bob.user_id) == channel_id
    nobody = UserId(999)
    for request in (OpenDirect(user_id=bob.user_id), OpenGroup(user_ids=(bob.user_id,))):
        assert "bob is banned" in refusal(carol, request)[1]
    together = group(alice, carol)
    assert "bob is banned" in refusal(carol, AddMember(channel_id=together, user_id=bob.user_id))[1]
    for unknown in (
        OpenDirect(user_id=nobody),
        OpenGroup(user_ids=(nobody,)),
        AddMember(channel_id=together, user_id=nobody),
    ):
        assert refusal(carol, unknown) == (Code.NOT_FOUND, "There is no such person.")


@pytest.mark.parametrize("kind", ["direct", "group"])
def test_whoever_blocks_me_hears_nothing_of_what_i_begin_until_they_unblock_me(
    alice: Peer, bob: Peer, carol: Peer, kind: str
) -> None:
    carol.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    told(carol)
    channel_id = bob.direct(carol.user_id) if kind == "direct" else group(bob, alice, carol)
    made = bob.next_event(ChannelCreated).channel
    assert carol.user_id in made.member_ids, "bob cannot tell"
    bob.say("hello?", channel_id)
    assert told(carol) == []
    assert not sees(carol, channel_id)
    carol.request(RemoveBlock(user_id=bob.user_id))
    assert carol.next_event(ChannelCreated).channel.id == channel_id
    bob.say("at last", channel_id)
    assert "at last" in carol.bodies(channel_id)


def test_whoever_opens_a_conversation_that_was_kept_from_them_is_in_it(alice: Peer, bob: Peer) -> None:
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    channel_id = bob.direct(alice.user_id)
    assert not sees(alice, channel_id)
    assert alice.direct(bob.user_id) == channel_id
    assert alice.next_event(ChannelCreated).channel.id == channel_id


def test_verbs_of_members_make_no_sense_in_public_and_direct_channels(alice: Peer, bob: Peer) -> None:
    public, direct = ChannelId(1), alice.direct(bob.user_id)
    requests: list[tuple[Request[Any], Code]] = [
        (AddMember(channel_id=public, user_id=bob.user_id), Code.BAD_REQUEST),
        (RemoveMember(channel_id=public, user_id=bob.user_id), Code.BAD_REQUEST),
        (AddMember(channel_id=direct, user_id=bob.user_id), Code.FORBIDDEN),
        (RemoveMember(channel_id=direct, user_id=bob.user_id), Code.FORBIDDEN),
    ]
    for request, code in requests:
        assert refusal(alice, request)[0] is code
