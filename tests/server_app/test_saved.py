"""Saved messages: found again by whoever saved them, and known to nobody else."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import SavedChanged
from shared.limits import MAX_SAVED
from shared.requests import (
    AddMember,
    CreateChannel,
    DeleteChannel,
    DeleteMessage,
    EditMessage,
    ListSaved,
    RemoveMember,
    SetBlock,
    SetSaved,
)
from shared.types import GENERAL, BlockKind, ChannelId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer


def save(seq: int, channel_id: ChannelId = GENERAL, is_on: bool = True) -> SetSaved:
    return SetSaved(channel_id=channel_id, seq=seq, is_on=is_on)


def saved(peer: Peer) -> list[str]:
    return [each.message.body for each in peer.request(ListSaved()).saved]


def code(ask: Callable[[], object]) -> Code:
    with pytest.raises(Refusal) as refused:
        ask()
    return refused.value.code


def test_what_was_saved_last_comes_first_and_as_it_is_now(alice: Peer, bob: Peer) -> None:
    for text in ("one", "two", "three"):
        alice.say(text)
    for seq in (2, 1, 3, 3):
        bob.request(save(seq))
    alice.request(EditMessage(channel_id=GENERAL, seq=1, body="one anew"))
    assert saved(bob) == ["three", "one anew", "two"]
    bob.request(save(3, is_on=False))
    alice.request(DeleteMessage(channel_id=GENERAL, seq=2))
    assert saved(bob) == ["one anew", ""]
    assert bob.request(ListSaved()).saved[1].message.is_deleted
    bob.request(save(2, is_on=False))
    assert saved(bob) == ["one anew"]
    assert code(lambda: bob.request(save(2))) is Code.NOT_FOUND


def test_only_ones_own_devices_hear_of_it(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    alice.say("hello")
    phone = connect().log_in("bob")
    bob.request(save(1))
    assert phone.next_event(SavedChanged) == SavedChanged(channel_id=GENERAL, seq=1, is_on=True)
    bob.request(save(1))
    assert phone.heard(SavedChanged) == []
    assert alice.heard(SavedChanged) == []
    assert saved(alice) == []


def test_what_one_may_not_see_any_more_is_left_out_until_one_may(alice: Peer, bob: Peer) -> None:
    room = alice.request(CreateChannel(name="plans", private=True)).channel_id
    alice.request(AddMember(channel_id=room, user_id=bob.user_id))
    alice.say("the plan", room)
    alice.say("hello")
    bob.request(save(1, room))
    bob.request(save(1))
    alice.request(RemoveMember(channel_id=room, user_id=bob.user_id))
    assert saved(bob) == ["hello"]
    assert code(lambda: bob.request(save(1, room))) is Code.NOT_FOUND
    alice.request(AddMember(channel_id=room, user_id=bob.user_id))
    assert saved(bob) == ["hello", "the plan"]


def test_nothing_is_left_of_it_where_the_channel_is_deleted(alice: Peer, bob: Peer, server: App) -> None:
    room = alice.request(CreateChannel(name="plans")).channel_id
    alice.say("the plan", room)
    bob.request(save(1, room))
    alice.request(DeleteChannel(channel_id=room))
    assert saved(bob) == []
    with sqlite3.connect(Path(server.settings.database)) as database:
        assert database.execute("select count(*) from saved_messages").fetchone() == (0,)


def test_what_a_blocked_person_said_stays_hidden(alice: Peer, bob: Peer) -> None:
    alice.say("words")
    bob.request(save(1))
    bob.request(SetBlock(user_id=alice.user_id, kind=BlockKind.BLOCK))
    (one,) = bob.request(ListSaved()).saved
    assert (one.message.is_hidden, one.message.body) == (True, "")


@pytest.fixture
def free(start_server: ServerFactory) -> App:
    return start_server(tls=False, limits=Limits().without_rates_and_caps())


def test_pages_follow_each_other_without_a_gap_and_fit_into_a_frame(free: App, connect: ConnectFactory) -> None:
    alice = connect(free).register("alice")
    for seq in range(1, 91):
        alice.say("𝔛" * 4000)
        alice.request(save(seq))
    seqs: list[int] = []
    before, more = None, True
    while more:
        page = alice.request(ListSaved(before=before, limit=100))
        seqs += [each.message.seq for each in page.saved]
        before, more = page.saved[-1].saved_at, page.more
    assert seqs == list(range(90, 0, -1))


def test_one_person_saves_so_many_and_no_more(free: App, connect: ConnectFactory) -> None:
    alice = connect(free).register("alice")
    asked = [alice.ask(save_one) for save_one in _many(alice)]
    for request_id in asked:
        alice.done(request_id)
    alice.say("one more")
    with pytest.raises(Refusal, match="You saved 1,000 messages") as refused:
        alice.request(save(MAX_SAVED + 1))
    assert refused.value.code is Code.CONFLICT
    alice.request(save(7, is_on=False))
    alice.request(save(MAX_SAVED + 1))


def _many(alice: Peer) -> list[SetSaved]:
    for seq in range(1, MAX_SAVED + 1):
        alice.say(str(seq))
    return [save(seq) for seq in range(1, MAX_SAVED + 1)]
