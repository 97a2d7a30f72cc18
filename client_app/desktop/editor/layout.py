"""The lines of a text that is being written, as they will look; what did not change is not laid out again."""

from bisect import bisect_right
from typing import NamedTuple

from client_app.desktop.text import Breaker, Line, Run, Typesetter
from client_app.desktop.text.clusters import edge_before
from client_app.desktop.text.pieces import is_right_to_left
from client_app.desktop.text.places import position_at, spans, x_of

_ENDLESS = 1_000_000
"""Pixels: the width of a line that is never broken."""
_AT_ONCE = 40
"""Characters for each 100 pixels that are laid out in one go: between two and four lines."""
_LEAST_AT_ONCE = 64


class Row(NamedTuple):
    """One line. Its own numbers count from `base`, a place in the whole text."""

    base: int
    line: Line
    is_rtl: bool

    @property
    def start(self) -> int:
        """Where it begins in the whole text."""
        return self.base + self.line.start

    @property
    def end(self) -> int:
        """Where it ends, its line break not included."""
        return self.base + self.line.end


class Layout:
    """The rows of one text, for as long as it is written. Places are offsets in the text."""

    def __init__(self, typesetter: Typesetter, font: str, *, wraps: bool) -> None:
        self._typesetter, self._font, self.wraps = typesetter, font, wraps
        self._text = ""
        self._width = 0
        self.rows: list[Row] = []

    def lay_out(self, text: str, width: int) -> None:
        """Have the rows of this text, for a width in pixels."""
        width = width if self.wraps else _ENDLESS
        if width != self._width:
            self._width = width
            self.forget()
        if text == self._text and self.rows:
            return
        before, self._text = self._text, text
        same = _same_ahead(before, text) if self.rows else 0
        behind = _same_ahead(before[same:][::-1], text[same:][::-1])
        kept = self._kept(same)
        self.rows = self._rest(kept, self.rows, len(before) - behind, len(text) - len(before))

    def forget(self) -> None:
        """The fonts have another size: nothing that was laid out holds."""
        self.rows = []

    # --- places -------------------------------------------------------------------------------------------------------

    def row_at(self, place: int) -> int:
        """In which row a place is; where one ends without a line break, the next one."""
        return max(bisect_right(self.rows, place, key=lambda row: row.start) - 1, 0)

    def x_of(self, place: int) -> int:
        """How far from the left of its row a place is, in pixels."""
        base, line, _is_rtl = self.rows[self.row_at(place)]
        within = place - base
        if any(run.start <= within <= run.end for run in line.runs):
            return x_of(line, within, self._typesetter, self._font)
        # Among characters that are not drawn: behind what is drawn last before them.
        before = max((run for run in line.runs if run.end < within), key=lambda run: run.end, default=None)
        after = min((run for run in line.runs if run.start > within), key=lambda run: run.start, default=None)
        run = before or after
        if run is None:
            return self._width if self.rows[self.row_at(place)].is_rtl and self.wraps else 0
        return _edge(run, is_end=run is before)

    def place_at(self, x: int, number: int) -> int:
        """The place nearest to x in this row."""
        row = self.rows[number]
        found = row.base + position_at(row.line, x, self._typesetter, self._font)
        found = min(max(found, row.start), row.end)
        goes_on = number + 1 < len(self.rows) and self.rows[number + 1].start == row.end
        if goes_on and found == row.end > row.start:
            return edge_before(self._text, found - 1)
        return found

    def ends_of(self, place: int) -> tuple[int, int]:
        """Where the row of a place begins and ends, as the Home and End keys have it."""
        number = self.row_at(place)
        row = self.rows[number]
        goes_on = number + 1 < len(self.rows) and self.rows[number + 1].start == row.end
        return row.start, edge_before(self._text, row.end - 1) if goes_on and row.end > row.start else row.end

    def spans(self, number: int, first: int, last: int) -> list[tuple[int, int]]:
        """The (left, right) pixels of what of a row is between two places."""
        base, line, _is_rtl = self.rows[number]
        return spans(line, first - base, last - base, self._typesetter, self._font)

    # --- laying out ---------------------------------------------------------------------------------------------------

    def _kept(self, same: int) -> list[Row]:
        """The rows that stay while so many characters do: where a row ends says the first word of the next."""
        count = max(bisect_right(self.rows, same, key=lambda row: row.start) - 2, 0)
        if not count:
            return []
        row = self.rows[count]
        first = self._text.rfind("\n", 0, row.start) + 1
        if self._is_rtl(first) == row.is_rtl:
            return self.rows[:count]
        return [row for row in self.rows[:count] if row.start < first]

    def _rest(self, kept: list[Row], before: list[Row], changed_until: int, shift: int) -> list[Row]:
        """Those rows and what follows them: the old ones, from where one begins as before behind the change."""
        place = before[len(kept)].start if kept else 0
        breaker = Breaker(self._typesetter, self._font, self._width)
        starts = {row.start + shift: number for number, row in enumerate(before) if row.start >= changed_until}
        while True:
            first = self._text.rfind("\n", 0, place) + 1
            end = self._text.find("\n", place)
            end = len(self._text) if end < 0 else end
            is_rtl = self._is_rtl(first)
            old = starts.get(place)
            if old is not None and before[old].is_rtl == is_rtl:
                kept += [row._replace(base=row.base + shift) for row in before[old:]]
                return kept
            lines = self._some(breaker, place, end, is_rtl)
            kept += [Row(place, line, is_rtl) for line in lines]
            place = kept[-1].end
            if place < end:
                continue
            if end == len(self._text):
                return kept
            place = end + 1

    def _some(self, breaker: Breaker, place: int, end: int, is_rtl: bool) -> tuple[Line, ...]:
        """Lines of a paragraph from a place on, without the last one where that is not all there is of it."""
        size = end - place if not self.wraps else max(self._width * _AT_ONCE // 100, _LEAST_AT_ONCE)
        while True:
            lines = breaker.written(self._text[place : min(place + size, end)], is_rtl=is_rtl, align=self.wraps)
            if place + size >= end:
                return lines
            if len(lines) > 1:
                return lines[:-1]
            size *= 2

    def _is_rtl(self, first: int) -> bool:
        """Whether the paragraph that begins there runs from right to left."""
        end = self._text.find("\n", first)
        return is_right_to_left(self._text[first : end if end >= 0 else len(self._text)])


def _edge(run: Run, *, is_end: bool) -> int:
    """Where a run ends, or begins, for whoever reads it."""
    return run.x + run.width if is_end != run.is_rtl else run.x


def _same_ahead(first: str, second: str) -> int:
    """With how many of the same characters both begin."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
