"""How far a file has come, how fast it goes, and how long it will take."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

SPAN = 3.0
"""Seconds over which the speed is taken: less of it flickers, more of it lags behind a line that got better."""
INTERVAL = 0.1
"""Seconds between two times at which it is told: a bar needs no more."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file has come."""

    done: int
    """Bytes."""
    size: int
    """Bytes; 0 while that is not known."""
    speed: float = 0.0
    """Bytes a second, of late; 0.0 while nothing can be said of it."""

    @property
    def share(self) -> float:
        """From 0.0 to 1.0."""
        return min(self.done / self.size, 1.0) if self.size else 0.0

    @property
    def seconds_left(self) -> float | None:
        """None while nothing can be said of it."""
        return (self.size - self.done) / self.speed if self.speed else None


class Meter:
    """Measures one file on its way. `clock` gives seconds that go on evenly."""

    def __init__(self, size: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.size = size
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque()
        self._told_at = float("-inf")
        self.done = 0

    def reached(self, done: int) -> None:
        """So many bytes are there now; fewer than before where it had to begin again."""
        now = self._clock()
        if done < self.done or not self._marks:
            self._marks.clear()
        self.done = done
        self._marks.append((now, done))
        while len(self._marks) > 2 and self._marks[1][0] <= now - SPAN:
            self._marks.popleft()

    @property
    def progress(self) -> Progress:
        """How far it has come, by what was measured over the last seconds."""
        if len(self._marks) < 2:
            return Progress(self.done, self.size)
        (began, first), (ended, last) = self._marks[0], self._marks[-1]
        seconds = ended - began
        return Progress(self.done, self.size, (last - first) / seconds if seconds > 0 else 0.0)

    def is_due(self) -> bool:
        """Whether it is time to tell it again; from then on it is not for a while."""
        now = self._clock()
        if now - self._told_at < INTERVAL:
            return False
        self._told_at = now
        return True
