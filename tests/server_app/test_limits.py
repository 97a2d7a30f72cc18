"""Buckets, caps and the pace of one connection."""

import dataclasses
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_app.addresses import address_key, site_key
from server_app.buckets import Buckets
from server_app.limit import Kind
from server_app.limits import Limits
from server_app.net.doorkeeper import MAX_BEING_REFUSED, Doorkeeper
from server_app.net.pace import Pace, members_pace, strangers_pace
from server_app.throttle import MESSAGES, RATES, Throttle
from shared.errors import Code, Refusal
from shared.limits import MAX_FRAME_BEFORE_LOGIN

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
    assert members_pace(Limits().without_rates_and_caps()).spend(10**6, 10**9, 0.0) == 0.0


def test_a_refusal_says_when_to_come_back() -> None:
    throttle = Throttle(Limits(messages_burst=1), Clock())
    throttle.charge(MESSAGES, 1)
    with pytest.raises(Refusal) as refused:
        throttle.charge(MESSAGES, 1)
    assert refused.value.retry_after == pytest.approx(0.2)


def test_each_limit_says_what_it_bounds_and_why() -> None:
    for limit in dataclasses.fields(Limits):
        assert limit.metadata["reason"].endswith("."), limit.name
        assert limit.metadata["precedent"].endswith("."), limit.name
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


def test_a_holder_of_many_networks_is_counted_as_one() -> None:
    assert site_key("2001:db8:1:2::3") == site_key("2001:db8:1:ffff::3") == "2001:db8:1::/48"
    assert site_key("192.0.2.7") == site_key("::ffff:192.0.2.7") == "192.0.2.7"
    doorkeeper = Doorkeeper(Limits(connections_per_address=2, connections_per_site=5), max_connections=100)
    addresses = [f"2001:db8:1:{number}::1" for number in range(6)]
    assert [doorkeeper.enter(address) is None for address in addresses] == [True] * 5 + [False]
    assert doorkeeper.enter("2001:db8:2::1") is None
    for address in addresses:
        doorkeeper.leave(address)
    assert doorkeeper.enter(addresses[0]) is None


def test_who_comes_too_often_is_told_from_who_comes_seldom() -> None:
    doorkeeper = Doorkeeper(Limits(arrivals_per_second=0.001, arrivals_burst=3), max_connections=100)
    assert [doorkeeper.comes_too_often("192.0.2.1") for _ in range(4)] == [False] * 3 + [True]
    assert not doorkeeper.comes_too_often("192.0.2.2")


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


def test_a_server_that_is_full_says_so(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(limits=Limits(connections=1))
    connect(app).register("alice")
    with pytest.raises(Refusal, match="full") as refused:
        connect(app).done(None)
    assert refused.value.code is Code.TOO_MANY_CONNECTIONS


def test_registrations_are_limited_by_address(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(limits=Limits(registrations_burst=2))
    connect(app).register("alice")
    connect(app).register("bob")
    with pytest.raises(Refusal) as refused:
        connect(app).register("carol")
    assert refused.value.code is Code.RATE_LIMITED


def test_a_connection_is_read_at_its_pace() -> None:
    pace = Pace(rate=100, burst=1000, bytes_per_second=10_000)
    assert pace.spend(1000, 1000, 50.0) == 0.0
    assert pace.spend(100, 1000, 50.0) == pytest.approx(1.0)
    assert pace.spend(0, 0, 61.0) == 0.0


def test_a_connection_is_read_no_faster_than_its_bytes_may_come() -> None:
    pace = Pace(rate=100, burst=1000, bytes_per_second=10_000)
    assert pace.spend(1, 100_000, 50.0) == 0.0
    assert pace.spend(1, 20_000, 50.0) == pytest.approx(2.0)
    assert pace.spend(1, 10_000, 53.0) == 0.0


def test_the_largest_frame_of_a_stranger_comes_in_at_once() -> None:
    assert strangers_pace(Limits()).spend(1, MAX_FRAME_BEFORE_LOGIN, 50.0) == 0.0
    assert strangers_pace(Limits()).spend(1, 2 * MAX_FRAME_BEFORE_LOGIN, 50.0) > 0


def test_who_sends_more_bytes_than_they_may_is_read_later_and_loses_nothing(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=Limits(bytes_per_second=40_000, frames_burst=100, messages_burst=100))
    alice = connect(app).register("alice")
    began = time.monotonic()
    for number in range(16):
        alice.say(f"{number}" + "x" * 3980)
    assert time.monotonic() - began > 0.4
    assert len(alice.bodies()) == 16
