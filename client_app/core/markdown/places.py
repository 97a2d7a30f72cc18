"""Where the text of a block stands in the source: markdown-it tells lines, and cuts off what encloses a block."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .budget import Misfit

if TYPE_CHECKING:
    from markdown_it.token import Token

At = Callable[[int], int]
"""The place in the source of a place in a block's text."""


class Places:
    """The lines of a source."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._starts = [0]
        for line in source.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._cell = 0
        """Behind the latest cell of a table."""
        self._item: tuple[int, int] = (-1, 0)
        """The line of the latest item, and where its sign ended."""

    def line(self, number: int) -> tuple[int, int]:
        """Start and end of a line, without its break."""
        return self._starts[number], self._starts[number + 1] - 1

    def find(self, number: int, words: str) -> int:
        """Where these words stand in a line. Raises `Misfit` where they do not."""
        start, end = self.line(number)
        found = self._source.find(words, start, end)
        if found < 0:
            raise Misfit(words)
        return found

    def of_lines(self, first: int, lines: Iterable[str]) -> tuple[tuple[int, int], ...]:
        """Start and end of each line of code, without the indentation of what encloses it."""
        found = []
        for number, text in enumerate(lines, first):
            start, end = self.line(number)
            # A tab may have been cut in two, which then is some spaces: those have no place of their own.
            shown = text if self._source.endswith(text, start, end) else text.lstrip()
            if not self._source.endswith(shown, start, end):
                raise Misfit(text)
            found.append((end - len(shown), end))
        return tuple(found)

    def of_inline(self, token: "Token") -> At:
        """The places of a paragraph's or heading's text."""
        first = token.map[0] if token.map else 0
        offsets, starts, offset = [], [], 0
        for number, line in enumerate(token.content.split("\n"), first):
            words = line.strip()
            start, end = self.line(number)
            found = self._source.rfind(words, start, end) if words else end
            if found < 0:
                raise Misfit(words)
            offsets.append(offset)
            starts.append(found - (len(line) - len(line.lstrip())))
            offset += len(line) + 1
        return _stepwise(offsets, starts)

    def start_of_item(self, token: "Token", is_ordered: bool) -> int:
        """Where the sign of an item of a list stands; of several on one line, each behind the former."""
        number = token.map[0] if token.map else 0
        after = self._item[1] if self._item[0] == number else 0
        sign = f"{token.info}{token.markup}" if is_ordered else token.markup
        start, end = self.line(number)
        found = self._source.find(sign, max(start, after), end)
        if found < 0:
            raise Misfit(sign)
        self._item = number, found + len(sign)
        return found

    def begin_row(self, number: int) -> None:
        """The cells that follow are of this line."""
        self._cell = self._starts[number]

    def of_cell(self, token: "Token") -> At:
        """The places of a cell's text."""
        number = token.map[0] if token.map else 0
        _, end = self.line(number)
        start = self._source.find(token.content, self._cell, end)
        if start < 0:  # It has an escaped “|” in it.
            raise Misfit(token.content)
        self._cell = start + len(token.content)
        return lambda position: start + position


def _stepwise(offsets: list[int], starts: list[int]) -> At:
    if len(starts) == 1:
        only = starts[0]
        return lambda position: only + position

    def at(position: int) -> int:
        line = bisect_right(offsets, position) - 1
        return starts[line] + position - offsets[line]

    return at
