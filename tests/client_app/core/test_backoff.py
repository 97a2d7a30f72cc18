"""How long a client waits before it comes back."""

from hypothesis import given
from hypothesis import strategies as st

from client_app.core.network.backoff import LEAST_WAIT, MOST_WAIT, delay


def test_the_first_attempt_comes_soon_and_later_ones_more_rarely() -> None:
    assert all(delay(0, None) <= LEAST_WAIT for _ in range(20))
    assert all(delay(3600, None) >= MOST_WAIT / 2 for _ in range(20))


@given(st.floats(0, 10))
def test_whoever_was_away_for_ten_seconds_at_most_is_back_within_a_second(away: float) -> None:
    assert delay(away, None) <= 1.0


@given(st.floats(0, 10**9))
def test_nobody_waits_longer_than_a_tenth_of_the_time_away_within_bounds(away: float) -> None:
    bound = min(MOST_WAIT, max(LEAST_WAIT, away / 10))
    assert bound / 2 <= delay(away, None) <= bound * 1.000001


@given(st.floats(0, 1000))
def test_what_the_server_says_is_never_undercut(hint: float) -> None:
    assert hint <= delay(5, hint) <= 1.5 * hint


def test_two_clients_do_not_come_at_the_same_moment() -> None:
    assert len({delay(3, None) for _ in range(20)}) > 10
