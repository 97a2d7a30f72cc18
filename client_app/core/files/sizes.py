"""Bytes, speeds and times to go, as people read them."""

_UNITS = ("KB", "MB", "GB", "TB")
_STEP = 1024
_FEW = 10
"""Below so many of a unit a digit behind the point says something."""
MINUTE, HOUR = 60, 3600


def size_words(size: float) -> str:
    """`340 bytes`, `2.4 MB`, `25 MB`."""
    if size < _STEP:
        return "1 byte" if int(size) == 1 else f"{int(size)} bytes"
    for unit in _UNITS:
        size /= _STEP
        if size < _STEP - 0.5 or unit == _UNITS[-1]:
            break
    digits = f"{size:.1f}" if size < _FEW - 0.05 and f"{size:.1f}"[-1] != "0" else f"{size:.0f}"
    return f"{digits} {unit}"


def speed_words(speed: float) -> str:
    """`1.2 MB/s`; empty while nothing can be said of it."""
    return f"{size_words(speed)}/s" if speed >= 1 else ""


def left_words(seconds: float | None) -> str:
    """`12 s left`, `3 min left`; empty while nothing can be said of it."""
    if seconds is None:
        return ""
    if seconds < MINUTE:
        return f"{max(round(seconds), 1)} s left"
    return f"{round(seconds / MINUTE)} min left" if seconds < HOUR else f"{seconds / HOUR:.1f} h left"
