"""Whether a text has what is looked for, and which of its letters are meant."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from .folding import DENSE, LETTER, SHORTEST_BEGINNING, fold, fold_character, is_dense, pieces
from .query import Needle

Mark = tuple[int, int]
"""Where a mark starts, and its length: both in code points."""

_WITH_SPACES = rf"(?![{DENSE}]){LETTER}"
_BEGINS = rf"(?<!{_WITH_SPACES})"
_ENDS = rf"(?!{_WITH_SPACES})"
MOST_MARKS = 100
"""Marks of one message: more than that nobody looks at."""


class Matcher:
    """Looks for all of these in texts."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._needles = [(needle.words[0], _expression(needle)) for needle in needles]

    def finds(self, folded: str) -> bool:
        """Whether a folded text has all of them."""
        return all(first in folded and expression.search(folded) for first, expression in self._needles)

    def marks(self, text: str) -> tuple[Mark, ...]:
        """What of a text is meant, in order and none within another."""
        if not self._needles:
            return ()
        folded, origins = _folded_with_origins(text)
        found = sorted(
            (origins[match.start()], origins[match.end() - 1] + 1)
            for _, expression in self._needles
            for match in expression.finditer(folded)
        )
        return tuple((start, end - start) for start, end in _apart(found)[:MOST_MARKS])


def _expression(needle: Needle) -> re.Pattern[str]:
    """A letter or two are a word, not the beginning of one."""
    parts = [re.escape(needle.words[0])]
    for before, word in zip(needle.words, needle.words[1:], strict=False):
        is_joined = is_dense(before[-1]) or is_dense(word)
        parts.append((r"[\W_]*" if is_joined else r"[\W_]+") + re.escape(word))
    first, last = needle.words[0], pieces(needle.words[-1])[-1]
    begins = "" if is_dense(first) else _BEGINS
    ends = _ENDS if not is_dense(last) and (needle.is_exact or len(last) < SHORTEST_BEGINNING) else ""
    return re.compile(begins + "".join(parts) + ends)


def _folded_with_origins(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the one of the text that it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    if not unicodedata.is_normalized("NFC", text):
        # Marks are counted in what was said: a letter and its accent apart are folded apart.
        folded = [(fold(character), index) for index, character in enumerate(text)]
    else:
        if all(len(fold_character(character)) == 1 for character in set(text)):
            return fold(text), range(len(text))
        folded = [(fold_character(character), index) for index, character in enumerate(text)]
    origins = [index for each, index in folded for _ in each]
    return "".join(each for each, _ in folded), origins


def _apart(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
