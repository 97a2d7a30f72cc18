"""A clock that jumps: order is the number's, nothing is refused, and nobody's session ends by mistake."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from server_app import clock as real
from server_app.app import App
from server_app.clock import JUMP_MS, SETTLED_MS, Clock
from server_app.limits import Limits
from server_app.services.sessions import LIFETIME_MS
from shared.errors import Code, Refusal
from shared.events import MessagePosted, SessionEnded
from shared.requests import CreateChannel, EditMessage, FetchHistory, ListSessions, MarkRead
from shared.types import GENERAL

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from .conftest import ChildFactory
from .sick_disk import SickDisk

HOUR = 60 * 60 * 1000
YEAR = 365 * 24 * HOUR
FREE = Limits().without_rates_and_caps()


class Hands:
    """What a clock is made of, for tests to move."""

    def __init__(self) -> None:
        self.jumped = 0
        self.waited = 0

    def wall(self) -> int:
        return real.wall() + self.waited + self.jumped

    def passing(self) -> int:
        return real.passing() + self.waited


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """Of the clock that servers of this test have."""
    hands = Hands()
    monkeypatch.setattr("server_app.app.Clock", lambda: Clock(hands.wall, hands.passing))
    return hands


def keep_house(app: App, peer: Peer) -> None:
    """Have old sessions ended now, and return when that is done."""
    app._housekeeper._look_after_sessions()
    peer.request(MarkRead(channel_id=GENERAL, seq=0))


def devices(peer: Peer) -> set[str]:
    return {each.device for each in peer.request(ListSessions()).sessions}


@pytest.mark.parametrize("jump", [-HOUR, HOUR, YEAR, -YEAR], ids=["hour back", "hour on", "year on", "year back"])
def test_a_clock_that_jumps_and_comes_back_is_noticed_by_nobody(
    hands: Hands,
    jump: int,
    start_server: ServerFactory,
    connect: ConnectFactory,
) -> None:
    app = start_server(limits=FREE)
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    away = connect(app).log_in("alice", device="phone")
    away.close()
    hands.waited += 2 * SETTLED_MS
    for name, jumped in (("before", 0), ("meanwhile", jump), ("after", 0)):
        hands.jumped = jumped
        alice.say(name)
        alice.request(EditMessage(channel_id=GENERAL, seq=1, body=f"edited {name}"))
        bob.request(CreateChannel(name=name))
        connect(app).register(f"{name}-1")
        connect(app).log_in("alice", device="tablet").close()
        keep_house(app, alice)
        assert devices(alice) == {"test", "phone", "tablet"}
        connect(app).resume(away.token).close()
    assert [event.message.seq for event in bob.heard(MessagePosted)] == [1, 2, 3]
    page = bob.request(FetchHistory(channel_id=GENERAL)).messages
    assert [message.body for message in page] == ["edited after", "meanwhile", "after"]
    assert abs(page[1].created_at - page[0].created_at - jump) < HOUR / 2, "people are shown what the clock shows"
    for peer in (alice, bob):
        assert peer.heard(SessionEnded) == []


def test_a_process_whose_clock_jumps_stores_in_order_refuses_nothing_and_measures_rates_by_time_that_passes(
    sick_disk: SickDisk, start_child: ChildFactory
) -> None:
    rates = {"HEARTH_LIMIT_CHANGES_PER_SECOND": "0.001", "HEARTH_LIMIT_CHANGES_BURST": "3"}
    rates |= {"HEARTH_LIMIT_MESSAGES_PER_SECOND": "1000", "HEARTH_LIMIT_MESSAGES_BURST": "1000"}
    child = start_child(sick_disk.database, options=(), environment=sick_disk.environment | rates)
    with child.connect() as alice, child.connect() as bob:
        alice.register("alice")
        bob.register("bob")
        for _ in range(3):
            alice.request(MarkRead(channel_id=GENERAL, seq=0))
        moments = []
        for number, seconds in enumerate((0, -3600, 3600, YEAR // 1000, 0), 1):
            sick_disk.set_clock(seconds)
            assert alice.say(f"number {number}").seq == number
            moments.append(bob.next_event(MessagePosted).message.created_at // 1000 - seconds)
            with child.connect() as again:
                assert len(again.resume(alice.token).bodies()) == number
            with pytest.raises(Refusal) as refused:
                alice.request(MarkRead(channel_id=GENERAL, seq=0))
            assert refused.value.code is Code.RATE_LIMITED
            assert refused.value.retry_after
            assert 900 < refused.value.retry_after <= 1000
        assert max(moments) - min(moments) < 60, "its clock did jump"
        assert alice.bodies() == [f"number {number}" for number in range(1, 6)]
    assert "Traceback" not in child.log()


def test_a_session_that_was_just_opened_makes_no_room_for_older_ones_when_the_clock_was_set_back(
    hands: Hands, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    hands.jumped = YEAR
    app = start_server(limits=replace(FREE, sessions_per_account=2))
    connect(app).register("alice", device="one").close()
    connect(app).log_in("alice", device="two").close()
    app.stop(2)
    hands.jumped = 0
    app = start_server(limits=replace(FREE, sessions_per_account=2))
    three = connect(app).log_in("alice", device="three")
    assert devices(three) == {"two", "three"}
    assert connect(app).resume(three.token).bodies() == []


def test_a_session_that_nobody_used_for_long_is_ended_when_there_is_no_doubt_about_the_clock(
    hands: Hands, start_server: ServerFactory, connect: ConnectFactory, wait_until: Callable[..., None]
) -> None:
    app = start_server(limits=FREE)
    alice = connect(app).register("alice")
    phone = connect(app).log_in("alice", device="phone")
    phone.close()
    wait_until(lambda: len(app._hub.connected_sessions()) == 1)
    for passing, expected in ((2 * HOUR, True), (LIFETIME_MS - 3 * HOUR, True), (2 * HOUR, False)):
        hands.waited += passing
        keep_house(app, alice)
        assert ("phone" in devices(alice)) is expected
    with pytest.raises(Refusal, match="Log in again"):
        connect(app).resume(phone.token)


def test_after_a_start_with_a_wrong_clock_nothing_is_ended(
    hands: Hands, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    """Computers without a battery begin with any time of day, and are set right a little later."""
    app = start_server(limits=FREE)
    token = connect(app).register("alice", device="phone").token
    app.stop(2)
    hands.jumped = YEAR
    app = start_server(limits=FREE)
    alice = connect(app).log_in("alice")
    keep_house(app, alice)
    hands.jumped = 0
    for passing in (0, SETTLED_MS, SETTLED_MS):
        hands.waited += passing
        keep_house(app, alice)
        assert "phone" in devices(alice)
    assert connect(app).resume(token).user_id == alice.user_id


# --- the clock itself -------------------------------------------------------------------------------------------------


class Standing(Hands):
    """Hands that nobody moves but the test."""

    def wall(self) -> int:
        return 10**12 + self.waited + self.jumped

    def passing(self) -> int:
        return 5000 + self.waited


@pytest.fixture
def bare() -> tuple[Standing, Clock]:
    hands = Standing()
    return hands, Clock(hands.wall, hands.passing)


def test_a_jump_is_shown_at_once_and_relied_upon_after_an_hour(bare: tuple[Standing, Clock]) -> None:
    hands, clock = bare
    hands.waited = 2 * SETTLED_MS
    assert clock.is_settled
    hands.jumped = YEAR
    assert clock.now() == 10**12 + hands.waited + YEAR
    for waited in range(0, SETTLED_MS, SETTLED_MS // 4):
        hands.waited = 2 * SETTLED_MS + waited
        assert clock.steady() == 10**12 + hands.waited
        assert not clock.is_settled
    hands.waited = 3 * SETTLED_MS
    assert clock.steady() == clock.now()
    assert clock.is_settled


def test_each_jump_begins_the_hour_anew_and_a_clock_that_comes_back_is_in_no_doubt(
    bare: tuple[Standing, Clock],
) -> None:
    hands, clock = bare
    for number in range(10):
        hands.jumped = YEAR * (1 + number % 2)
        clock.steady()
        hands.waited += SETTLED_MS // 2
        assert clock.steady() == 10**12 + hands.waited
    hands.jumped = 0
    assert clock.is_settled
    assert clock.steady() == clock.now()


def test_a_clock_that_is_kept_right_in_small_steps_is_followed(bare: tuple[Standing, Clock]) -> None:
    hands, clock = bare
    for _ in range(100):
        hands.waited += HOUR
        hands.jumped -= JUMP_MS // 2
        assert clock.steady() == clock.now()
    assert clock.is_settled
