"""How what is typed into the search field may go on: filters, people, channels, what was looked for before. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from client_app.core.panes.channels import ChannelRow
from client_app.core.panes.roster import RosterRow
from client_app.core.writing.composer import Completion
from shared.search import FILTERS, HAS, Filter
from shared.types import ChannelKind

MOST_SHOWN = 8
RECENT = "searched before"
_WORD = re.compile(r'(?:[a-zA-Z]+:)?"[^"]*$|\S*$')
_DAYS = (("today", "since midnight"), ("yesterday", "the day before"))
_EXAMPLES = {Filter.BEFORE: "2026-03-21", Filter.AFTER: "2026-03", Filter.ON: "2026"}


def suggestions(
    typed: str, cursor: int, people: Iterable[RosterRow], places: Iterable[ChannelRow], recent: Sequence[str]
) -> tuple[Completion, ...]:
    """What may be meant by the word at the cursor; with nothing typed, what was looked for before, and all filters."""
    before, after = typed[:cursor], typed[cursor:]
    found = _WORD.search(before)
    word = found[0] if found else ""
    head = before[: len(before) - len(word)]
    name, colon, value = word.partition(":")
    what = next((each for each in Filter if each.value == name.lower()), None) if colon else None
    if what is not None:
        items = _values(what, value.strip('"').lstrip("@#"), people, places)
        return tuple(_placed(item, head, name.lower(), after) for item in items[:MOST_SHOWN])
    earlier = [
        Completion(each, each, RECENT)
        for each in recent
        if each != typed and each.casefold().startswith(typed.casefold())
    ]
    filters = [
        Completion(f"{head}{each.value}:{after}", f"{each.value}:", words)
        for each, words in FILTERS.items()
        if each.value.startswith(word.lower())
    ]
    return (*earlier[: MOST_SHOWN // 2 if not typed else 3], *filters)[:MOST_SHOWN] if not after else ()


def _values(what: Filter, typed: str, people: Iterable[RosterRow], places: Iterable[ChannelRow]) -> list[Completion]:
    """What may stand behind a filter, each still without what stands around it."""
    match what:
        case Filter.FROM | Filter.MENTIONS:
            return _people(typed, people)
        case Filter.IN:
            return [*_channels(typed, places), *_people(typed, people, sign="@")]
        case Filter.HAS:
            return [Completion(each, each) for each in HAS if each.startswith(typed.lower())]
        case Filter.IS:
            return [Completion("pinned", "pinned")] if "pinned".startswith(typed.lower()) else []
        case Filter.BEFORE | Filter.AFTER | Filter.ON:
            days = [Completion(each, each, words) for each, words in _DAYS if each.startswith(typed.lower())]
            example = _EXAMPLES[what]
            return days if typed else [*days, Completion("", example, "a day, a month or a year")]


def _people(typed: str, people: Iterable[RosterRow], sign: str = "") -> list[Completion]:
    wanted = typed.casefold()
    me = [Completion("me", "me", "yourself")] if "me".startswith(wanted) and not sign else []
    found = [row for row in people if _begins(row, wanted)]
    return me + [
        Completion(
            f"{sign}{row.handle}",
            row.name,
            f"@{row.handle}" if row.name != row.handle else "",
            user_id=row.user_id,
            presence=row.presence,
        )
        for row in found
    ]


def _begins(row: RosterRow, wanted: str) -> bool:
    return any(each.startswith(wanted) for each in (row.handle.casefold(), *row.name.casefold().split()))


def _channels(typed: str, places: Iterable[ChannelRow]) -> list[Completion]:
    rooms = (row for row in places if row.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE))
    return [Completion(f"#{row.title}", f"#{row.title}") for row in rooms if typed.casefold() in row.title.casefold()]


def _placed(item: Completion, head: str, name: str, after: str) -> Completion:
    """With what stands around it; a space behind what is whole."""
    value = f"{item.text} {after.lstrip()}" if item.text else after
    return replace(item, text=f"{head}{name}:{value}")
