"""Forwarding: what somebody said, said again elsewhere by whoever may read it there and write here."""

import uuid

import pytest

from server_app.app import App
from server_app.limits import Limits
from shared.entities import Message
from shared.errors import Code, Refusal
from shared.events import MessagePosted
from shared.requests import (
    CreateChannel,
    DeleteMessage,
    EditMessage,
    FetchHistory,
    Forward,
    Posted,
    RevealMessage,
    SendMessage,
    SetBlock,
    SetPolicy,
)
from shared.types import GENERAL, BlockKind, ChannelId, Seq

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer


def forwarding(seq: Seq, source: ChannelId, target: ChannelId, **more: object) -> SendMessage:
    forward = Forward(channel_id=source, seq=seq)
    return SendMessage(
        channel_id=target,
        client_id=uuid.uuid4().hex,
        body="what I saw",
        forward_of=forward,
        **more,  # type: ignore[arg-type]  # fields of the request
    )


def forward(peer: Peer, seq: Seq, source: ChannelId, target: ChannelId) -> Posted:
    return peer.request(forwarding(seq, source, target))


def newest(peer: Peer, channel_id: ChannelId) -> Message:
    return peer.request(FetchHistory(channel_id=channel_id, limit=1)).messages[0]


@pytest.fixture
def plans(alice: Peer) -> ChannelId:
    return alice.request(CreateChannel(name="plans")).channel_id


def test_the_server_takes_what_was_said_and_names_who_said_it_first(alice: Peer, bob: Peer, plans: ChannelId) -> None:
    bob.say("the original")
    forward(alice, Seq(1), GENERAL, plans)
    told = [bob.next_event(MessagePosted).message for _ in range(2)][1]
    assert (told.body, told.forwarded_from, told.author_id) == ("the original", bob.user_id, alice.user_id)
    assert newest(bob, plans) == told


def test_what_is_forwarded_again_still_names_its_first_author(
    alice: Peer, bob: Peer, carol: Peer, plans: ChannelId
) -> None:
    bob.say("the original")
    forward(alice, Seq(1), GENERAL, plans)
    notes = carol.direct(carol.user_id)
    forward(carol, Seq(1), plans, notes)
    assert (newest(carol, notes).body, newest(carol, notes).forwarded_from) == ("the original", bob.user_id)


def test_a_retry_gets_the_first_answer(alice: Peer, bob: Peer, plans: ChannelId) -> None:
    bob.say("the original")
    request = forwarding(Seq(1), GENERAL, plans)
    first = alice.request(request)
    bob.request(EditMessage(channel_id=GENERAL, seq=1, body="edited"))
    assert alice.request(request) == first


def test_what_one_may_not_see_is_as_if_it_were_not_there(alice: Peer, bob: Peer, plans: ChannelId) -> None:
    secret = alice.request(CreateChannel(name="secret", private=True)).channel_id
    alice.say("hidden", secret)
    sentences = []
    for source in (secret, ChannelId(999)):
        with pytest.raises(Refusal) as refused:
            forward(bob, Seq(1), source, plans)
        assert refused.value.code is Code.NOT_FOUND
        sentences.append(refused.value.message)
    assert sentences[0] == sentences[1]


def test_one_must_be_allowed_to_write_where_it_goes(alice: Peer, bob: Peer) -> None:
    secret = alice.request(CreateChannel(name="secret", private=True)).channel_id
    bob.say("the original")
    with pytest.raises(Refusal, match="no such channel"):
        forward(bob, Seq(1), GENERAL, secret)


def test_deleted_missing_and_blocked_messages_cannot_be_forwarded(alice: Peer, bob: Peer, plans: ChannelId) -> None:
    bob.say("deleted")
    bob.say("blocked")
    bob.request(DeleteMessage(channel_id=GENERAL, seq=1))
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    for seq, said in ((1, "was deleted"), (2, "You block"), (3, "not there"), (0, "not there")):
        with pytest.raises(Refusal, match=said):
            forward(alice, Seq(seq), GENERAL, plans)


def test_who_blocks_the_first_author_sees_nothing_of_what_others_forward_and_may_ask_for_it(
    alice: Peer, bob: Peer, carol: Peer, plans: ChannelId
) -> None:
    carol.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    bob.say("the original")
    forward(alice, Seq(1), GENERAL, plans)
    told = [carol.next_event(MessagePosted).message for _ in range(2)][1]
    assert told == newest(carol, plans)
    assert (told.is_hidden, told.body, told.forwarded_from) == (True, "", bob.user_id)
    assert carol.request(RevealMessage(channel_id=plans, seq=1)).message.body == "the original"


def test_the_word_filter_looks_at_what_is_forwarded(alice: Peer, bob: Peer, plans: ChannelId) -> None:
    notes = bob.direct(bob.user_id)
    bob.say("a swearword", notes)
    alice.request(SetPolicy(filtered_words=("swearword",)))
    with pytest.raises(Refusal):
        forward(bob, Seq(1), notes, plans)


def test_a_message_answers_or_forwards_but_not_both(alice: Peer, plans: ChannelId) -> None:
    alice.say("the original")
    with pytest.raises(Refusal, match="not both"):
        alice.request(forwarding(Seq(1), GENERAL, GENERAL, reply_to=1))


def test_forwarding_is_limited_like_saying_anything(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app: App = start_server(limits=Limits(messages_per_second=1, messages_burst=5))
    alice = connect(app).register("alice")
    alice.say("the original")
    requests = [forwarding(Seq(1), GENERAL, GENERAL) for _ in range(20)]
    ids = [alice.ask(request) for request in requests]
    codes = [code_of(alice, request, request_id) for request, request_id in zip(requests, ids, strict=True)]
    assert codes.count(Code.RATE_LIMITED) >= 14
    assert set(codes) == {None, Code.RATE_LIMITED}


def code_of(peer: Peer, request: SendMessage, request_id: int) -> Code | None:
    """Of its refusal."""
    try:
        peer.answer(request, request_id)
    except Refusal as refusal:
        return refusal.code
    return None
