"""Buckets, caps and the pace of one connection."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_app.limits import MESSAGES, RATES, Buckets, Kind, Limits, Throttle, address_key
from server_app.net.doorkeeper import MAX_BEING_REFUSED, Doorkeeper
from server_app.net.pace import Pace
from shared.errors import Code, Refusal

from ..conftest import ConnectFactory, ServerFactory


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    clock = Clock()
    buckets = Buckets(rate=5, burst=10, clock=clock)
    assert [buckets.take("alice") for _ in range(10)] == [0.0] * 10
    assert buckets.take("alice") == pytest.approx(0.2)
    assert buckets.take("bob") == 0.0
    clock.now += 0.2
    assert buckets.take("alice") == 0.0
    assert buckets.take("alice") > 0


@given(st.lists(st.floats(0, 2), max_size=200))
def test_a_bucket_never_gives_more_than_burst_plus_rate(pauses: list[float]) -> None:
    clock = Clock()
    buckets = Buckets(rate=5, burst=10, clock=clock)
    began, taken = clock.now, 0
    for pause in pauses:
        clock.now += pause
        taken += buckets.take("alice") == 0.0
    assert taken <= 10 + 5 * (clock.now - began) + 1e-6


def test_full_buckets_are_forgotten() -> None:
    clock = Clock()
    buckets = Buckets(rate=5, burst=10, clock=clock)
    for number in range(100_000):
        clock.now += 0.01
        buckets.take(number)
    assert len(buckets) <= 1100


def test_a_lifted_limit_lets_everything_through() -> None:
    throttle = Throttle(Limits().without_rates_and_caps())
    for rate in RATES:
        for _ in range(1000):
            throttle.charge(rate, "alice")
    assert Pace(math.inf, math.inf).spend(10**6, 0.0) == 0.0


def test_a_refusal_says_when_to_come_back() -> None:
    throttle = Throttle(Limits(messages_burst=1), Clock())
    throttle.charge(MESSAGES, 1)
    with pytest.raises(Refusal) as refused:
        throttle.charge(MESSAGES, 1)
    assert refused.value.retry_after == pytest.approx(0.2)


def test_each_limit_says_what_it_bounds_and_why() -> None:
    for limit in dataclasses.fields(Limits):
        assert limit.metadata["reason"].endswith("."), limit.name
        assert isinstance(limit.metadata["kind"], Kind)
    lifted = Limits().without_rates_and_caps()
    assert lifted.idle_seconds == Limits().idle_seconds
    assert lifted.outgoing_bytes == Limits().outgoing_bytes


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("somewhere", "somewhere"),
    ],
)
def test_an_address_counts_for_the_household_it_stands_for(address: str, key: str) -> None:
    assert address_key(address) == key


def test_the_doorkeeper_counts_in_and_out() -> None:
    doorkeeper = Doorkeeper(Limits(connections_per_address=2), max_connections=3)
    assert doorkeeper.enter("192.0.2.1") is None
    assert doorkeeper.enter("192.0.2.1") is None
    assert doorkeeper.enter("192.0.2.1") is not None
    doorkeeper.leave("192.0.2.1")
    assert doorkeeper.enter("192.0.2.2") is None
    refusal = doorkeeper.enter("192.0.2.3")
    assert refusal is not None
    assert "full" in refusal.message
    for _ in range(MAX_BEING_REFUSED):
        doorkeeper.enter("192.0.2.3")
    assert not doorkeeper.may_be_told("192.0.2.3")


@pytest.mark.parametrize("tls", [True, False])
def test_who_has_too_many_connections_is_told_and_may_come_back(
    start_server: ServerFactory, connect: ConnectFactory, tls: bool
) -> None:
    app = start_server(tls=tls, limits=Limits(connections_per_address=2))
    first = connect(app).register("alice")
    connect(app)
    third = connect(app)
    with pytest.raises(Refusal) as refused:
        third.done(None)
    assert refused.value.code is Code.TOO_MANY_CONNECTIONS
    third.wait_until_closed()
    first.say("none the worse")
    third.close()


def test_registrations_are_limited_by_address(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(limits=Limits(registrations_burst=2))
    connect(app).register("alice")
    connect(app).register("bob")
    with pytest.raises(Refusal) as refused:
        connect(app).register("carol")
    assert refused.value.code is Code.RATE_LIMITED


def test_a_connection_is_read_at_its_pace() -> None:
    pace = Pace(rate=100, burst=1000)
    assert pace.spend(1000, 50.0) == 0.0
    assert pace.spend(100, 50.0) == pytest.approx(1.0)
    assert pace.spend(0, 61.0) == 0.0
