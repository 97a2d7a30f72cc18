"""What the index knows of a message: its words, and facts that filters ask for."""

import functools
from typing import NamedTuple

from shared.search import Has, fold, index_words
from shared.search.query import days_in_month, first_day
from shared.types import UserId

from .rows import Row

DAY_MS = 24 * 60 * 60 * 1000
_LINKS = ("http://", "https://")
FOR_ALL = "m:0"
"""Says that a message names everybody."""
PINNED = "p:"
_FILES = '"attachments"'
"""Stands in the extras of each message that has files, and of some others."""


class Term(NamedTuple):
    """A word, the beginning of one, or a fact."""

    text: str
    is_prefix: bool = False


def text_of(row: Row) -> str:
    """All that is found by words, folded: what it says, and the names of its files."""
    if _FILES not in row.extras:
        return fold(row.body)
    return fold("\n".join((row.body, *(each.name for each in row.message().attachments))))


def terms_of(row: Row) -> set[str]:
    """All that the index is to know of a message; nothing of one that is deleted."""
    if row.is_deleted:
        return set()
    found = index_words(text_of(row))
    found.update(facts_of(row), _days_of(row.created_at // DAY_MS))
    return found


def facts_of(row: Row) -> list[str]:
    """Who said it, whom it names, what it has, whether it is pinned."""
    found = [author_term(row.author_id)]
    if "://" in row.body and any(sign in row.body.lower() for sign in _LINKS):
        found.append(has_term(Has.LINK))
    if row.pinned_at is not None:
        found.append(PINNED)
    if row.extras:
        # As few have any, and to read them takes longer than all else here.
        message = row.message()
        found += [FOR_ALL if each.user_id is None else mention_term(each.user_id) for each in message.mentions]
        if message.attachments:
            found.append(has_term(Has.FILE))
        if any(each.width for each in message.attachments):
            found.append(has_term(Has.IMAGE))
    return found


def author_term(user_id: UserId) -> str:
    """Says who said something."""
    return f"u:{user_id}"


def mention_term(user_id: UserId) -> str:
    """Says whom something names."""
    return f"m:{user_id}"


def has_term(what: Has) -> str:
    """Says what something has."""
    return f"h:{what.value}"


@functools.lru_cache(maxsize=4096)
def _days_of(day: int) -> tuple[str, str, str]:
    year, month = _month_of(day)
    return f"d:{day}", _month_term(year, month), f"y:{year}"


def days_term(first: int, end: int) -> list[Term]:
    """What stands for the days from one, in days since 1970, up to another without it: as few terms as may be."""
    found = []
    while first < end:
        year, month = _month_of(first)
        if first == first_day(year, 1) and first_day(year + 1, 1) <= end:
            found.append(Term(f"y:{year}"))
            first = first_day(year + 1, 1)
        elif first == first_day(year, month) and first + days_in_month(year, month) <= end:
            found.append(Term(_month_term(year, month)))
            first += days_in_month(year, month)
        else:
            found.append(Term(f"d:{first}"))
            first += 1
    return found


def _month_of(day: int) -> tuple[int, int]:
    year = 1970 + day // 366
    while first_day(year + 1, 1) <= day:
        year += 1
    month = 1
    while month < 12 and first_day(year, month + 1) <= day:
        month += 1
    return year, month


def _month_term(year: int, month: int) -> str:
    return f"d:{year}-{month}".replace("-", ".")
