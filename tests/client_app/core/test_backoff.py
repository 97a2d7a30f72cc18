"""How long a client waits before it comes back."""

from hypothesis import given
from hypothesis import strategies as st

from client_app.core.backoff import FIRST_RETRY, LAST_RETRY, delay


def test_the_first_attempt_comes_soon_and_later_ones_more_rarely() -> None:
    assert all(delay(0, None) <= FIRST_RETRY for _ in range(20))
    assert all(delay(9, None) >= LAST_RETRY / 2 for _ in range(20))


@given(st.integers(0, 10**9))
def test_nobody_waits_longer_than_the_longest_wait_however_often_it_failed(attempt: int) -> None:
    assert FIRST_RETRY / 2 <= delay(attempt, None) <= LAST_RETRY


@given(st.floats(0, 1000))
def test_what_the_server_says_is_never_undercut(hint: float) -> None:
    assert hint <= delay(5, hint) <= 1.5 * hint


def test_two_clients_do_not_come_at_the_same_moment() -> None:
    assert len({delay(3, None) for _ in range(20)}) > 10
