"""What a promise about speed is, and the figures of the run by which it is judged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import subjects
from .figures import Figure, Plan


@dataclass(frozen=True)
class Row:
    """One promise."""

    work: str
    goal: str
    measured: str
    verdict: str


@dataclass(frozen=True)
class Goal:
    """A promise, and how to tell from a run's figures what became of it."""

    work: str
    goal: str
    judge: Callable[["Run"], tuple[str, str]]
    """What was measured, and the verdict."""


class Run:
    """The figures of one run, by what they are of."""

    def __init__(self, plan: Plan, figures: Sequence[Figure]) -> None:
        self.plan = plan
        self._figures = {(each.measure, each.subject, each.setting): each for each in figures}

    def find(self, measure: str, setting: str, subject: str = subjects.HEARTH) -> Figure | None:
        """The figure; None where it was not measured."""
        return self._figures.get((measure, subject, setting))
