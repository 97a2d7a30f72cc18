"""Which parts of a text are web addresses, or links to messages."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.address import is_message_link

_ADDRESS = re.compile(r"(?:https?|hearth(?:\+plain)?)://[^\s<>\"“”«»]+", re.IGNORECASE)
_NEVER_LAST = ".,;:!?'’‘*_~…"
_PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Link:
    """A web address and where it stands: `text[start:end]`."""

    start: int
    end: int
    url: str
    label: str = ""
    """What is drawn in its place; empty for the address itself."""


def find_links(text: str, label_of: Callable[[str], str] = lambda _: "") -> tuple[Link, ...]:
    """The http and https addresses and the links to messages in a text, without the punctuation behind them.

    `label_of` says what is drawn in the place of a link to a message; empty for the link itself. A closing bracket
    belongs to the address only if it was opened within: `(see https://a.b/c_(d))`.
    """
    if "://" not in text:
        return ()
    found = []
    for match in _ADDRESS.finditer(text):
        url = _trimmed(match.group())
        is_ours = url[:6].lower() == "hearth"
        if is_message_link(url) if is_ours else len(url) > len("https://"):
            label = label_of(url) if is_ours else ""
            found.append(Link(match.start(), match.start() + len(url), url, label))
    return tuple(found)


def with_labels(text: str, label_of: Callable[[str], str]) -> str:
    """The text with the names of links to messages in their places, for where nothing can be clicked."""
    for link in reversed(find_links(text, label_of)):
        if link.label:
            text = text[: link.start] + link.label + text[link.end :]
    return text


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
