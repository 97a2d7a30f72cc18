"""How likely a difference is by chance: checked against what is known of it."""

import random

import pytest

from benchmarks.guessing import chance_of


def test_samples_from_one_source_differ_by_chance_alone() -> None:
    dice = random.Random(1)
    chances = [chance_of(*([dice.expovariate(1) for _ in range(100)] for _ in range(2))) for _ in range(400)]
    assert sum(chance < 0.05 for chance in chances) / 400 == pytest.approx(0.05, abs=0.03)


def test_a_source_that_is_a_tenth_slower_is_found_out() -> None:
    dice = random.Random(1)
    one = [dice.gauss(10, 0.5) for _ in range(100)]
    other = [dice.gauss(11, 0.5) for _ in range(100)]
    assert chance_of(one, other) < 1e-6
    assert chance_of(one, other) == pytest.approx(chance_of(other, one))


def test_samples_that_lie_evenly_between_each_other_do_not_differ() -> None:
    assert chance_of([0.0, 3.0, 4.0, 7.0], [1.0, 2.0, 5.0, 6.0]) == pytest.approx(1.0)
