"""Moments inside of sentences, “today at 14:30”, and what is left of a span as a clock shows it, “4:30”."""

import datetime

from shared.types import Milliseconds

LATEST: Milliseconds = 250_000_000_000_000
"""The year 9892, beyond which Python knows no dates; a broken server's clock must not stop the window."""
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def local(moment: Milliseconds) -> datetime.datetime:
    """The moment on this computer's clock."""
    return datetime.datetime.fromtimestamp(min(moment, LATEST) / 1000, datetime.UTC).astimezone()


def now() -> datetime.datetime:
    """This moment, likewise."""
    return datetime.datetime.now().astimezone()


def day_words(day: datetime.datetime) -> str:
    """“3 March 2026”."""
    return f"{day.day} {day:%B %Y}"


def moment_words(then: datetime.datetime, today: datetime.datetime) -> str:
    """“today at 14:30”, “tomorrow at 09:00”, “3 March at 14:30”, and with its year where that is another."""
    days = (then.date() - today.date()).days
    if days in _NEAR:
        return f"{_NEAR[days]} at {then:%H:%M}"
    year = f" {then.year}" if then.year != today.year else ""
    return f"{then.day} {then:%B}{year} at {then:%H:%M}"


def countdown(seconds: int) -> str:
    """“0:07”, “4:30”, “1:05:00”."""
    minutes, rest = divmod(max(seconds, 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
