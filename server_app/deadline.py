"""One moment by which several steps have to be done."""

import time


class Deadline:
    """So many seconds from now, carried through all the steps instead of a timeout for each."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that remain; 0.0 when it is over."""
        return max(0.0, self._at - time.monotonic())
