"""Kicks, timeouts and purges, felt at once by whoever is connected."""

import sqlite3
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import MessageChanged, SessionEnded, UserChanged
from shared.requests import (
    CreateChannel,
    EditMessage,
    FetchAudit,
    FetchChanges,
    FetchHistory,
    GiveRole,
    KickPerson,
    OpenGroup,
    PurgeMessages,
    SendMessage,
    TimeOutPerson,
)
from shared.rights import MODERATOR
from shared.types import GENERAL, AuditAction, ChannelId, MessageKind

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .held_up import held_up


def code(ask: Callable[[], object]) -> Code:
    with pytest.raises(Refusal) as refused:
        ask()
    return refused.value.code


def last_entry(peer: Peer) -> tuple[AuditAction, object, str]:
    (entry, *_) = peer.request(FetchAudit()).entries
    return entry.action, entry.user_id, entry.detail


# --- kicks ------------------------------------------------------------------------------------------------------------


def test_a_kicked_person_is_out_on_every_device_and_may_log_in_again(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    phone = connect().log_in("bob")
    alice.request(KickPerson(user_id=bob.user_id, reason="calm down"))
    for device in (bob, phone):
        assert "calm down" in device.next_event(SessionEnded).message
        device.wait_until_closed()
        assert code(partial(connect().resume, device.token)) is Code.UNAUTHORIZED
    connect().log_in("bob").say("I am calm")
    assert last_entry(alice) == (AuditAction.PERSON_KICKED, bob.user_id, "calm down")


def test_what_was_asked_behind_the_kick_is_refused(alice: Peer, bob: Peer, server: App) -> None:
    with held_up(server) as wait_for_jobs:
        kick = alice.ask(KickPerson(user_id=bob.user_id))
        wait_for_jobs(1)
        said = bob.ask(SendMessage(channel_id=GENERAL, client_id="last-words-1", body="last words"))
        made = bob.ask(CreateChannel(name="last-resort"))
        wait_for_jobs(3)
    alice.done(kick)
    assert [code(partial(bob.done, each)) for each in (said, made)] == [Code.UNAUTHORIZED] * 2
    assert alice.bodies() == []


def test_nobody_acts_on_those_who_are_not_below_them(alice: Peer, bob: Peer, carol: Peer) -> None:
    for person in (bob, carol):
        alice.request(GiveRole(user_id=person.user_id, role_id=MODERATOR))
    for other in (alice, bob, carol):
        assert code(partial(bob.request, KickPerson(user_id=other.user_id))) is Code.FORBIDDEN
        assert code(partial(bob.request, TimeOutPerson(user_id=other.user_id, seconds=60))) is Code.FORBIDDEN
        assert code(partial(bob.request, PurgeMessages(user_id=other.user_id, hours=1))) is Code.FORBIDDEN


# --- timeouts ---------------------------------------------------------------------------------------------------------


def test_who_is_timed_out_only_looks_on_and_writes_directly(alice: Peer, bob: Peer) -> None:
    bob.say("before")
    direct = bob.direct(alice.user_id)
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=3600, reason="shouting"))
    assert bob.next_event(UserChanged).user.timeout_until > 0
    assert code(lambda: bob.say("in between")) is Code.FORBIDDEN
    assert code(lambda: bob.request(EditMessage(channel_id=GENERAL, seq=1, body="edited"))) is Code.FORBIDDEN
    assert code(lambda: bob.request(CreateChannel(name="elsewhere"))) is Code.FORBIDDEN
    bob.say("may I speak again?", direct)
    assert bob.bodies() == ["before"]
    assert last_entry(alice) == (AuditAction.PERSON_TIMED_OUT, bob.user_id, "for 1 hour: shouting")


def test_a_timeout_is_lifted(alice: Peer, bob: Peer) -> None:
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=3600))
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=0))
    assert [bob.next_event(UserChanged).user.timeout_until > 0 for _ in range(2)] == [True, False]
    bob.say("thank you")
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=0))
    assert bob.heard(UserChanged) == []
    assert last_entry(alice) == (AuditAction.PERSON_TIMED_OUT, bob.user_id, "no longer")


def test_a_timeout_ends_by_itself(alice: Peer, bob: Peer, wait_until: Callable[..., None]) -> None:
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=1))

    def may_speak() -> bool:
        try:
            bob.say("again")
        except Refusal as refused:
            return refused.code not in (Code.FORBIDDEN, Code.RATE_LIMITED)
        return True

    assert code(lambda: bob.say("now")) is Code.FORBIDDEN
    wait_until(may_speak)


def test_a_timeout_survives_a_restart(start_server: ServerFactory, connect: ConnectFactory) -> None:
    house = start_server(tls=False)
    alice, bob = connect(house).register("alice"), connect(house).register("bob")
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=3600))
    house.stop()
    again = connect(start_server(tls=False)).resume(bob.token)
    assert again.snapshot.me.timeout_until > 0
    assert code(lambda: again.say("again")) is Code.FORBIDDEN


# --- purges -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def free(start_server: ServerFactory) -> App:
    return start_server(tls=False, limits=Limits().without_rates_and_caps())


def say_much(peer: Peer, count: int, channel_id: ChannelId = GENERAL, body: str = "spam and eggs") -> None:
    ids = [
        peer.ask(SendMessage(channel_id=channel_id, client_id=uuid.uuid4().hex, body=f"{body} {number}"))
        for number in range(count)
    ]
    for each in ids:
        peer.done(each)


def test_a_purge_deletes_what_one_person_said_in_channels_and_nothing_else(
    free: App, connect: ConnectFactory, tmp_path: Path
) -> None:
    alice, bob, carol = (connect(free).register(name) for name in ("alice", "bob", "carol"))
    private = bob.request(CreateChannel(name="bobs", private=True)).channel_id
    group = bob.request(OpenGroup(user_ids=(alice.user_id, carol.user_id))).channel_id
    direct = bob.direct(alice.user_id)
    carol.say("good morning")
    for channel_id in (GENERAL, private, group, direct):
        bob.say("spam", channel_id)
        bob.say("more spam", channel_id)
    bob.request(EditMessage(channel_id=GENERAL, seq=2, body="edited spam"))
    assert alice.request(PurgeMessages(user_id=bob.user_id, hours=1)).count == 2  # of what she may see
    changed = carol.heard(MessageChanged)
    assert [(event.message.seq, event.message.rev, event.message.body) for event in changed[1:]] == [
        (2, 2, ""),
        (3, 3, ""),
    ]
    assert carol.bodies() == ["good morning", "", ""]
    assert bob.bodies(private) == ["", ""]
    assert bob.bodies(group) == bob.bodies(direct) == ["spam", "more spam"]
    assert last_entry(alice) == (AuditAction.MESSAGES_PURGED, bob.user_id, "2 of the last 1 hours")
    free.stop()
    with sqlite3.connect(tmp_path / "hearth.db") as database:
        said = "select count(*), coalesce(max(length(body)), 0) from messages where is_deleted"
        assert database.execute(said).fetchone() == (4, 0)


def test_a_purge_of_thousands_is_one_step_of_which_everybody_hears(free: App, connect: ConnectFactory) -> None:
    alice, bob = connect(free).register("alice"), connect(free).register("bob")
    say_much(bob, 3000)
    carol = connect(free).register("carol")
    assert alice.request(PurgeMessages(user_id=bob.user_id, hours=1)).count == 3000
    heard = carol.heard(MessageChanged)
    assert [event.message.rev for event in heard] == list(range(1, 3001))
    assert all(event.message.is_deleted and event.message.body == "" for event in heard)
    page = carol.request(FetchHistory(channel_id=GENERAL, limit=100)).messages
    assert {(message.is_deleted, message.body, message.kind) for message in page} == {(True, "", MessageKind.TEXT)}


def test_a_purge_that_nobody_could_read_in_time_tells_the_last_of_each_channel(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    limits = Limits().without_rates_and_caps()
    house = start_server(tls=False, limits=Limits(**{**vars(limits), "outgoing_bytes": 64 * 1024}))
    alice, bob = connect(house).register("alice"), connect(house).register("bob")
    other = bob.request(CreateChannel(name="other")).channel_id
    say_much(bob, 20, other)
    say_much(bob, 200)
    carol = connect(house).register("carol")
    assert alice.request(PurgeMessages(user_id=bob.user_id, hours=1)).count == 220
    heard = [(event.message.channel_id, event.message.rev) for event in carol.heard(MessageChanged)]
    assert heard == [(GENERAL, 200), *((other, rev) for rev in range(1, 21))]
    page = carol.request(FetchChanges(channel_id=GENERAL, after_rev=0, limit=100))
    assert (len(page.messages), page.more) == (100, True)


def test_what_was_said_while_a_purge_was_looked_for_is_deleted_as_well(free: App, connect: ConnectFactory) -> None:
    alice, bob = connect(free).register("alice"), connect(free).register("bob")
    bob.say("one")
    with held_up(free) as wait_for_jobs:
        said = bob.ask(SendMessage(channel_id=GENERAL, client_id="said-meanwhile", body="two"))
        wait_for_jobs(1)
        purge = alice.ask(PurgeMessages(user_id=bob.user_id, hours=1))
        wait_for_jobs(2)
    bob.done(said)
    alice.done(purge)
    assert alice.bodies() == ["", ""]


def test_a_second_purge_finds_nothing(alice: Peer, bob: Peer) -> None:
    bob.say("one")
    assert alice.request(PurgeMessages(user_id=bob.user_id, hours=1)).count == 1
    assert alice.request(PurgeMessages(user_id=bob.user_id, hours=1)).count == 0
    assert [event.message.rev for event in bob.heard(MessageChanged)] == [1]
