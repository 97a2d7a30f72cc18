"""How long to wait before coming back: longer each time, and never for as long as everybody else."""

import random

FIRST_RETRY, LAST_RETRY = 0.5, 30.0
"""Seconds before the first attempt to come back, and the most between two."""


def delay(attempt: int, hint: float | None) -> float:
    """Seconds before this attempt, counted from 0; `hint` is what the server said about it.

    The jitter keeps a thousand clients of a server that starts again from coming all at once.
    """
    if hint is not None:
        return hint * random.uniform(1.0, 1.5)  # noqa: S311 -- jitter, no secret
    doubled = FIRST_RETRY * 2.0 ** min(attempt, 10)
    return min(LAST_RETRY, doubled) * random.uniform(0.5, 1.0)  # noqa: S311 -- jitter, no secret
