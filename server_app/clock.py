"""What time it is: as the system says, and as it can be relied upon where the system's clock jumps."""

import threading
import time
from collections.abc import Callable

from shared.types import Milliseconds

JUMP_MS: Milliseconds = 60_000
"""A clock that is only kept right never departs so far from even time between two looks."""
SETTLED_MS: Milliseconds = 60 * 60 * 1000
"""A clock that was set anew is believed after so long: by then somebody would have noticed a mistake."""


def wall() -> Milliseconds:
    """What the system's clock shows; anybody can set it to anything at any time."""
    return time.time_ns() // 1_000_000


def passing() -> Milliseconds:
    """Time that passes evenly, from some moment on."""
    return time.monotonic_ns() // 1_000_000


class Clock:
    """Any thread may ask. Whatever lasts (a session) is measured by `steady`; people are shown `now`."""

    def __init__(self, wall: Callable[[], Milliseconds] = wall, passing: Callable[[], Milliseconds] = passing) -> None:
        self._wall = wall
        self._passing = passing
        self._lock = threading.Lock()
        self._started = passing()
        self._offset = wall() - self._started
        self._doubtful: Milliseconds | None = None
        """The offset after a jump that is not believed yet."""
        self._doubtful_since: Milliseconds = 0

    def now(self) -> Milliseconds:
        """The time of day, for people to see. It may jump; nothing is decided by it."""
        return self._wall()

    def steady(self) -> Milliseconds:
        """The time of day, except that after a jump it goes on as before until the clock has kept to it for an hour."""
        with self._lock:
            return self._look()

    @property
    def is_settled(self) -> bool:
        """Whether what cannot be undone may be decided by `steady`: not just after the start, and not after a jump."""
        with self._lock:
            self._look()
            return self._doubtful is None and self._passing() - self._started >= SETTLED_MS

    def _look(self) -> Milliseconds:
        passed = self._passing()
        offset = self._wall() - passed
        if abs(offset - self._offset) <= JUMP_MS:
            self._offset, self._doubtful = offset, None
        elif self._doubtful is None or abs(offset - self._doubtful) > JUMP_MS:
            self._doubtful, self._doubtful_since = offset, passed
        elif passed - self._doubtful_since >= SETTLED_MS:
            self._offset, self._doubtful = offset, None
        return passed + self._offset
