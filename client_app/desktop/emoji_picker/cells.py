"""What the picker shows, line by line: headings, and rows of emoji, at places that are known before they are drawn."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from client_app.core.writing.emoji import find, find_named, offered
from shared.emoji import groups
from shared.types import Emoji

COLUMNS = 9
CELL, HEADING = 38, 28
"""Pixels at 100 %: the side of a cell, the height of a heading."""
HOUSE = "This server"
RECENT = "Used of late"
FOUND = "Found"


@dataclass(frozen=True, slots=True)
class Section:
    """Emoji below a heading."""

    title: str
    emoji: tuple[Emoji, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A heading, or a row of emoji of which the first has this index among all."""

    top: int
    height: int
    title: str = ""
    first: int = 0
    emoji: tuple[Emoji, ...] = ()


class Cells:
    """Sections laid out; `px` turns pixels at 100 % into those of the screen."""

    def __init__(self, sections: Sequence[Section], cell: int, heading: int) -> None:
        self.cell = cell
        self.lines: list[Line] = []
        self.every: list[Emoji] = []
        self.tops: dict[str, int] = {}
        """Where each section begins."""
        self.firsts: list[int] = []
        """The index of the first emoji of each section."""
        top = 0
        for section in sections:
            self.tops[section.title] = top
            self.firsts.append(len(self.every))
            self.lines.append(Line(top, heading, section.title))
            top += heading
            for start in range(0, len(section.emoji), COLUMNS):
                row = section.emoji[start : start + COLUMNS]
                self.lines.append(Line(top, cell, first=len(self.every) + start, emoji=row))
                top += cell
            self.every += section.emoji
        self.height = top
        self._starts = [line.top for line in self.lines]
        self._rows = [line for line in self.lines if line.emoji]
        self._row_firsts = [row.first for row in self._rows]

    def seen(self, top: int, bottom: int) -> list[Line]:
        """The lines between two heights."""
        first = max(bisect_right(self._starts, top) - 1, 0)
        return self.lines[first : bisect_right(self._starts, bottom)]

    def row_of(self, index: int) -> Line:
        """The row in which an emoji stands."""
        return self._rows[bisect_right(self._row_firsts, index) - 1]

    def index_at(self, x: int, y: int) -> int | None:
        """The emoji at a point; None between them and on headings."""
        line = next((each for each in self.seen(y, y) if each.top <= y < each.top + each.height), None)
        column = x // self.cell
        return line.first + column if line is not None and 0 <= column < len(line.emoji) else None

    def moved(self, index: int, columns: int, rows: int) -> int:
        """The emoji so many to the right and so many rows below; the nearest where there is none."""
        if rows:
            number = self._rows.index(self.row_of(index))
            row = self._rows[min(max(number + rows, 0), len(self._rows) - 1)]
            column = index - self._rows[number].first
            return index if row is self._rows[number] else row.first + min(column, len(row.emoji) - 1)
        return min(max(index + columns, 0), len(self.every) - 1)

    def section_at(self, y: int) -> str:
        """The section in which a height lies."""
        return max((title for title in self.tops if self.tops[title] <= y), key=self.tops.__getitem__, default="")


def sections(words: str, recent: Sequence[Emoji], tone: int, names: Sequence[Emoji] = ()) -> list[Section]:
    """What is found for these words; all that there is where none are typed. `names` are the emoji of the house."""
    if words.strip():
        found = (*find_named(words, names), *(kind.toned(tone) for kind in find(words)))
        return [Section(FOUND, found)] if found else []
    named = [Section(title, tuple(kind.toned(tone) for kind in kinds)) for title, kinds in groups().items()]
    own = [Section(HOUSE, tuple(names))] if names else []
    return [*own, Section(RECENT, offered(recent, names)), *named]
