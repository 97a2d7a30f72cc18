"""Mentions: whom a message names, what is counted for them, and what nobody learns of it."""

import uuid
from collections.abc import Callable

import pytest

from server_app.app import App
from shared.entities import Mention, Message, Override, ReadPosition, UnreadMentions
from shared.errors import Code
from shared.events import ChannelRead, MentionChanged, MessageChanged, MessagePosted
from shared.limits import MAX_MENTIONS
from shared.mentions import EVERYBODY
from shared.requests import (
    AddMember,
    ChangeChannel,
    CreateChannel,
    DeleteChannel,
    DeleteMessage,
    EditMessage,
    FetchHistory,
    FetchMentions,
    JoinChannel,
    LeaveChannel,
    MarkManyRead,
    MarkRead,
    MarkUnread,
    OpenGroup,
    PurgeMessages,
    Register,
    RemoveMember,
    SendMessage,
    SetBlock,
)
from shared.rights import MEMBER
from shared.types import GENERAL, BlockKind, ChannelId, MessageKind, Permission, Seq

from ..conftest import ConnectFactory, ServerFactory
from ..peer import PASSWORD, Peer
from .rooms import FREE, refusal, told_of


@pytest.fixture
def server(start_server: ServerFactory) -> App:
    return start_server(limits=FREE)


def said(peer: Peer, body: str, channel_id: ChannelId = GENERAL) -> Message:
    """What everybody sees of something that somebody says."""
    seq = peer.say(body, channel_id).seq
    return peer.request(FetchHistory(channel_id=channel_id, around_seq=seq, limit=2)).messages[-1]


def unread(peer: Peer, connect: ConnectFactory) -> dict[ChannelId, tuple[Seq, ...]]:
    """What somebody who logs in now is told of unread mentions."""
    with connect().resume(peer.token) as device:
        assert all(isinstance(each, UnreadMentions) for each in device.snapshot.mentions)
        return {each.channel_id: each.seqs for each in device.snapshot.mentions}


def inbox(peer: Peer) -> list[str]:
    """What mentions somebody, the newest first."""
    return [each.body for each in peer.request(FetchMentions(limit=100)).messages]


def hide(alice: Peer, channel_id: ChannelId) -> None:
    """Let no member see a channel any more."""
    hidden = (Override(MEMBER, deny=(Permission.VIEW_CHANNELS,)),)
    alice.request(ChangeChannel(channel_id=channel_id, overrides=hidden))


# --- naming people ----------------------------------------------------------------------------------------------------


def test_whoever_is_named_is_mentioned_told_before_the_message_and_counted(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    message = said(alice, "hello @BOB, and you too")
    assert message.mentions == (Mention(6, 4, bob.user_id),)
    assert message.body == "hello @BOB, and you too"
    heard = [type(each) for each in bob.heard(object) if isinstance(each, MentionChanged | MessagePosted)]
    assert heard == [MentionChanged, MessagePosted]
    assert told_of(carol, MentionChanged) == []
    assert unread(bob, connect) == {GENERAL: (message.seq,)}
    assert unread(carol, connect) == unread(alice, connect) == {}
    assert inbox(bob) == ["hello @BOB, and you too"]


def test_all_of_ones_devices_hear_of_it_and_one_that_reads_lets_it_go_on_all(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    phone = connect().log_in("bob")
    seq = alice.say("@bob").seq
    for device in (bob, phone):
        assert device.next_event(MentionChanged) == MentionChanged(channel_id=GENERAL, seq=seq, is_on=True)
    bob.request(MarkRead(channel_id=GENERAL, seq=seq))
    assert phone.next_event(ChannelRead).seq == seq
    assert unread(bob, connect) == {}
    assert inbox(bob) == ["@bob"], "what was read is still to be found"


def test_what_is_marked_as_unread_again_mentions_one_again(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    for body in ("@bob one", "two", "@bob three"):
        alice.say(body)
    bob.request(MarkRead(channel_id=GENERAL, seq=3))
    assert unread(bob, connect) == {}
    told_of(bob, ChannelRead)
    bob.request(MarkUnread(channel_id=GENERAL, seq=2))
    assert told_of(bob, ChannelRead) == [ChannelRead(channel_id=GENERAL, seq=1, mentions=(3,))]
    assert unread(bob, connect) == {GENERAL: (3,)}
    back = (ReadPosition(channel_id=GENERAL, seq=0),)
    bob.request(MarkManyRead(positions=back, goes_back=True))
    assert told_of(bob, ChannelRead) == [ChannelRead(channel_id=GENERAL, seq=0, mentions=(1, 3))]


def test_a_message_without_people_in_it_costs_no_look_at_them(alice: Peer, bob: Peer) -> None:
    assert said(alice, "nobody").mentions == ()
    assert said(alice, "@nobody").mentions == ()
    assert told_of(bob, MentionChanged) == []


def test_whoever_names_themselves_is_told_nothing(alice: Peer, connect: ConnectFactory) -> None:
    assert said(alice, "I, @alice").mentions == (Mention(3, 6, alice.user_id),)
    assert told_of(alice, MentionChanged) == []
    assert unread(alice, connect) == {}


def test_nobody_can_be_called_as_everybody_is(connect: ConnectFactory) -> None:
    for name in (*EVERYBODY, "Here", "сhannel"):
        code, sentence = refusal(connect(), Register(name=name, password=PASSWORD, device="test"))
        assert (code, "means everybody" in sentence) == (Code.BAD_REQUEST, True)


def test_a_retry_mentions_nobody_again(alice: Peer, bob: Peer) -> None:
    alice.say("@bob", client_id="client-id-1")
    alice.say("@bob", client_id="client-id-1")
    assert len(told_of(bob, MentionChanged)) == 1


def test_naming_people_too_often_is_refused_with_a_sentence(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    body = "@bob " * 800
    request = SendMessage(channel_id=GENERAL, client_id="client-id-1", body=body.strip())
    code, sentence = refusal(alice, request)
    assert code is Code.BAD_REQUEST
    assert "800 times" in sentence
    assert alice.bodies() == []
    assert unread(bob, connect) == {}
    assert len(said(alice, "@bob " * MAX_MENTIONS).mentions) == MAX_MENTIONS
    assert unread(bob, connect) == {GENERAL: (1,)}
    code, _ = refusal(alice, EditMessage(channel_id=GENERAL, seq=1, body=body))
    assert code is Code.BAD_REQUEST
    assert alice.bodies() == ["@bob " * MAX_MENTIONS]


def test_two_thousand_signs_that_name_nobody_are_a_text_as_any(alice: Peer) -> None:
    assert said(alice, "@x " * 1333).mentions == ()


# --- who is not there -------------------------------------------------------------------------------------------------


def test_a_name_is_text_to_all_where_its_owner_sees_nothing(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    private = alice.request(CreateChannel(name="private", private=True)).channel_id
    alice.request(AddMember(channel_id=private, user_id=bob.user_id))
    hidden = alice.request(CreateChannel(name="hidden")).channel_id
    hide(alice, hidden)
    left = alice.request(CreateChannel(name="left")).channel_id
    carol.request(LeaveChannel(channel_id=left))
    talk = alice.direct(bob.user_id)
    told_of(carol, MentionChanged)
    for channel_id in (private, hidden, left, talk):
        assert said(alice, "@carol", channel_id).mentions == ()
    assert told_of(carol, MentionChanged) == []
    assert unread(carol, connect) == {}
    assert inbox(carol) == []


def test_what_mentions_me_is_not_told_of_where_i_see_it_no_more(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    private = alice.request(CreateChannel(name="private", private=True)).channel_id
    alice.request(AddMember(channel_id=private, user_id=bob.user_id))
    hidden = alice.request(CreateChannel(name="hidden")).channel_id
    for channel_id in (private, hidden):
        alice.say("@bob", channel_id)
    assert unread(bob, connect) == {private: (1,), hidden: (1,)}
    alice.request(RemoveMember(channel_id=private, user_id=bob.user_id))
    hide(alice, hidden)
    assert unread(bob, connect) == {}
    assert inbox(bob) == []
    told_of(bob, MentionChanged)
    for channel_id in (private, hidden):
        alice.request(DeleteMessage(channel_id=channel_id, seq=1))
    assert told_of(bob, MentionChanged) == [], "that would tell that there is something"


def test_somebody_who_was_brought_in_by_a_person_they_block_looks_mentioned_and_hears_nothing(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    bob.request(SetBlock(user_id=alice.user_id, kind=BlockKind.BLOCK))
    private = alice.request(CreateChannel(name="private", private=True)).channel_id
    for peer in (bob, carol):
        alice.request(AddMember(channel_id=private, user_id=peer.user_id))
    # Carol is nobody whom he blocks: it is the channel of which he does not know.
    for peer in (alice, carol):
        assert said(peer, "@bob", private).mentions == (Mention(0, 4, bob.user_id),)
    assert told_of(bob, MentionChanged) == []
    assert unread(bob, connect) == {}


def test_whoever_blocks_the_author_is_not_bothered_and_the_author_cannot_tell(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    bob.request(SetBlock(user_id=alice.user_id, kind=BlockKind.BLOCK))
    message = said(alice, "@bob")
    assert message.mentions == (Mention(0, 4, bob.user_id),)
    assert bob.next_event(MessagePosted).message.mentions == ()
    assert told_of(bob, MentionChanged) == []
    assert unread(bob, connect) == {}
    assert inbox(bob) == []


def test_an_announcement_mentions_also_those_who_block_its_author(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    bob.request(SetBlock(user_id=alice.user_id, kind=BlockKind.BLOCK))
    request = SendMessage(channel_id=GENERAL, client_id="client-id-1", body="@bob", kind=MessageKind.ANNOUNCEMENT)
    alice.request(request)
    assert unread(bob, connect) == {GENERAL: (1,)}
    assert inbox(bob) == ["@bob"]


def test_what_somebody_said_whom_i_block_since_is_not_in_the_inbox(alice: Peer, bob: Peer, carol: Peer) -> None:
    alice.say("@bob one")
    carol.say("@bob two")
    bob.request(SetBlock(user_id=alice.user_id, kind=BlockKind.BLOCK))
    assert inbox(bob) == ["@bob two"]


# --- everybody --------------------------------------------------------------------------------------------------------


def test_the_channel_is_mentioned_by_those_who_may_and_means_all_who_are_in_it(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    carol.request(LeaveChannel(channel_id=plans))
    bob.close()
    message = said(alice, "@channel: lunch", plans)
    assert message.mentions == (Mention(0, 8, None),)
    assert unread(bob, connect) == {plans: (1,)}
    assert unread(carol, connect) == unread(alice, connect) == {}


def test_here_means_those_who_are_online(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory, wait_until: Callable[..., None], server: App
) -> None:
    bob.close()
    wait_until(lambda: bob.user_id not in server._hub.connected_ids())
    message = said(alice, "@here")
    assert message.mentions == (Mention(0, 5, None),)
    assert unread(carol, connect) == {GENERAL: (1,)}
    assert unread(bob, connect) == {}


@pytest.mark.parametrize("word", EVERYBODY)
def test_without_the_permission_it_is_text(
    alice: Peer, bob: Peer, carol: Peer, word: str, connect: ConnectFactory
) -> None:
    assert said(bob, f"@{word}").mentions == ()
    assert said(alice, f"@{word}", alice.direct(bob.user_id)).mentions == ()
    assert unread(alice, connect) == {}
    mine = bob.request(CreateChannel(name="of-bob")).channel_id
    assert said(bob, f"@{word}", mine).mentions, "whoever made a channel may, there"
    group = bob.request(OpenGroup(user_ids=(alice.user_id, carol.user_id))).channel_id
    assert said(bob, f"@{word}", group).mentions, "and so may all of a group"


# --- what becomes of it -----------------------------------------------------------------------------------------------


def test_an_edit_tells_only_those_for_whom_it_is_new_or_no_more_so(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    alice.say("@bob")
    told_of(bob, MentionChanged)
    alice.request(EditMessage(channel_id=GENERAL, seq=1, body="hello @bob and @carol"))
    assert told_of(bob, MentionChanged) == []
    heard = [type(each) for each in carol.heard(object) if isinstance(each, MentionChanged | MessageChanged)]
    assert heard == [MentionChanged, MessageChanged]
    assert unread(carol, connect) == {GENERAL: (1,)}
    alice.request(EditMessage(channel_id=GENERAL, seq=1, body="hello @carol"))
    assert told_of(bob, MentionChanged) == [MentionChanged(channel_id=GENERAL, seq=1, is_on=False)]
    assert told_of(carol, MentionChanged) == []
    assert unread(bob, connect) == {}
    assert inbox(bob) == []


def test_an_edit_of_what_was_for_everybody_is_not_for_those_who_came_since(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    bob.request(LeaveChannel(channel_id=plans))
    alice.say("@channel lunch", plans)
    bob.request(JoinChannel(channel_id=plans))
    alice.request(EditMessage(channel_id=plans, seq=1, body="@channel dinner"))
    assert unread(bob, connect) == {}
    alice.request(EditMessage(channel_id=plans, seq=1, body="dinner"))
    alice.request(EditMessage(channel_id=plans, seq=1, body="@channel supper"))
    assert unread(bob, connect) == {plans: (1,)}


def answer(peer: Peer, seq: Seq, body: str, *, is_silent: bool = False) -> Seq:
    request = SendMessage(
        channel_id=GENERAL, client_id=uuid.uuid4().hex, body=body, reply_to=seq, is_silent_reply=is_silent
    )
    return peer.request(request).seq


def test_whoever_is_answered_is_mentioned_unless_that_is_switched_off(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    bob.say("a question")
    assert answer(alice, 1, "an answer") == 2
    assert unread(bob, connect) == {GENERAL: (2,)}
    alice.request(EditMessage(channel_id=GENERAL, seq=2, body="another answer"))
    assert unread(bob, connect) == {GENERAL: (2,)}, "it still answers him"
    answer(alice, 1, "quietly", is_silent=True)
    assert unread(bob, connect) == {GENERAL: (2,)}
    assert inbox(bob) == ["another answer"]
    answer(bob, 1, "to myself")
    assert inbox(bob) == ["another answer"]


def test_what_is_deleted_mentions_nobody(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    alice.say("@bob one")
    alice.say("@bob two")
    told_of(bob, MentionChanged)
    alice.request(DeleteMessage(channel_id=GENERAL, seq=1))
    assert told_of(bob, MentionChanged) == [MentionChanged(channel_id=GENERAL, seq=1, is_on=False)]
    assert unread(bob, connect) == {GENERAL: (2,)}
    assert inbox(bob) == ["@bob two"]


def test_a_purge_lets_nothing_of_it_be_a_mention(alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory) -> None:
    carol.say("@bob one")
    carol.say("no one")
    carol.say("@bob @alice two")
    told_of(bob, MentionChanged)
    alice.request(PurgeMessages(user_id=carol.user_id, hours=1))
    assert [(each.seq, each.is_on) for each in told_of(bob, MentionChanged)] == [(1, False), (3, False)]
    assert unread(bob, connect) == unread(alice, connect) == {}
    assert inbox(bob) == []


def test_what_a_deleted_channel_had_is_nowhere(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    alice.say("@bob", plans)
    alice.request(DeleteChannel(channel_id=plans))
    assert unread(bob, connect) == {}
    assert inbox(bob) == []


def test_mentions_outlast_a_restart(
    alice: Peer, bob: Peer, server: App, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    alice.say("@bob")
    server.stop()
    again = start_server(limits=FREE)
    device = connect(again).resume(bob.token)
    assert device.snapshot.mentions == (UnreadMentions(GENERAL, (1,)),)
    assert inbox(device) == ["@bob"]


# --- the inbox --------------------------------------------------------------------------------------------------------


def test_the_inbox_is_read_page_by_page_over_all_channels(alice: Peer, bob: Peer) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    for number in range(7):
        alice.say(f"@bob {number}", (GENERAL, plans)[number % 2])
    found, before_id = [], None
    while True:
        page = bob.request(FetchMentions(before_id=before_id, limit=3))
        found += [each.body for each in page.messages]
        before_id = page.before_id
        if before_id is None:
            break
    assert found == [f"@bob {number}" for number in reversed(range(7))]
