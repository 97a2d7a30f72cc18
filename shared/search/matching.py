"""Whether a text has what is looked for, and which of its letters are meant."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from .folding import DENSE, LETTER, SHORTEST_BEGINNING, fold, fold_character, is_dense, pieces
from .query import Needle

Mark = tuple[int, int]
"""Where a mark starts, and its length: both in code points."""

_WITH_SPACES = re.compile(rf"(?![{DENSE}]){LETTER}")
_BEGINS, _ENDS = "(?<![a-z0-9])", "(?![a-z0-9])"
"""Most of it, seen at once: all letters as a class would take a millisecond to compile for each word that is sought."""
MOST_MARKS = 100
"""Marks of one message: more than that nobody looks at."""


class Matcher:
    """Looks for all of these in texts."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._needles = [_Sought(needle) for needle in needles]

    def finds(self, folded: str) -> bool:
        """Whether a folded text has all of them."""
        for needle in self._needles:  # noqa: SIM110  # a generator costs more than all of it, and this is asked for each message
            if not needle.is_in(folded):
                return False
        return True

    def marks(self, text: str) -> tuple[Mark, ...]:
        """What of a text is meant, in order and none within another."""
        if not self._needles:
            return ()
        folded, origins = _folded_with_origins(text)
        found = sorted(
            (origins[start], origins[end - 1] + 1) for needle in self._needles for start, end in needle.places(folded)
        )
        return tuple((start, end - start) for start, end in _apart(found)[:MOST_MARKS])


class _Sought:
    """A needle, and how it is looked for. A letter or two are a word, not the beginning of one."""

    def __init__(self, needle: Needle) -> None:
        first, last = needle.words[0], pieces(needle.words[-1])[-1]
        self._first = first
        self._begins = not is_dense(first)
        self._ends = not is_dense(last) and (needle.is_exact or len(last) < SHORTEST_BEGINNING)
        parts = [_BEGINS * self._begins, re.escape(first)]
        for before, word in zip(needle.words, needle.words[1:], strict=False):
            is_joined = is_dense(before[-1]) or is_dense(word)
            parts.append((r"[\W_]*" if is_joined else r"[\W_]+") + re.escape(word))
        self._search = re.compile("".join(parts) + _ENDS * self._ends).search

    def is_in(self, folded: str) -> bool:
        """Whether it is anywhere in a folded text."""
        return self._first in folded and next(self.places(folded), None) is not None

    def places(self, folded: str) -> Iterator[tuple[int, int]]:
        """From where to where it is, in order and none within another."""
        at = 0
        while found := self._search(folded, at):
            start, end = found.span()
            stands_apart = not (
                (self._begins and start and _is_with_spaces(folded[start - 1]))
                or (self._ends and end < len(folded) and _is_with_spaces(folded[end]))
            )
            if stands_apart:
                yield start, end
            at = end if stands_apart else start + 1


@functools.lru_cache(maxsize=4096)
def _is_with_spaces(character: str) -> bool:
    """Whether it is a letter of a script that puts spaces between words: next to it, a word neither begins nor ends."""
    return _WITH_SPACES.match(character) is not None


def _folded_with_origins(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the one of the text that it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    if unicodedata.is_normalized("NFC", text):
        folded = fold(text)
        if all(len(fold_character(character)) == 1 for character in set(text)):
            return folded, range(len(text))
        return folded, [index for index, character in enumerate(text) for _ in fold_character(character)]
    # Marks are counted in what was said: a letter and its accent apart are folded apart.
    parts = [fold(character) for character in text]
    return "".join(parts), [index for index, part in enumerate(parts) for _ in part]


def _apart(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
