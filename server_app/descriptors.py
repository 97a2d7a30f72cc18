"""How many connections this process can have open, having raised its own limit as far as it may."""

import math

RESERVE = 64
"""Descriptors for the database's connections, the log, and the listening socket."""


def most_connections() -> float:
    """Connections that the limit of open files leaves room for; infinite where a system has no such limit."""
    try:
        import resource
    except ImportError:  # Windows
        return math.inf
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
            soft = hard
        except (OSError, ValueError):  # some systems name a hard limit that they do not grant
            pass
    return math.inf if soft == resource.RLIM_INFINITY else max(1, soft - RESERVE)
