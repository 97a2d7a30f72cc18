"""What the network thread is to be reminded of, and when."""

import contextlib
import heapq
import time
from collections import deque
from collections.abc import Iterator

from .incoming import Ticket

NEVER = 60.0
"""Seconds until the next look, where nothing is to be remembered."""


class Reminders:
    """Tickets by their time. `add` may be called from any thread; the rest is the network thread's."""

    def __init__(self) -> None:
        self._added: deque[tuple[float, Ticket]] = deque()
        self._due: list[tuple[float, Ticket]] = []

    def add(self, ticket: Ticket, seconds: float) -> None:
        """Remember this in so many seconds."""
        self._added.append((time.monotonic() + seconds, ticket))

    def until_due(self) -> float:
        """Seconds until the next one; a minute where there is none."""
        with contextlib.suppress(IndexError):
            while True:
                heapq.heappush(self._due, self._added.popleft())
        return max(0.0, self._due[0][0] - time.monotonic()) if self._due else NEVER

    def take(self) -> Iterator[Ticket]:
        """Those whose time has come, in its order."""
        while self.until_due() <= 0.0:
            yield heapq.heappop(self._due)[1]
