"""What a text was before, step by step, and what it was before that was undone."""

from typing import Literal, NamedTuple

MOST_STEPS = 500

Way = Literal["insert", "delete"]


class Moment(NamedTuple):
    """A text and where one was writing in it."""

    text: str
    cursor: int


class History:
    """Steps of one text. What is typed in a row is one step; so is what is deleted in a row."""

    def __init__(self) -> None:
        self._past: list[Moment] = []
        self._future: list[Moment] = []
        self._way: Way | None = None

    def begins(self, way: Way) -> bool:
        """Whether a change of this kind begins a new step, so that `note` has to be told what was there before."""
        return self._way != way

    def note(self, way: Way, before: Moment) -> None:
        """A new step begins, and this is what was there before."""
        self._way = way
        self._past.append(before)
        del self._past[:-MOST_STEPS]
        self._future.clear()

    def separate(self) -> None:
        """Whatever comes next is a step of its own."""
        self._way = None

    def forget(self) -> None:
        """There is nothing to undo."""
        self._past.clear()
        self._future.clear()
        self._way = None

    def undo(self, now: Moment) -> Moment | None:
        """What was there a step before; None where nothing was."""
        return self._move(self._past, self._future, now)

    def redo(self, now: Moment) -> Moment | None:
        """What was there before the latest step was undone; None where none was."""
        return self._move(self._future, self._past, now)

    def _move(self, source: list[Moment], target: list[Moment], now: Moment) -> Moment | None:
        self._way = None
        while source:
            found = source.pop()
            if found.text != now.text:
                target.append(now)
                return found
        return None
