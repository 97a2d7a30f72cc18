"""Moments and spans of time as people say them."""

import datetime

from client_app.core.panes.roster import LATEST
from shared.types import Milliseconds

HOUR, DAY, WEEK = 3600, 24 * 3600, 7 * 24 * 3600
_UNITS = ((WEEK, "week"), (DAY, "day"), (HOUR, "hour"), (60, "minute"), (1, "second"))


def moment(at: Milliseconds) -> str:
    """Day and time in full: “21 November 2026, 14:03”."""
    local = _local(at)
    return f"{local.day} {local:%B %Y, %H:%M}"


def short_moment(at: Milliseconds, now: Milliseconds) -> str:
    """As short as it can be told apart: “14:03” today, else “21 Nov 14:03”, with the year where it is another."""
    local, today = _local(at), _local(now)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b %H:%M}" if local.year == today.year else f"{local.day} {local:%b %Y}"


def span(seconds: float) -> str:
    """The largest unit, rounded: “2 hours”; “1 day” from 23 and a half hours on."""
    for size, name in _UNITS:
        count = round(seconds / size)
        if count and (seconds >= size or count * size - seconds <= size / 48):
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return "a moment"


def end(until: Milliseconds | None, now: Milliseconds) -> str:
    """When something ends: “for ever”, “for 3 days”, “over”."""
    if until is None:
        return "for ever"
    return f"for {span((until - now) / 1000)}" if until > now else "over"


def _local(at: Milliseconds) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(min(at, LATEST) / 1000, datetime.UTC).astimezone()
