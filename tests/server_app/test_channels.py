"""Public channels: made, shaped, left and joined."""

import pytest

from shared.errors import Code, Refusal
from shared.events import ChannelCreated, ChannelJoined, ChannelLeft, ChannelRenamed, MessagePosted, TopicChanged
from shared.requests import (
    CreateChannel,
    JoinChannel,
    LeaveChannel,
    ListChannels,
    OpenDirect,
    RenameChannel,
    SetTopic,
)
from shared.types import GENERAL, ChannelId, ChannelKind, UserId

from ..peer import Peer


def test_a_new_channel_is_everybodys(alice: Peer, bob: Peer) -> None:
    channel_id = bob.request(CreateChannel(name="#Plans for May", topic="where to go")).channel_id
    channel = alice.next_event(ChannelCreated).channel
    assert (channel.id, channel.name, channel.topic, channel.created_by) == (
        channel_id,
        "plans-for-may",
        "where to go",
        bob.user_id,
    )
    alice.say("the sea!", channel_id)
    assert bob.next_event(MessagePosted).message.channel_id == channel_id


@pytest.mark.parametrize("name", ["general", "GENERAL", "gеneral", "", "#", "a/b", "x" * 41])
def test_names_that_are_taken_or_malformed_are_refused(alice: Peer, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        alice.request(CreateChannel(name=name))
    assert refused.value.code in (Code.CONFLICT, Code.BAD_REQUEST)


def test_name_and_topic_are_for_the_maker_and_the_owner(alice: Peer, bob: Peer, carol: Peer) -> None:
    channel_id = bob.request(CreateChannel(name="plans")).channel_id
    bob.request(SetTopic(channel_id=channel_id, topic="May"))
    alice.request(RenameChannel(channel_id=channel_id, name="journeys"))
    assert carol.next_event(TopicChanged).topic == "May"
    assert carol.next_event(ChannelRenamed).name == "journeys"
    for request in (SetTopic(channel_id=channel_id, topic="mine"), RenameChannel(channel_id=channel_id, name="mine")):
        with pytest.raises(Refusal) as refused:
            carol.request(request)
        assert refused.value.code is Code.FORBIDDEN
    with pytest.raises(Refusal, match="already"):
        alice.request(RenameChannel(channel_id=channel_id, name="General"))
    alice.request(RenameChannel(channel_id=channel_id, name="journeys"))


def test_whoever_left_hears_nothing_until_they_join_again(alice: Peer, bob: Peer) -> None:
    channel_id = alice.request(CreateChannel(name="plans")).channel_id
    bob.request(LeaveChannel(channel_id=channel_id))
    assert alice.next_event(ChannelLeft).user_id == bob.user_id
    alice.say("bob is gone", channel_id)
    assert bob.heard(MessagePosted) == []
    left = {each.id: each.left_ids for each in bob.request(ListChannels()).channels}
    assert left == {GENERAL: (), channel_id: (bob.user_id,)}
    bob.request(JoinChannel(channel_id=channel_id))
    assert alice.next_event(ChannelJoined).user_id == bob.user_id
    alice.say("bob is back", channel_id)
    assert bob.next_event(MessagePosted).message.body == "bob is back"


def test_leaving_and_joining_twice_is_harmless_and_told_once(alice: Peer, bob: Peer) -> None:
    channel_id = alice.request(CreateChannel(name="plans")).channel_id
    for request in (LeaveChannel(channel_id=channel_id), JoinChannel(channel_id=channel_id)):
        bob.request(request)
        bob.request(request)
    told = alice.heard(ChannelLeft), alice.heard(ChannelJoined)
    assert [len(each) for each in told] == [1, 1]


def test_nobody_leaves_general(alice: Peer) -> None:
    with pytest.raises(Refusal, match="Nobody can leave #general"):
        alice.request(LeaveChannel(channel_id=GENERAL))


def test_the_direct_channel_of_two_people_is_one_whoever_opens_it(alice: Peer, bob: Peer) -> None:
    ids = [alice.ask(OpenDirect(user_id=bob.user_id)), bob.ask(OpenDirect(user_id=alice.user_id))]
    opened = [
        peer.answer(OpenDirect(user_id=peer.user_id), request).channel_id
        for peer, request in zip((alice, bob), ids, strict=True)
    ]
    assert opened[0] == opened[1]
    channel = bob.next_event(ChannelCreated).channel
    assert channel.kind is ChannelKind.DIRECT
    assert channel.member_ids == (alice.user_id, bob.user_id)
    assert len(bob.heard(ChannelCreated)) == 0


def test_one_can_write_notes_to_oneself_but_not_to_nobody(alice: Peer) -> None:
    notes = alice.direct(alice.user_id)
    alice.say("buy milk", notes)
    assert alice.bodies(notes) == ["buy milk"]
    with pytest.raises(Refusal, match="no such person"):
        alice.direct(UserId(999))


def test_a_direct_channel_has_no_topic_cannot_be_left_and_is_unknown_to_others(
    alice: Peer, bob: Peer, carol: Peer
) -> None:
    channel_id = alice.direct(bob.user_id)
    with pytest.raises(Refusal, match="no rules of its own"):
        alice.request(SetTopic(channel_id=channel_id, topic="us"))
    with pytest.raises(Refusal, match="cannot be left"):
        bob.request(LeaveChannel(channel_id=channel_id))
    for stranger, wanted in ((carol, channel_id), (alice, ChannelId(999))):
        with pytest.raises(Refusal) as refused:
            stranger.request(JoinChannel(channel_id=wanted))
        assert (refused.value.code, refused.value.message) == (Code.NOT_FOUND, "There is no such channel.")
