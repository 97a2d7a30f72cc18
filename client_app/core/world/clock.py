"""What this computer takes the time to be: for what ends at a moment that the server named."""

import time

from shared.types import Milliseconds


def now() -> Milliseconds:
    """This moment, in milliseconds since 1970-01-01 UTC."""
    return int(time.time() * 1000)


def utc_offset() -> int:
    """By how many minutes this computer's clock is ahead of UTC at this moment."""
    return time.localtime().tm_gmtoff // 60
