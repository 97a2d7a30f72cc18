"""What whoever reads takes for one letter: Unicode's grapheme clusters (UAX #29), which are never cut."""

import functools
import re
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


_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaa7f]"
)
"""Scripts without spaces between words: Thai, Lao, Tibetan, Myanmar, Khmer, Tai."""
_BEFORE_THEIR_CONSONANT = "\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4"
"""Vowels of Thai and Lao that are written before what they are spoken after."""
_ENOUGH = 64
"""Characters behind a place that are looked at, to know whether it is within a letter."""
_TSHEG = "\u0f0b"
"""Ends a syllable in Tibetan; lines break only there."""


def is_unspaced(text: str) -> bool:
    """Whether lines may break within such a word. Where its words end only a dictionary would know."""
    return _UNSPACED.match(text) is not None


def last_break(text: str, position: int) -> int:
    """The last place up to this position at which a line may end within a word; 0 where there is none."""
    syllable = text.rfind(_TSHEG, 0, position) + 1
    if syllable:
        return syllable
    found = edge_before(text[: position + _ENOUGH], position)
    while found > 0 and text[found - 1] in _BEFORE_THEIR_CONSONANT:
        found -= 1
    return found
