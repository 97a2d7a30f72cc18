"""Which parts of a text are web addresses, or links to messages, and which addresses may be links at all."""

import re
from dataclasses import dataclass

from client_app.core.network.address import is_message_link

SCHEME = re.compile(r"(?:https?|hearth(?:\+plain)?)\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|hearth(?:\+plain)?)://[^\s<>\"“”«»]+", re.IGNORECASE)
_NEVER_LAST = ".,;:!?'’‘*_~|…"
_ENDS = ("||", "](")
"""Where an address ends in any case: behind it a spoiler ends, or the words of a link."""
_PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Address:
    """A web address and where it stands: `text[start:end]`."""

    start: int
    end: int
    url: str


def find_addresses(text: str) -> tuple[Address, ...]:
    """The addresses in a text, without the punctuation behind them.

    A closing bracket belongs to the address only if it was opened within: `(see https://a.b/c_(d))`.
    """
    if "://" not in text:
        return ()
    found = (_address(match) for match in _ADDRESS.finditer(text))
    return tuple(each for each in found if each is not None)


def address_at(text: str, start: int, end: int) -> Address | None:
    """The address that begins there and ends before `end`; None where there is none."""
    match = _ADDRESS.match(text, start, end)
    return None if match is None else _address(match)


def may_link(url: str) -> bool:
    """Whether a link may lead there: to the web, or to a message."""
    if url[:6].lower() == "hearth":
        return is_message_link(url)
    found = _ADDRESS.match(url)
    return found is not None and found.end() == len(url) and len(url) > len("https://")


def _address(match: re.Match[str]) -> Address | None:
    url = _trimmed(match.group())
    return Address(match.start(), match.start() + len(url), url) if may_link(url) else None


def _trimmed(url: str) -> str:
    end = min((place for place in map(url.find, _ENDS) if place >= 0), default=len(url))
    counts = {bracket: url.count(bracket, 0, end) for bracket in "()[]{}"}
    while end:
        last = url[end - 1]
        if last in _PAIRS and counts[last] > counts[_PAIRS[last]]:
            counts[last] -= 1
        elif last not in _NEVER_LAST:
            break
        end -= 1
    return url[:end]
