"""Which parts of a text are web addresses."""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_NEVER_LAST = ".,;:!?'’‘*_~…"
_PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Link:
    """A web address and where it stands: `text[start:end]`."""

    start: int
    end: int
    url: str


def find_links(text: str) -> tuple[Link, ...]:
    """The http and https addresses in a text, without the sentence's punctuation behind them.

    A closing bracket belongs to the address only if it was opened within: `(see https://a.b/c_(d))`.
    """
    if "://" not in text:
        return ()
    found = []
    for match in _ADDRESS.finditer(text):
        url = _trimmed(match.group())
        if len(url) > len("https://"):
            found.append(Link(match.start(), match.start() + len(url), url))
    return tuple(found)


def _trimmed(url: str) -> str:
    end = len(url)
    counts = {bracket: url.count(bracket) for bracket in "()[]{}"}
    while end:
        last = url[end - 1]
        if last in _PAIRS and counts[last] > counts[_PAIRS[last]]:
            counts[last] -= 1
        elif last not in _NEVER_LAST:
            break
        end -= 1
    return url[:end]
