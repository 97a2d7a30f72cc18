"""Replies: what can be answered, who is told, and how the originals are read."""

import uuid

import pytest
from msgspec.structs import replace

from server_app.app import App
from server_app.limits import Limits
from shared.entities import Mention, Message
from shared.errors import Code, Refusal
from shared.events import MentionChanged, MessageChanged, MessagePosted
from shared.limits import MAX_BODY
from shared.requests import (
    CreateChannel,
    DeleteMessage,
    EditMessage,
    FetchHistory,
    FetchMessages,
    Posted,
    SendMessage,
    SetBlock,
)
from shared.types import GENERAL, BlockKind, ChannelId, Seq

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer


def answering(seq: Seq, channel_id: ChannelId = GENERAL, *, is_silent: bool = False) -> SendMessage:
    return SendMessage(
        channel_id=channel_id, client_id=uuid.uuid4().hex, body="yes", reply_to=seq, is_silent_reply=is_silent
    )


def answer(peer: Peer, seq: Seq, channel_id: ChannelId = GENERAL, *, is_silent: bool = False) -> Posted:
    return peer.request(answering(seq, channel_id, is_silent=is_silent))


def newest(peer: Peer, channel_id: ChannelId = GENERAL) -> Message:
    return peer.request(FetchHistory(channel_id=channel_id, limit=1)).messages[0]


def test_a_reply_names_what_it_answers_live_and_in_pages(alice: Peer, bob: Peer) -> None:
    asked = bob.say("shall we?")
    answer(alice, asked.seq)
    told = [bob.next_event(MessagePosted).message for _ in range(2)][1]
    assert (told.body, told.reply_to) == ("yes", asked.seq)
    assert newest(bob) == told


def test_whoever_is_answered_is_mentioned_unless_the_reply_is_silent_or_their_own(alice: Peer, bob: Peer) -> None:
    asked = bob.say("shall we?")
    answer(alice, asked.seq)
    assert newest(alice).mentions == (Mention(start=0, length=0, user_id=bob.user_id),)
    answer(alice, asked.seq, is_silent=True)
    assert newest(alice).mentions == ()
    answer(bob, asked.seq)
    assert newest(alice).mentions == ()


def test_whoever_is_answered_is_notified_as_of_a_mention_unless_they_block_who_answers(alice: Peer, bob: Peer) -> None:
    asked = bob.say("shall we?")
    reply = answer(alice, asked.seq)
    told = bob.next_event(MentionChanged)
    assert (told.channel_id, told.seq, told.is_on) == (GENERAL, reply.seq, True)
    answer(alice, asked.seq, is_silent=True)
    bob.request(SetBlock(user_id=alice.user_id, kind=BlockKind.BLOCK))
    answer(alice, asked.seq)
    assert bob.heard(MentionChanged) == []


@pytest.mark.parametrize("seq", [0, 2, 2**53 - 1], ids=["none", "beyond the end", "far beyond"])
def test_what_is_not_in_the_channel_cannot_be_answered(alice: Peer, seq: Seq) -> None:
    alice.say("one")
    with pytest.raises(Refusal, match="not in this channel") as refused:
        answer(alice, seq)
    assert refused.value.code is Code.NOT_FOUND
    assert alice.bodies() == ["one"]


def test_a_message_of_another_channel_cannot_be_answered(alice: Peer) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    for number in range(3):
        alice.say(f"{number}")
    alice.say("in plans", plans)
    with pytest.raises(Refusal, match="not in this channel"):
        answer(alice, Seq(3), plans)


def test_a_deleted_message_cannot_be_answered_but_its_replies_stay(alice: Peer, bob: Peer) -> None:
    asked = bob.say("shall we?")
    first = answer(alice, asked.seq)
    bob.request(DeleteMessage(channel_id=GENERAL, seq=asked.seq))
    with pytest.raises(Refusal, match="was deleted"):
        answer(alice, asked.seq)
    assert newest(alice).seq == first.seq
    assert newest(alice).reply_to == asked.seq


def test_a_retry_gets_the_first_answer_also_when_the_original_is_gone_by_then(alice: Peer, bob: Peer) -> None:
    asked = bob.say("shall we?")
    request = answering(asked.seq)
    first = alice.request(request)
    bob.request(DeleteMessage(channel_id=GENERAL, seq=asked.seq))
    assert alice.request(request) == first


def test_what_was_said_right_before_it_can_be_answered(alice: Peer) -> None:
    """Both may be in one batch, and then the original is not in the database yet."""
    asked = SendMessage(channel_id=GENERAL, client_id=uuid.uuid4().hex, body="shall I?")
    reply = answering(Seq(1))
    ids = alice.ask(asked), alice.ask(reply)
    assert alice.answer(asked, ids[0]).seq == 1
    assert alice.answer(reply, ids[1]).seq == 2
    assert newest(alice).reply_to == 1


def test_a_refused_reply_does_not_use_up_slow_mode_nor_harm_its_neighbours(alice: Peer) -> None:
    requests = [answering(Seq(9)), SendMessage(channel_id=GENERAL, client_id=uuid.uuid4().hex, body="plain")]
    ids = [alice.ask(request) for request in requests]
    with pytest.raises(Refusal, match="not in this channel"):
        alice.done(ids[0])
    assert alice.answer(requests[1], ids[1]).seq == 1


def test_deleting_a_reply_leaves_nothing_of_what_it_answered(alice: Peer, bob: Peer) -> None:
    posted = answer(alice, bob.say("shall we?").seq)
    alice.request(DeleteMessage(channel_id=GENERAL, seq=posted.seq))
    told = bob.next_event(MessageChanged).message
    assert (told.reply_to, told.mentions, told.is_deleted) == (None, (), True)


def test_an_edit_keeps_what_it_answers(alice: Peer, bob: Peer) -> None:
    posted = answer(alice, bob.say("shall we?").seq)
    alice.request(EditMessage(channel_id=GENERAL, seq=posted.seq, body="yes, please"))
    assert bob.next_event(MessageChanged).message.reply_to == 1


# --- reading originals ------------------------------------------------------------------------------------------------


def test_originals_are_read_in_one_request_as_they_are_now(alice: Peer, bob: Peer) -> None:
    for number in range(5):
        bob.say(f"{number}")
    bob.request(EditMessage(channel_id=GENERAL, seq=2, body="edited"))
    bob.request(DeleteMessage(channel_id=GENERAL, seq=4))
    found = alice.request(FetchMessages(channel_id=GENERAL, seqs=(4, 2, 99, 0, 2)))
    assert [(each.seq, each.body, each.is_deleted) for each in found.messages] == [(2, "edited", False), (4, "", True)]
    assert not found.more


def test_the_original_of_a_blocked_person_comes_without_its_text(alice: Peer, bob: Peer) -> None:
    bob.say("secret")
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    (found,) = alice.request(FetchMessages(channel_id=GENERAL, seqs=(1,))).messages
    assert (found.is_hidden, found.body) == (True, "")


def test_the_reply_of_a_blocked_person_tells_nothing(alice: Peer, bob: Peer) -> None:
    alice.say("hello?")
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    answer(bob, Seq(1))
    told = [alice.next_event(MessagePosted).message for _ in range(2)][1]
    assert told == newest(alice)
    assert (told.is_hidden, told.reply_to, told.mentions, told.body) == (True, None, (), "")


def test_nobody_reads_originals_of_a_channel_that_they_may_not_see(alice: Peer, bob: Peer) -> None:
    private = alice.request(CreateChannel(name="secret", private=True)).channel_id
    alice.say("hidden", private)
    with pytest.raises(Refusal) as refused:
        bob.request(FetchMessages(channel_id=private, seqs=(1,)))
    assert refused.value.code is Code.NOT_FOUND
    with pytest.raises(Refusal) as refused:
        answer(bob, Seq(1), private)
    assert refused.value.code is Code.NOT_FOUND
    assert "quote" not in refused.value.message


def test_originals_that_do_not_fit_into_one_answer_come_in_several(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app: App = start_server(limits=Limits().without_rates_and_caps())
    alice = connect(app).register("alice")
    for _ in range(90):
        alice.say("😀" * MAX_BODY)
    wanted, found = set(range(1, 91)), set[int]()
    for _ in range(3):
        page = alice.request(FetchMessages(channel_id=GENERAL, seqs=tuple(sorted(wanted - found))))
        found |= {each.seq for each in page.messages}
        if not page.more:
            break
    assert found == wanted


def test_too_many_originals_at_once_are_refused(alice: Peer) -> None:
    request = FetchMessages(channel_id=GENERAL, seqs=(1,))
    for seqs in ((), tuple(range(101))):
        with pytest.raises(Refusal) as refused:
            alice.request(replace(request, seqs=seqs))
        assert refused.value.code is Code.BAD_REQUEST
