"""Text as people write it, as far as an index can tell: words by how often they are used, in several scripts."""

import itertools
import random
from bisect import bisect

WORDS = 80_000
"""A language's words in daily use, with names, compounds and mistakes."""
_CHINESE_SHARE, _CYRILLIC_SHARE, _LINK_SHARE = 0.06, 0.1, 0.02
"""Of all messages."""
_EXPONENT, _OFFSET = 1.07, 2.7
"""Zipf’s law as Mandelbrot has it, with what is usual for natural languages."""
_STARTS = [*"bcdfghklmnprstvw", "st", "tr", "pl", "sh", "ch", "ß", "ç"]
_ENDS = [*"aeiou", "ai", "ou", "er", "in", "an", "é", "ü", "ö"]
_CYRILLIC = str.maketrans("abcdefghiklmnoprstuvwéüößç", "абцдефгхиклмнопрстувшэюёжч")
_MOST_SYLLABLES = ((60, 1), (1500, 2), (20_000, 3))
"""The rarer a word, the longer."""


class Vocabulary:
    """Makes the same texts for the same seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self.words = self._made()
        """The most frequent first."""
        self._shares = list(itertools.accumulate(1 / (rank + _OFFSET) ** _EXPONENT for rank in range(WORDS)))

    def message(self) -> str:
        """Mostly a few words, sometimes a paragraph; 60 characters on average."""
        kind = self._dice.random()
        words = [self._word() for _ in range(min(400, max(1, round(self._dice.lognormvariate(2.0, 0.8)))))]
        if kind < _CHINESE_SHARE:
            return "".join(chr(0x4E00 + sum(word.encode()) * 7 % 3000) for word in words)
        if kind < _CHINESE_SHARE + _CYRILLIC_SHARE:
            return " ".join(words).translate(_CYRILLIC)
        if kind > 1 - _LINK_SHARE:
            words.append(f"https://example.org/{self._word()}/{self._word()}")
        return " ".join(words).capitalize()

    def _word(self) -> str:
        return self.words[bisect(self._shares, self._dice.random() * self._shares[-1])]

    def _made(self) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < WORDS:
            syllables = next((count for rank, count in _MOST_SYLLABLES if len(found) < rank), 4)
            found["".join(self._dice.choice(_STARTS) + self._dice.choice(_ENDS) for _ in range(syllables))] = None
        return list(found)
