"""How fast one connection may send frames and bytes: beyond that it is read later, not refused."""

import math

from server_app.limits import Limits


class Pace:
    """A token bucket in one number: when it will be full again.

    Each read takes the time that its frames may take or that its bytes may take, whichever is longer. The time that the
    burst of frames may take is the time that may be taken in advance, for bytes as well.
    """

    __slots__ = ("_full_at", "_per_byte", "_per_frame", "_tolerance")

    def __init__(self, rate: float, burst: float, bytes_per_second: float) -> None:
        self._per_frame = 1 / rate
        self._per_byte = 1 / bytes_per_second
        self._tolerance = 0.0 if math.isinf(rate) else burst / rate
        self._full_at = 0.0

    def spend(self, frames: int, size: int, now: float) -> float:
        """Note so many frames and bytes; the seconds until more may be read, 0.0 for now."""
        taken = max(frames * self._per_frame, size * self._per_byte)
        if not taken:
            return 0.0
        self._full_at = max(self._full_at, now) + taken
        return max(0.0, self._full_at - now - self._tolerance)


def strangers_pace(limits: Limits) -> Pace:
    """For a connection on which nobody has logged in yet."""
    return Pace(limits.stranger_frames_per_second, limits.stranger_frames_burst, limits.stranger_bytes_per_second)


def members_pace(limits: Limits) -> Pace:
    """For a connection on which somebody is logged in."""
    return Pace(limits.frames_per_second, limits.frames_burst, limits.bytes_per_second)
