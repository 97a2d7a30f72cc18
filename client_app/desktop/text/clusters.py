"""What whoever reads takes for one letter: Unicode's grapheme clusters (UAX #29), which are never cut."""

import functools
from collections.abc import Iterator
from typing import Any


@functools.cache
def _pattern() -> Any:
    import regex  # here, because it takes 20 ms to load and plain text needs none of it

    return regex.compile(r"\X")


def clusters(text: str) -> list[str]:
    """The clusters of a text, in order; together they are the text."""
    return list(text) if text.isascii() else list(_pattern().findall(text))


def edges(text: str) -> Iterator[int]:
    """The positions at which a text may be cut, from 0 to its end."""
    position = 0
    yield position
    for cluster in clusters(text):
        position += len(cluster)
        yield position


def edge_before(text: str, position: int) -> int:
    """The nearest position up to this one at which the text may be cut."""
    if text.isascii():
        return position
    return max((edge for edge in edges(text) if edge <= position), default=0)


def edge_after(text: str, position: int) -> int:
    """The nearest position from this one on at which the text may be cut."""
    if text.isascii():
        return position
    return next((edge for edge in edges(text) if edge >= position), len(text))
