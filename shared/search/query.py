"""What one types into the search field, taken apart: words, phrases in quotes, and filters such as `from:alice`.

Nothing that is typed is an error: what is no filter is words, and signs are nothing.
"""

import enum
import re
from typing import NamedTuple

from .folding import fold, words

MOST_WORDS = 10
"""Words of one search; what follows is left out, since so many are found nowhere."""


class Filter(enum.Enum):
    """What a filter is about; its value is what one types before the colon."""

    FROM = "from"
    IN = "in"
    BEFORE = "before"
    AFTER = "after"
    ON = "on"
    HAS = "has"
    IS = "is"
    MENTIONS = "mentions"


FILTERS: dict[Filter, str] = {
    Filter.FROM: "who said it",
    Filter.IN: "where it was said",
    Filter.HAS: "a file, an image or a link",
    Filter.MENTIONS: "whom it names",
    Filter.BEFORE: "said before a day",
    Filter.AFTER: "said after a day",
    Filter.ON: "said on a day, in a month, in a year",
    Filter.IS: "pinned",
}
"""What each asks for, in the order in which they are offered."""


class Has(enum.Enum):
    """What a message can have besides words; its value is what one types behind `has:`."""

    FILE = "file"
    IMAGE = "image"
    LINK = "link"


HAS = {each.value: each for each in Has}
PINNED = "pinned"
_PART = re.compile(
    r'(?P<name>[a-zA-Z]+):(?:"(?P<quoted_value>[^"]*)"?|(?P<value>\S*))|"(?P<phrase>[^"]*)"?|(?P<plain>\S+)'
)
_QUOTES = str.maketrans("“”„‟«»＂：", '""""""":')
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
_SOONEST, _LATEST = 1970, 9999


class Needle(NamedTuple):
    """Words that must stand next to each other in a message; mostly one."""

    words: tuple[str, ...]
    """Folded."""
    is_exact: bool = False
    """Whether the last one is a whole word, as in quotes, and not the beginning of one."""


class Day(NamedTuple):
    """A day, month or year of the calendar, or a day counted from today."""

    year: int = 0
    month: int = 0
    """0 for the whole year."""
    day: int = 0
    """0 for the whole month."""
    ago: int | None = None
    """Days before today, in place of all others."""


class Query(NamedTuple):
    """What is looked for; what is empty restricts nothing. Of one filter, any of several will do."""

    needles: tuple[Needle, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    has: frozenset[Has] = frozenset()
    """All of them."""
    is_pinned: bool = False
    before: tuple[Day, ...] = ()
    """All of them, as with `after`."""
    after: tuple[Day, ...] = ()
    on: tuple[Day, ...] = ()
    problem: str = ""
    """A sentence that says why nothing can be found; empty where something can."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return self == Query(problem=self.problem)


def parse(typed: str) -> Query:
    """Take apart what was typed."""
    found = _Parsing()
    for part in _PART.finditer(typed.translate(_QUOTES)):
        name = (part["name"] or "").lower()
        value = part["quoted_value"] if part["quoted_value"] is not None else part["value"]
        if name in _BY_NAME:
            found.add_filter(_BY_NAME[name], (value or "").strip())
        elif part["phrase"] is not None:
            found.add_words(part["phrase"], is_exact=True)
        else:
            found.add_words(part[0], is_exact=False)
    return found.query()


_BY_NAME = {each.value: each for each in Filter}


class _Parsing:
    def __init__(self) -> None:
        self._needles: list[Needle] = []
        self._named: dict[Filter, list[str]] = {each: [] for each in (Filter.FROM, Filter.IN, Filter.MENTIONS)}
        self._days: dict[Filter, list[Day]] = {each: [] for each in (Filter.BEFORE, Filter.AFTER, Filter.ON)}
        self._has: set[Has] = set()
        self._is_pinned = False
        self._problem = ""

    def add_words(self, typed: str, *, is_exact: bool) -> None:
        found = tuple(words(fold(typed)))
        room = MOST_WORDS - sum(len(each.words) for each in self._needles)
        if found[:room]:
            self._needles.append(Needle(found[:room], is_exact))

    def add_filter(self, what: Filter, value: str) -> None:
        if not value:
            return
        match what:
            case Filter.FROM | Filter.MENTIONS | Filter.IN:
                self._named[what].append(value)
            case Filter.BEFORE | Filter.AFTER | Filter.ON:
                self._add_day(what, value)
            case Filter.HAS:
                if value.lower() in HAS:
                    self._has.add(HAS[value.lower()])
                else:
                    self._problem = f"“has:{value}” is not known. Try has:file, has:image or has:link."
            case Filter.IS:
                self._is_pinned = self._is_pinned or value.lower() == PINNED
                if value.lower() != PINNED:
                    self._problem = f"“is:{value}” is not known. Try is:pinned."

    def _add_day(self, what: Filter, value: str) -> None:
        day = as_day(value)
        if day is None:
            self._problem = (
                f"“{value}” is no day. Try {what.value}:2026-03-21, {what.value}:2026-03 or {what.value}:today."
            )
        else:
            self._days[what].append(day)

    def query(self) -> Query:
        return Query(
            needles=tuple(self._needles),
            people=tuple(self._named[Filter.FROM]),
            places=tuple(self._named[Filter.IN]),
            mentioned=tuple(self._named[Filter.MENTIONS]),
            has=frozenset(self._has),
            is_pinned=self._is_pinned,
            before=tuple(self._days[Filter.BEFORE]),
            after=tuple(self._days[Filter.AFTER]),
            on=tuple(self._days[Filter.ON]),
            problem=self._problem,
        )


def as_day(typed: str) -> Day | None:
    """The day, month or year that is meant; None where it is none."""
    if typed.lower() in _RELATIVE:
        return Day(ago=_RELATIVE[typed.lower()])
    found = _DATE.match(typed)
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    is_month, is_day = found[2] is not None, found[3] is not None
    if not _SOONEST <= year <= _LATEST or (is_month and not 1 <= month <= 12):
        return None
    if is_day and not 1 <= day <= days_in_month(year, month):
        return None
    return Day(year, month, day)


_RELATIVE = {"today": 0, "yesterday": 1}


def days_in_month(year: int, month: int) -> int:
    """How many days a month has."""
    return first_day(year + month // 12, month % 12 + 1) - first_day(year, month)


def first_day(year: int, month: int) -> int:
    """The first day of a month, in days since 1970."""
    # Years that begin in March end with the leap day, so nothing depends on it.
    shifted, number = (year, month - 3) if month > 2 else (year - 1, month + 9)
    leaps = shifted // 4 - shifted // 100 + shifted // 400
    return shifted * 365 + leaps + (153 * number + 2) // 5 - 719_468


def span(day: Day, today: int) -> tuple[int, int]:
    """The first day and the one after the last, in days since 1970."""
    if day.ago is not None:
        return today - day.ago, today - day.ago + 1
    if not day.month:
        return first_day(day.year, 1), first_day(day.year + 1, 1)
    first = first_day(day.year, day.month)
    if not day.day:
        return first, first + days_in_month(day.year, day.month)
    return first + day.day - 1, first + day.day
