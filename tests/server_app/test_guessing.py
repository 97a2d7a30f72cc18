"""Guessing passwords: slowed down more and more, in any number and from anywhere, and never at the owner's cost."""

import contextlib
import ipaddress
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from server_app import app as app_module
from server_app.app import App
from server_app.buckets import Buckets, Delays, key_hash
from server_app.clock import Clock as SteadyClock
from server_app.guard import Attempt, Guard
from server_app.limits import Limits
from server_app.passwords import PasswordHasher
from server_app.services.buckets import KeptDebts
from server_app.storage import accounts as stored_accounts
from server_app.storage.accounts import Credentials
from shared.errors import Code, RateLimited, Refusal
from shared.requests import ChangePassword, Login

from ..conftest import ConnectFactory, ServerFactory
from ..peer import PASSWORD, Peer
from .balancer import made_for
from .conftest import ChildFactory

HOME, ELSEWHERE = "198.51.100.7", "203.0.113.9"
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guard(clock: Clock) -> Guard:
    return Guard(Limits(), clock)


def at(address: str, account: str = "alice", *, is_familiar: bool = False) -> Attempt:
    return Attempt(account, address, is_familiar)


def failures(guard: Guard, clock: Clock, attempts: list[Attempt], seconds: float) -> int:
    """How many tries come through when all of these are tried every tenth of a second, and all fail."""
    came_through, until = 0, clock.now + seconds
    while clock.now < until:
        for attempt in attempts:
            with contextlib.suppress(RateLimited):
                guard.begin(attempt)
                came_through += 1
        clock.now += 0.1
    return came_through


def test_the_first_few_failures_cost_nothing_and_then_each_doubles_the_wait(clock: Clock) -> None:
    delays = Delays(free=5, longest=60, clock=clock)
    waits = []
    for _ in range(14):
        while wait := delays.take("key"):
            clock.now += wait
        waits.append(round(delays.wait("key"), 3))
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_who_tries_too_early_waits_no_longer_for_it(clock: Clock) -> None:
    delays = Delays(free=1, longest=60, clock=clock)
    delays.take("key")
    assert [delays.take("key") for _ in range(100)] == [pytest.approx(1.0)] * 100
    clock.now += 1.0
    assert delays.take("key") == 0.0


def test_failures_are_forgotten_one_by_one(clock: Clock) -> None:
    delays = Delays(free=5, longest=60, clock=clock)
    for _ in range(5):
        delays.take("key")
    assert delays.wait("key") > 0
    clock.now += 600
    assert delays.take("key") == 0.0
    assert delays.wait("key") == pytest.approx(1.0)
    clock.now += 3000
    assert [delays.take("key") for _ in range(5)] == [0.0] * 5


@given(st.lists(st.floats(0, 700), max_size=40), st.integers(0, 10**6))
def test_what_was_written_down_counts_as_before(pauses: list[float], late: int) -> None:
    clock = Clock()
    before, after = Delays(5, 60, clock), Delays(5, 60, clock)
    for pause in pauses:
        clock.now += pause
        before.take("key")
    clock.now += late / 1000
    kept = {key: round(seconds, 3) for key, seconds in before.changes(10).items()}
    after.restore(kept)
    assert after.wait("key") == pytest.approx(before.wait("key"), abs=0.01)


def test_from_one_address_it_comes_to_a_guess_a_minute(guard: Guard, clock: Clock) -> None:
    assert failures(guard, clock, [at(HOME)], 3600) <= 5 + 6 + 60


def test_from_a_thousand_addresses_it_comes_to_the_rate_of_all_strangers(guard: Guard, clock: Clock) -> None:
    assert failures(guard, clock, [at(f"strange{number}") for number in range(1000)], 20) <= 10 + 2


def test_all_names_and_all_addresses_together_leave_half_of_the_hashers_to_others(guard: Guard, clock: Clock) -> None:
    many = [at(f"strange{number}", f"name{number}") for number in range(1000)]
    assert failures(guard, clock, many, 10) <= 100 + 4 * 10 + 1


def test_strangers_never_delay_the_owner_where_they_were_before(guard: Guard, clock: Clock) -> None:
    strangers = [at(f"strange{number}") for number in range(200)]
    for _ in range(50):
        failures(guard, clock, strangers, 0.1)
        owner = at(HOME, is_familiar=True)
        guard.look(owner)
        guard.begin(owner)
        guard.succeeded(owner)


def test_a_try_that_is_refused_takes_nothing_from_the_strangers(guard: Guard) -> None:
    for _ in range(5):
        guard.begin(at(HOME))
    for _ in range(100):
        with pytest.raises(RateLimited):
            guard.begin(at(HOME))
    for number in range(5):
        guard.begin(at(f"strange{number}"))


def test_success_forgets_the_failures_there_and_takes_nothing_from_the_strangers(guard: Guard) -> None:
    for _ in range(50):
        guard.begin(at(HOME))
        guard.succeeded(at(HOME))
    for _ in range(4):
        guard.begin(at(HOME))
    guard.begin(at(HOME))
    guard.succeeded(at(HOME))
    guard.look(at(HOME))


def test_tries_at_the_same_moment_count_as_tries_in_turn(guard: Guard) -> None:
    for _ in range(5):
        guard.begin(at(HOME))
    with pytest.raises(RateLimited) as refused:
        guard.begin(at(HOME))
    assert refused.value.message == "Too many wrong passwords just now. Wait a second and try again."


def test_the_longest_wait_is_said_in_words(guard: Guard, clock: Clock) -> None:
    while failures(guard, clock, [at(HOME)], 100) > 1:
        pass
    with pytest.raises(RateLimited, match=r"Wait \d+ seconds and try again") as refused:
        guard.begin(at(HOME))
    assert 1 < (refused.value.retry_after or 0) <= 60


def test_what_is_over_is_forgotten(clock: Clock) -> None:
    delays, buckets = Delays(5, 60, clock), Buckets(0.1, 10, clock)
    for number in range(100_000):
        clock.now += 1
        delays.take(number)
        buckets.take(number)
    assert len(delays) <= 2100
    assert len(buckets) <= 1100


def test_lifted_limits_count_nothing() -> None:
    guard = Guard(Limits().without_rates_and_caps())
    for _ in range(1000):
        guard.begin(at(HOME))
    assert all(not debts.is_lasting and len(debts) == 0 for debts in guard.debts.values())


# --- the price of a guess ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rounds", [4, 5, 7])
def test_a_wrong_password_costs_the_same_whatever_the_price_was_when_it_was_set(
    monkeypatch: pytest.MonkeyPatch, rounds: int
) -> None:
    old, hasher, spent = PasswordHasher(rounds).hash(PASSWORD), PasswordHasher(7), []
    check, make = bcrypt.checkpw, bcrypt.hashpw

    def counting(work: Callable[[bytes, bytes], Any]) -> Callable[[bytes, bytes], Any]:
        def counted(password: bytes, salt: bytes) -> Any:
            spent.append(2 ** int(salt.split(b"$")[2]))
            return work(password, salt)

        return counted

    monkeypatch.setattr(bcrypt, "checkpw", counting(check))
    monkeypatch.setattr(bcrypt, "hashpw", counting(make))
    assert not hasher.check("a wrong guess", old)
    assert sum(spent) == 2**7
    spent.clear()
    assert not hasher.check("a wrong guess", None)
    assert sum(spent) == 2**7


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_what_did_not_change_is_not_written_again(guard: Guard) -> None:
    kept = KeptDebts(guard.debts, SteadyClock())
    assert kept.changes() == []
    for _ in range(4):
        guard.begin(at(HOME))
    changed = kept.changes()
    assert {each.rate for each in changed} == {"login_failures", "account_logins"}
    assert kept.changes() == []
    kept.give_back(changed)
    assert {each[:2] for each in kept.changes()} == {each[:2] for each in changed}


def test_what_is_over_before_anybody_could_restart_the_server_is_not_written(clock: Clock) -> None:
    buckets = Buckets(0.5, 30, clock)
    for number in range(100):
        buckets.take(number)
    assert buckets.changes(1000) == {}
    for _ in range(20):
        buckets.take("greedy")
    assert list(buckets.changes(1000).values()) == [pytest.approx(40)]


def test_a_flood_that_is_over_is_not_remembered_as_something_to_write(clock: Clock) -> None:
    delays = Delays(5, 60, clock)
    for number in range(50_000):
        clock.now += 1
        delays.take(number)
    assert len(delays.changes(10**6)) <= 2100


def test_what_was_forgiven_is_forgotten_on_disk_as_well(guard: Guard) -> None:
    kept = KeptDebts(guard.debts, SteadyClock())
    guard.begin(at(HOME))
    (before,) = kept.changes()
    guard.succeeded(at(HOME))
    after = {each.rate: each for each in kept.changes()}[before.rate]
    assert after.key_hash == before.key_hash
    assert after.full_at < before.full_at - 500_000


def test_a_clock_that_was_wrong_keeps_nobody_out_for_years(clock: Clock) -> None:
    delays = Delays(5, 60, clock)
    delays.restore({key_hash("key"): 10.0**9})
    assert delays.take("key") == pytest.approx(60)
    clock.now += 60
    assert delays.take("key") == 0.0


# --- a real server ----------------------------------------------------------------------------------------------------


def code_of(peer: Peer, name: str, password: str = "a wrong guess") -> Code:
    """How a login is refused."""
    with pytest.raises(Refusal) as refused:
        peer.request(Login(name=name, password=password))
    assert (refused.value.retry_after is not None) is (refused.value.code is Code.RATE_LIMITED)
    return refused.value.code


@pytest.fixture
def house(start_server: ServerFactory, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> App:
    """A server behind a balancer, so that a test can come from anywhere; for its guard no time passes by itself."""
    monkeypatch.setattr(app_module, "Guard", lambda limits: Guard(limits, clock))
    return start_server(proxy_protocol=LOOPBACK)


Coming = Callable[[str], Peer]


@pytest.fixture
def coming_from(house: App, connect: ConnectFactory) -> Coming:
    """A function that connects from an address."""
    return lambda address: connect(house, first=made_for(address))


WRONG_THEN_WAIT = [Code.UNAUTHORIZED] * 5 + [Code.RATE_LIMITED] * 3


@pytest.mark.parametrize("name", ["alice", "nobody"])
def test_known_and_unknown_names_are_refused_alike(coming_from: Coming, name: str) -> None:
    coming_from(HOME).register("alice")
    stranger = coming_from(ELSEWHERE)
    assert [code_of(stranger, name) for _ in range(8)] == WRONG_THEN_WAIT


def test_the_owner_comes_in_from_home_whatever_strangers_do(coming_from: Coming) -> None:
    coming_from(HOME).register("alice")
    said = [code_of(coming_from(f"203.0.113.{number}"), "alice") for number in range(15)]
    assert said == [Code.UNAUTHORIZED] * 10 + [Code.RATE_LIMITED] * 5
    assert code_of(coming_from("192.0.2.1"), "alice", PASSWORD) is Code.RATE_LIMITED
    coming_from(HOME).log_in("alice")


def test_whole_networks_of_one_holder_share_the_rate_of_strangers(coming_from: Coming) -> None:
    coming_from(HOME).register("alice")
    said = [code_of(coming_from(f"2001:db8:1:{number}::1"), "alice") for number in range(12)]
    assert said == [Code.UNAUTHORIZED] * 10 + [Code.RATE_LIMITED] * 2


def test_the_right_password_forgets_the_wrong_ones(coming_from: Coming) -> None:
    coming_from(HOME).register("alice")
    for _ in range(3):
        stranger = coming_from(ELSEWHERE)
        assert [code_of(stranger, "alice") for _ in range(4)] == [Code.UNAUTHORIZED] * 4
        stranger.log_in("alice")


def test_a_refused_try_costs_no_password_check_and_no_look_into_the_database(
    coming_from: Coming, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    looked_up: list[str] = []
    check, look_up = PasswordHasher.check, stored_accounts.credentials_by_name

    def counting(self: PasswordHasher, password: str, password_hash: str | None) -> bool:
        checked.append(password)
        return check(self, password, password_hash)

    def noting(database: Connection, name_key: str) -> Credentials | None:
        looked_up.append(name_key)
        return look_up(database, name_key)

    monkeypatch.setattr(PasswordHasher, "check", counting)
    monkeypatch.setattr(stored_accounts, "credentials_by_name", noting)
    stranger = coming_from(ELSEWHERE)
    assert [code_of(stranger, "nobody") for _ in range(8)] == WRONG_THEN_WAIT
    assert len(checked) == len(looked_up) == 5


def test_twenty_guesses_at_once_are_no_better_than_twenty_in_turn(coming_from: Coming) -> None:
    coming_from(HOME).register("alice")
    strangers = [coming_from(ELSEWHERE) for _ in range(20)]
    guess = Login(name="alice", password="a wrong guess")
    asked = [(stranger, stranger.ask(guess)) for stranger in strangers]
    said = []
    for stranger, request_id in asked:
        with pytest.raises(Refusal) as refused:
            stranger.done(request_id)
        said.append(refused.value.code)
    assert said.count(Code.UNAUTHORIZED) == 5
    assert said.count(Code.RATE_LIMITED) == 15


def test_who_has_a_session_may_not_guess_its_password_either(coming_from: Coming) -> None:
    alice = coming_from(HOME).register("alice")
    said = []
    for _ in range(7):
        with pytest.raises(Refusal) as refused:
            alice.request(ChangePassword(old_password="a wrong guess", new_password="another horse"))
        said.append(refused.value.code)
    assert said == [Code.UNAUTHORIZED] * 5 + [Code.RATE_LIMITED] * 2


def test_a_new_password_makes_all_other_addresses_strange(coming_from: Coming, tmp_path: Path) -> None:
    alice = coming_from(HOME).register("alice")
    coming_from(ELSEWHERE).log_in("alice")
    assert len(rows(tmp_path / "hearth.db", "known_addresses")) == 2
    alice.request(ChangePassword(old_password=PASSWORD, new_password="another horse"))
    assert len(rows(tmp_path / "hearth.db", "known_addresses")) == 1


def rows(database: Path, table: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def test_failures_outlast_a_restart_and_no_name_or_address_is_stored(
    start_server: ServerFactory, connect: ConnectFactory, tmp_path: Path
) -> None:
    strict = Limits(account_logins_burst=2, account_logins_per_second=0.001)
    house = start_server(proxy_protocol=LOOPBACK, limits=strict)
    stranger = connect(house, first=made_for(ELSEWHERE))
    assert [code_of(stranger, "nobody") for _ in range(3)] == [*[Code.UNAUTHORIZED] * 2, Code.RATE_LIMITED]
    house.stop(2)
    kept = rows(tmp_path / "hearth.db", "buckets")
    assert {rate for rate, _, _ in kept} == {"login_failures", "account_logins"}
    assert "nobody" not in str(kept)
    assert ELSEWHERE not in str(kept)
    again = start_server(proxy_protocol=LOOPBACK, limits=strict)
    assert code_of(connect(again, first=made_for(ELSEWHERE)), "nobody") is Code.RATE_LIMITED
    assert code_of(connect(again, first=made_for(HOME)), "somebody") is Code.UNAUTHORIZED


def test_failures_outlast_a_server_that_is_killed(
    start_child: ChildFactory, tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    database = tmp_path / "hearth.db"
    strict = {"HEARTH_LIMIT_ACCOUNT_LOGINS_BURST": "1", "HEARTH_LIMIT_ACCOUNT_LOGINS_PER_SECOND": "0.001"}
    soon = "import server_app.housekeeper as housekeeper; housekeeper.DEBTS_SECONDS = 0.05"
    child = start_child(database, options=(), before=soon, environment=strict)
    with child.connect() as stranger:
        assert [code_of(stranger, "nobody") for _ in range(2)] == [Code.UNAUTHORIZED, Code.RATE_LIMITED]
        wait_until(lambda: "account_logins" in {rate for rate, _, _ in rows(database, "buckets")})
    child.kill()
    with start_child(database, options=(), environment=strict).connect() as stranger:
        assert code_of(stranger, "nobody") is Code.RATE_LIMITED
