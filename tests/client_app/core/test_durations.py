"""Lengths of time, typed and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_app.core.writing.durations import SECONDS, duration_in_words, is_duration, parse_duration, split_duration
from shared.errors import BadRequest

YEAR = 365 * SECONDS["d"]


@pytest.mark.parametrize(
    ("typed", "seconds"), [("30s", 30), ("10m", 600), (" 2H ", 7200), ("7d", 604_800), ("4w", 4 * 604_800)]
)
def test_a_number_and_a_letter_are_a_length_of_time(typed: str, seconds: int) -> None:
    assert parse_duration(typed, YEAR) == seconds


@pytest.mark.parametrize("typed", ["", "10", "m", "ten minutes", "-5m", "1.5h", "٣m", "5y", "1h30m", "9999999999s"])
def test_anything_else_is_refused_with_examples(typed: str) -> None:
    assert not is_duration(typed)
    with pytest.raises(BadRequest, match="Type 30s, 10m, 2h, 7d or 4w"):
        parse_duration(typed, YEAR)


def test_what_is_too_long_is_refused_with_the_limit() -> None:
    assert parse_duration("4w", 4 * SECONDS["w"])
    with pytest.raises(BadRequest, match="for 4 weeks at most"):
        parse_duration("29d", 4 * SECONDS["w"])
    with pytest.raises(BadRequest, match="at least a second"):
        parse_duration("0m", YEAR)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("7d being rude", (604_800, "being rude")),
        ("7d", (604_800, "")),
        ("being rude for 7d", (None, "being rude for 7d")),
        ("", (None, "")),
    ],
)
def test_a_reason_may_follow_a_length_of_time(typed: str, found: tuple[int | None, str]) -> None:
    assert split_duration(typed, YEAR) == found


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (90, "90 seconds"),
        (60, "1 minute"),
        (5400, "90 minutes"),
        (7200, "2 hours"),
        (86_400, "1 day"),
        (604_800, "1 week"),
        (950_400, "11 days"),
    ],
)
def test_it_is_read_in_the_largest_whole_unit(seconds: int, words: str) -> None:
    assert duration_in_words(seconds) == words


@given(st.integers(1, 10**9 - 1), st.sampled_from(sorted(SECONDS)))
def test_what_is_typed_is_what_is_meant(number: int, letter: str) -> None:
    assert parse_duration(f"{number}{letter}", 10**18) == number * SECONDS[letter]
