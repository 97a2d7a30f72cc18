"""Spans of time and moments in words, as they stand in sentences for people."""

import datetime

from shared.types import Milliseconds

_UNITS = ((24 * 60 * 60, "day"), (60 * 60, "hour"), (60, "minute"), (1, "second"))


def span(seconds: float) -> str:
    """“3 days”, “1 hour 30 minutes”: the two largest units, rounded up, so that nobody comes back too early."""
    left = max(1, -int(-seconds // 1))
    parts: list[str] = []
    for size, unit in _UNITS:
        number, left = divmod(left, size)
        if number:
            parts.append(f"{number} {unit}" + ("s" if number > 1 else ""))
    return " ".join(parts[:2])


def lasting(seconds: float | None) -> str:
    """“for 3 days”, “for good”."""
    return "for good" if seconds is None else f"for {span(seconds)}"


def moment(at: Milliseconds) -> str:
    """“22 November 2026, 15:00 UTC”; whoever is far away reads it, so it says of which clock."""
    try:
        when = datetime.datetime.fromtimestamp(at / 1000, datetime.UTC)
    except (OverflowError, OSError, ValueError):
        return "the end of time"
    return f"{when.day} {when:%B %Y, %H:%M} UTC"
