"""Memory of pictures goes back to the system as soon as nobody needs it any more."""

import ctypes
import sys

_M_MMAP_THRESHOLD = -3
LARGE = 128 * 1024
"""Bytes from which a piece of memory is one of its own for the system; a picture of 200 x 200 pixels is larger."""


def give_large_pieces_back() -> bool:
    """From now on; whether this system can be asked for it.

    glibc does so at first, but learns from pieces that come and go, up to 32 MB, to keep them in heaps of its own, one
    for each thread. There, pictures of all sizes leave holes: 3 to 8 MB after 500 of them were seen.
    """
    if sys.platform != "linux":
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, LARGE))
    except (OSError, AttributeError):  # another library than glibc, which does as it likes
        return False
