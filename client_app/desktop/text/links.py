"""Which parts of a text are web addresses, or links to messages."""

from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.markdown import find_addresses


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

    `label_of` says what is drawn in the place of a link to a message; empty for the link itself.
    """
    return tuple(Link(each.start, each.end, each.url, label(each.url, label_of)) for each in find_addresses(text))


def label(url: str, label_of: Callable[[str], str]) -> str:
    """What is drawn in the place of an address."""
    return label_of(url) if url[:6].lower() == "hearth" else ""


def with_labels(text: str, label_of: Callable[[str], str]) -> str:
    """The text with the names of links to messages in their places, for where nothing can be clicked."""
    for link in reversed(find_links(text, label_of)):
        if link.label:
            text = text[: link.start] + link.label + text[link.end :]
    return text
