"""Pins: messages of a channel that everybody in it finds again."""

from collections.abc import Callable

import pytest

from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import MessageChanged
from shared.limits import MAX_PINS
from shared.requests import (
    CreateChannel,
    DeleteMessage,
    EditMessage,
    FetchAudit,
    FetchChanges,
    ListPins,
    PurgeMessages,
    SetBlock,
    SetPin,
)
from shared.types import GENERAL, AuditAction, BlockKind, ChannelId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer

FREE = Limits().without_rates_and_caps()


def pin(seq: int, channel_id: ChannelId = GENERAL, is_on: bool = True) -> SetPin:
    return SetPin(channel_id=channel_id, seq=seq, is_on=is_on)


def pinned(peer: Peer, channel_id: ChannelId = GENERAL) -> list[str]:
    return [message.body for message in peer.request(ListPins(channel_id=channel_id)).messages]


def code(ask: Callable[[], object]) -> Code:
    with pytest.raises(Refusal) as refused:
        ask()
    return refused.value.code


def test_the_newest_pin_is_the_first_that_everybody_finds(alice: Peer, bob: Peer) -> None:
    for text in ("one", "two", "three"):
        bob.say(text)
    for seq in (3, 1, 2):
        alice.request(pin(seq))
        assert bob.next_event(MessageChanged).message.pinned_at
    assert pinned(bob) == ["two", "one", "three"]
    alice.request(pin(1, is_on=False))
    assert bob.next_event(MessageChanged).message.pinned_at is None
    assert pinned(bob) == ["two", "three"]


def test_whoever_was_away_gets_it_as_a_change_and_doing_it_twice_is_none(alice: Peer, bob: Peer) -> None:
    alice.say("rules")
    for _ in range(2):
        alice.request(pin(1))
    page = bob.request(FetchChanges(channel_id=GENERAL, after_rev=0))
    assert [(message.rev, bool(message.pinned_at), message.edited_at) for message in page.messages] == [(1, True, None)]


def test_an_edit_keeps_the_pin_and_a_deletion_ends_it(alice: Peer, bob: Peer) -> None:
    for text in ("first", "second"):
        alice.say(text)
    for seq in (1, 2):
        alice.request(pin(seq))
    alice.request(EditMessage(channel_id=GENERAL, seq=1, body="anew"))
    alice.request(DeleteMessage(channel_id=GENERAL, seq=2))
    assert pinned(bob) == ["anew"]
    assert code(lambda: alice.request(pin(2))) is Code.NOT_FOUND
    alice.request(PurgeMessages(user_id=bob.user_id, hours=1))
    bob.say("gone soon")
    alice.request(pin(3))
    alice.request(PurgeMessages(user_id=bob.user_id, hours=1))
    assert pinned(bob) == ["anew"]


def test_only_some_may_pin_in_a_channel_and_both_in_a_direct_one(alice: Peer, bob: Peer) -> None:
    alice.say("hello")
    with pytest.raises(Refusal, match="may pin messages"):
        bob.request(pin(1))
    own = bob.request(CreateChannel(name="bobs")).channel_id
    bob.say("mine", own)
    bob.request(pin(1, own))
    direct = alice.direct(bob.user_id)
    alice.say("between us", direct)
    bob.request(pin(1, direct))
    assert (pinned(alice, own), pinned(alice, direct)) == (["mine"], ["between us"])


@pytest.mark.parametrize("seq", [0, 2, 10**9])
def test_what_is_not_there_cannot_be_pinned(alice: Peer, seq: int) -> None:
    alice.say("only one")
    assert code(lambda: alice.request(pin(seq))) is Code.NOT_FOUND


@pytest.fixture
def free(start_server: ServerFactory) -> App:
    return start_server(tls=False, limits=FREE)


def test_a_channel_keeps_so_many_pins_and_no_more(free: App, connect: ConnectFactory) -> None:
    alice = connect(free).register("alice")
    for seq in range(1, MAX_PINS + 2):
        alice.say(str(seq))
        if seq <= MAX_PINS:
            alice.request(pin(seq))
    with pytest.raises(Refusal, match="100 messages are pinned here") as refused:
        alice.request(pin(MAX_PINS + 1))
    assert refused.value.code is Code.CONFLICT
    alice.request(pin(5, is_on=False))
    alice.request(pin(MAX_PINS + 1))


def test_pins_come_in_pages_that_fit_into_a_frame(free: App, connect: ConnectFactory) -> None:
    alice = connect(free).register("alice")
    for seq in range(1, 91):
        alice.say("𝔛" * 4000)
        alice.request(pin(seq))
    seqs: list[int] = []
    before, more = None, True
    while more:
        page = alice.request(ListPins(channel_id=GENERAL, before=before, limit=100))
        seqs += [message.seq for message in page.messages]
        before, more = page.messages[-1].pinned_at, page.more
    assert seqs == list(range(90, 0, -1))


def test_what_a_blocked_person_said_stays_hidden_where_it_is_pinned(alice: Peer, bob: Peer, carol: Peer) -> None:
    bob.say("secret")
    carol.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    alice.request(pin(1))
    (message,) = carol.request(ListPins(channel_id=GENERAL)).messages
    assert (message.is_hidden, message.body) == (True, "")
    assert carol.next_event(MessageChanged).message.is_hidden


def test_taking_the_pin_off_anothers_message_goes_into_the_audit_log(alice: Peer, bob: Peer) -> None:
    alice.say("mine")
    bob.say("his")
    for is_on in (True, False):
        for seq in (1, 2):
            alice.request(pin(seq, is_on=is_on))
    (entry,) = alice.request(FetchAudit()).entries
    assert (entry.action, entry.user_id, entry.detail) == (AuditAction.MESSAGE_UNPINNED, bob.user_id, "message 2")
