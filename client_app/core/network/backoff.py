"""How long to wait before coming back: a share of the time one has been away, and never as long as everybody else."""

import random

LEAST_WAIT, MOST_WAIT = 0.5, 30.0
"""Seconds before an attempt to come back, at least and at most."""
SHARE = 0.1
"""Of the time away: whoever was away for ten seconds is back within one of the server's start, and a server that is
away for an hour is not hammered."""


def delay(away: float, hint: float | None) -> float:
    """Seconds before the next attempt, after so many seconds away; `hint` is what the server said about it.

    The jitter keeps a thousand clients of a server that starts again from coming all at once.
    """
    if hint is not None:
        return hint * random.uniform(1.0, 1.5)  # nosec B311  # jitter, no secret
    wait = min(MOST_WAIT, max(LEAST_WAIT, SHARE * away))
    return wait * random.uniform(0.5, 1.0)  # nosec B311  # jitter, no secret
