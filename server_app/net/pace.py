"""How fast one connection may send frames: beyond that it is read later, not refused."""

import math


class Pace:
    """A token bucket in one number: when it will be full again."""

    __slots__ = ("_full_at", "_interval", "_tolerance")

    def __init__(self, rate: float, burst: float) -> None:
        self._interval = 1 / rate
        self._tolerance = 0.0 if math.isinf(rate) else burst / rate
        self._full_at = 0.0

    def spend(self, frames: int, now: float) -> float:
        """Note so many frames; the seconds until more may be read, 0.0 for now."""
        if not self._interval:
            return 0.0
        self._full_at = max(self._full_at, now) + frames * self._interval
        return max(0.0, self._full_at - now - self._tolerance)
