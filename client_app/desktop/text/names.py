"""People who are named in a text, as stretches of it that are drawn and clicked like addresses."""

from collections.abc import Iterable

from .links import Link

_PERSON, _ME = "person:", "me:"


def name_link(start: int, end: int, user_id: int | None, *, is_me: bool) -> Link:
    """The stretch where a person is named, or everybody."""
    return Link(start, end, f"{_ME if is_me else _PERSON}{user_id or ''}")


def is_name(url: str) -> bool:
    """Whether a stretch names somebody, and leads nowhere."""
    return url.startswith((_PERSON, _ME))


def is_my_name(url: str) -> bool:
    """Whether it names me."""
    return url.startswith(_ME)


def person_of(url: str) -> int | None:
    """Whom it names; None for everybody, and for an address."""
    number = url.partition(":")[2] if is_name(url) else ""
    return int(number) if number else None


def with_names(links: Iterable[Link], names: Iterable[Link]) -> tuple[Link, ...]:
    """Addresses and names in order; a name within an address is part of that."""
    found = tuple(links)
    free = (each for each in names if all(each.end <= link.start or link.end <= each.start for link in found))
    return tuple(sorted((*found, *free), key=lambda link: link.start))
