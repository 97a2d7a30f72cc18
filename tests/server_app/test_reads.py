"""How far one has read: forward, back, many channels at once, on every device alike."""

import time

import pytest

from server_app.app import App
from server_app.context import Context
from server_app.services.reads import mark_many_read
from server_app.storage.roles import standings
from shared.entities import ReadPosition, Snapshot
from shared.errors import Code
from shared.events import ChannelRead
from shared.limits import MAX_MARKED
from shared.requests import CreateChannel, MarkManyRead, MarkRead, MarkUnread
from shared.types import GENERAL, ChannelId, Seq

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .rooms import FREE, refusal, told_of

SPOKEN = 11


@pytest.fixture
def app(start_server: ServerFactory) -> App:
    return start_server(limits=FREE)


@pytest.fixture
def bob(app: App, connect: ConnectFactory) -> Peer:
    """Bob, in front of eleven messages of alice's, which he has read."""
    bob = connect(app).register("bob")
    alice = connect(app).register("alice")
    for number in range(SPOKEN):
        alice.say(f"message {number}")
    bob.request(MarkRead(channel_id=GENERAL, seq=SPOKEN))
    told_of(bob, ChannelRead)
    return bob


@pytest.fixture
def phone(app: App, connect: ConnectFactory, bob: Peer) -> Peer:
    """Another device of his."""
    return connect(app).log_in("bob")


def positions(snapshot: Snapshot) -> dict[ChannelId, Seq]:
    return {each.channel_id: each.seq for each in snapshot.read_positions}


def now(peer: Peer, app: App, connect: ConnectFactory) -> dict[ChannelId, Seq]:
    """What a device that comes now is told."""
    with connect(app).resume(peer.token) as newcomer:
        return positions(newcomer.snapshot)


def test_to_mark_as_read_never_goes_back(bob: Peer, phone: Peer, app: App, connect: ConnectFactory) -> None:
    bob.request(MarkRead(channel_id=GENERAL, seq=3))
    assert told_of(phone, ChannelRead) == []
    assert now(bob, app, connect) == {GENERAL: SPOKEN}


def test_nobody_has_read_what_was_not_said(bob: Peer, app: App, connect: ConnectFactory) -> None:
    code, sentence = refusal(bob, MarkRead(channel_id=GENERAL, seq=SPOKEN + 1))
    assert (code, sentence) == (Code.BAD_REQUEST, "There is no such message yet: nobody can have read so far.")
    many = MarkManyRead(positions=(ReadPosition(channel_id=GENERAL, seq=SPOKEN + 1),))
    assert refusal(bob, many) == (code, sentence)
    assert now(bob, app, connect) == {GENERAL: SPOKEN}


def test_what_is_marked_as_unread_is_unread_on_every_device(
    bob: Peer, phone: Peer, app: App, connect: ConnectFactory
) -> None:
    bob.request(MarkUnread(channel_id=GENERAL, seq=5))
    assert phone.next_event(ChannelRead) == ChannelRead(channel_id=GENERAL, seq=4)
    assert now(bob, app, connect) == {GENERAL: 4}
    bob.request(MarkUnread(channel_id=GENERAL, seq=1))
    assert phone.next_event(ChannelRead) == ChannelRead(channel_id=GENERAL, seq=0)
    assert now(bob, app, connect) == {}


@pytest.mark.parametrize("seq", [SPOKEN + 1, 999], ids=["the next one", "far ahead"])
def test_to_mark_as_unread_what_is_still_to_come_does_nothing(bob: Peer, phone: Peer, seq: Seq) -> None:
    bob.request(MarkUnread(channel_id=GENERAL, seq=seq))
    assert told_of(phone, ChannelRead) == []


def test_many_channels_are_marked_at_once_and_put_back(
    bob: Peer, phone: Peer, app: App, connect: ConnectFactory
) -> None:
    plans = bob.request(CreateChannel(name="plans")).channel_id
    bob.say("one", plans)
    bob.request(MarkUnread(channel_id=plans, seq=1))
    bob.request(MarkUnread(channel_id=GENERAL, seq=3))
    told_of(phone, ChannelRead)
    ends = (ReadPosition(channel_id=GENERAL, seq=SPOKEN), ReadPosition(channel_id=plans, seq=1))
    bob.request(MarkManyRead(positions=ends))
    assert told_of(phone, ChannelRead) == [ChannelRead(channel_id=GENERAL, seq=SPOKEN), ChannelRead(plans, 1)]
    before = (ReadPosition(channel_id=GENERAL, seq=2), ReadPosition(channel_id=plans, seq=0))
    bob.request(MarkManyRead(positions=before, goes_back=True))
    assert told_of(phone, ChannelRead) == [ChannelRead(channel_id=GENERAL, seq=2), ChannelRead(plans, 0)]
    assert now(bob, app, connect) == {GENERAL: 2}


def test_what_is_put_back_is_never_put_forward(bob: Peer, phone: Peer) -> None:
    bob.request(MarkUnread(channel_id=GENERAL, seq=3))
    told_of(phone, ChannelRead)
    bob.request(MarkManyRead(positions=(ReadPosition(channel_id=GENERAL, seq=8),), goes_back=True))
    assert told_of(phone, ChannelRead) == []


def test_of_channels_that_one_may_not_know_of_nothing_is_told(bob: Peer, app: App, connect: ConnectFactory) -> None:
    alice = connect(app).log_in("alice")
    secret = alice.request(CreateChannel(name="secret", private=True)).channel_id
    alice.say("psst", secret)
    unknown = tuple(ReadPosition(channel_id=ChannelId(each), seq=9) for each in (secret, 987654321))
    bob.request(MarkManyRead(positions=unknown))
    assert now(bob, app, connect) == {GENERAL: SPOKEN}


def test_more_channels_at_once_than_allowed_are_refused(bob: Peer) -> None:
    positions = tuple(ReadPosition(channel_id=ChannelId(each), seq=0) for each in range(1, MAX_MARKED + 2))
    assert refusal(bob, MarkManyRead(positions=positions))[0] is Code.BAD_REQUEST


@pytest.mark.parametrize("count", [2, 299])
def test_many_positions_are_looked_at_in_four_statements_and_written_by_one(
    app: App, connect: ConnectFactory, count: int
) -> None:
    alice = connect(app).register("alice")
    made = [alice.request(CreateChannel(name=f"room-{number}")).channel_id for number in range(count)]
    for channel_id in made:
        alice.say("hello", channel_id)
    alice.request(MarkManyRead(positions=tuple(ReadPosition(each, 0) for each in made), goes_back=True))
    statements: list[str] = []

    def run(context: Context) -> float:
        mine = Context(context.house, alice.user_id, None, context.connection)
        mine.admitted = standings(context.connection, {alice.user_id}, context.house.clock.steady())[alice.user_id]
        driver = context.connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(statements.append)
        begun = time.perf_counter()
        mark_many_read(mine, MarkManyRead(positions=tuple(ReadPosition(each, 1) for each in made)), None)
        driver.set_trace_callback(None)
        return time.perf_counter() - begun

    seconds = app.run_errand("count", run)
    written = [each for each in statements if each.startswith("INSERT")]
    assert (len(statements) - len(written), len(written)) == (4, count), f"took {seconds * 1000:.1f} ms"
    assert now(alice, app, connect) == dict.fromkeys(made, 1)
