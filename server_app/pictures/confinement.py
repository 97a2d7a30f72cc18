"""What the process for pictures may take of the machine, as far as the system can hold it to that.

Under Windows there remain the bounds on pixels and bytes, and the deadline.
"""

import contextlib
import os
import sys

from .bounds import MAX_BYTES, MAX_MEMORY, MAX_OPEN_FILES, MAX_PROCESSOR_SECONDS

_LOW_PRIORITY = 10


def confine() -> None:
    """For good: memory, the size of what it writes, files at once, and no image of itself when it crashes."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(_LOW_PRIORITY)
    for what, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_FSIZE, MAX_BYTES),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # Some systems know a limit that they do not take.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (bound, bound))


def allow_time() -> None:
    """For the next order; what it uses beyond that ends the process."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(used.ru_utime + used.ru_stime) + 1 + MAX_PROCESSOR_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))
