"""What came of an order, for people to read: aligned columns, or a sentence."""

import datetime
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from server_app.services.sizes import in_words
from shared.types import Milliseconds

from .orders import Carried, FilesHere, Invited, KeptOut, Log, NewPassword, People, Person

EVER = "ever"


def as_text(result: Struct) -> str:  # noqa: PLR0911  # one branch a result
    """In the words and the order in which the owner reads it; times are the machine's own."""
    match result:
        case People(people=people):
            rows = [(str(each.id), each.name, each.role, _day(each.created_at), _state(each)) for each in people]
            return _columns(("ID", "NAME", "ROLE", "SINCE", "IS"), rows)
        case Invited():
            uses = "any number of times" if result.max_uses is None else f"{result.max_uses:,} ×"
            until = "for ever" if result.expires_at is None else f"until {_moment(result.expires_at)}"
            return f"{result.code}\nRole: {result.role}. Can be used {uses}, {until}."
        case NewPassword():
            return (
                f"{result.password}\nThe new password of {result.name}, shown this once. All their sessions are over."
            )
        case Carried(sentence=sentence):
            return sentence
        case KeptOut(bans=bans):
            kept = [
                (each.name or each.ban.address, _until(each.ban.until), _moment(each.ban.created_at), each.ban.reason)
                for each in bans
            ]
            return _columns(("WHO", "UNTIL", "SINCE", "REASON"), kept)
        case FilesHere(people=owners):
            owned = [(each.name, f"{each.files:,}", in_words(each.size)) for each in owners]
            there = f"{result.contents:,} different files take {in_words(result.size)} on the disk."
            return f"{_columns(('WHO', 'FILES', 'SIZE'), owned)}\n{there}"
        case Log(entries=entries):
            told = [
                (
                    _moment(each.at),
                    each.actor or "command line",
                    each.action,
                    each.person or "",
                    f"#{each.channel}" if each.channel else "",
                    each.detail,
                )
                for each in entries
            ]
            return _columns(("WHEN", "WHO", "DID", "TO", "IN", "DETAIL"), told)
        case _:
            raise AssertionError(f"nobody said how {type(result).__name__} looks")


def _state(person: Person) -> str:
    states = {
        "banned": person.is_banned,
        "waiting": person.is_pending,
        "timed out": person.timeout_until is not None,
        "online": person.is_online,
    }
    return ", ".join(state for state, is_so in states.items() if is_so)


def _columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, *([_printable(cell) for cell in row] for row in rows)]
    widths = [max(_width(line[number]) for line in lines) for number in range(len(head))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _printable(text: str) -> str:
    """Nothing that people typed may steer the owner's terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _width(text: str) -> int:
    """Places that a terminal takes for it."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text
    )


def _until(at: Milliseconds | None) -> str:
    return EVER if at is None else _moment(at)


def _moment(at: Milliseconds) -> str:
    return f"{datetime.datetime.fromtimestamp(at / 1000):%Y-%m-%d %H:%M}"


def _day(at: Milliseconds) -> str:
    return f"{datetime.datetime.fromtimestamp(at / 1000):%Y-%m-%d}"
