"""Sentences about what others did to me, and about what waits for me."""

import datetime

from shared.events import MessageReported, NewcomerWaiting
from shared.types import Milliseconds

from .state import State
from .waiting import AboutTheHouse, Waiting


def news_of_me(before: State, after: State, now: Milliseconds) -> list[str]:
    """What is another with me now."""
    was, mine = before.me, after.me
    sentences = []
    if mine.role_id != was.role_id and (role := after.roles.get(mine.role_id)) is not None:
        sentences.append(f"Your role is “{role.name}” now.")
    if mine.timeout_until > max(now, was.timeout_until):
        sentences.append(f"You are timed out {_until(mine.timeout_until, now)}: you can read, and write to one person.")
    elif was.timeout_until > now >= mine.timeout_until:
        sentences.append("Your time-out is over.")
    return sentences


def hints(event: AboutTheHouse, before: Waiting, state: State) -> list[str]:
    """What to tell whoever keeps the house of something new that waits."""
    after = before.after(event)
    match event:
        case NewcomerWaiting(newcomer=newcomer) if after.newcomers > before.newcomers:
            return [f"{newcomer.name} waits to be let in."]
        case MessageReported(report=report) if after.reports > before.reports:
            return [f"A message of {state.name(report.author_id)} was reported."]
    return []


def _until(moment: Milliseconds, now: Milliseconds) -> str:
    """“until 14:05”, with the date where that is another day."""
    end, today = (datetime.datetime.fromtimestamp(each / 1000, datetime.UTC).astimezone() for each in (moment, now))
    day = "" if end.date() == today.date() else f"{end.day} {end:%B}, "
    return f"until {day}{end:%H:%M}"
