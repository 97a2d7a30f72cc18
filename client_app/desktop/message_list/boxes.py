"""Boxes within a message, for code and tables: lines of one height that scroll to the side instead of being broken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from client_app.core.markdown import CodeBlock, Span, Table
from client_app.desktop.text import Breaker, Line, Run, Typesetter
from client_app.desktop.text.faces import Face
from client_app.desktop.text.passages import Passage, Stretch
from client_app.desktop.text.pieces import Kind

from .ornaments import Box
from .row import Placed
from .spans import Writer

_FONT, _HEAD_FONT = "mono", "mono_bold"
PADDING, TOP, THUMB, LABEL = 10, 6, 8, 16
"""At 100 %: beside the lines, above and below them, room for the thumb, and for the language's name."""
_BETWEEN_CELLS = 3
"""Columns."""

Colored = Callable[[str, str], Sequence[tuple[int, int, str]]]
"""Start, end and colour of what is not written in the usual colour, by language and code."""


class BoxMaker:
    """Lays out boxes."""

    def __init__(
        self,
        typesetter: Typesetter,
        px: Callable[[float], int],
        colored: Colored,
        scrolled: Callable[[int], int],
    ) -> None:
        """`scrolled` is how far a box of the message is scrolled, in characters, by its number."""
        self._typesetter, self._px, self._colored, self._scrolled = typesetter, px, colored, scrolled
        self._breaker = Breaker(typesetter, _FONT, 1)
        self._count = 0

    def code(self, source: str, block: CodeBlock, at: tuple[int, int], room: int) -> tuple[Box, list[Placed]]:
        """A block of code, as high as its lines."""
        text = "\n".join(source[start:end] for start, end in block.lines)
        colors = _Colors(self._colored(block.language, text))
        lines, offset = [], 0
        for start, end in block.lines or ((block.end, block.end),):
            stretches = (
                Stretch(start + first - offset, text[first:last], Face(_FONT, color))
                for first, last, color in colors.between(offset, offset + end - start)
            )
            lines.append(self._breaker.unbroken(Passage(start, end, tuple(stretches))))
            offset += end - start + 1
        box, placed = self._box(lines, at, room, LABEL if block.language else 0)
        return replace(box, start=block.start, end=block.end, language=block.language, code=text), placed

    def table(self, table: Table, writer: Writer, at: tuple[int, int], room: int) -> tuple[Box, list[Placed]]:
        """A table, its columns aligned."""
        column = self._typesetter.text_width(_FONT, "0")
        cells = [
            [self._cell(writer, cell, _FONT if number else _HEAD_FONT) for cell in row]
            for number, row in enumerate(table.rows)
        ]
        widths = [
            max(-(-each.width // column) * column for each in column_cells) for column_cells in zip(*cells, strict=True)
        ]
        lines = [
            _row(row, widths, table.aligns, start, column * _BETWEEN_CELLS)
            for row, start in zip(cells, table.starts, strict=True)
        ]
        content = max(line.width for line in lines) + 2 * self._px(PADDING)
        box, placed = self._box(lines, at, min(content, room), 0)
        head_y = placed[0].y + placed[0].line.height
        return replace(box, start=table.starts[0][0], end=table.starts[-1][1], head_y=head_y), placed

    def _cell(self, writer: Writer, spans: tuple[Span, ...], font: str) -> Line:
        passages = writer.passages(spans, font)
        return self._breaker.unbroken(passages[0] if passages else Passage(0, 0, ()))

    def _box(self, lines: list[Line], at: tuple[int, int], width: int, label: int) -> tuple[Box, list[Placed]]:
        self._count += 1
        x, y = at
        padding, column = self._px(PADDING), self._typesetter.text_width(_FONT, "0")
        room = max(width - 2 * padding, column)
        overflow = max(-(-(max(line.width for line in lines) - room) // column), 0)
        scrolled = min(self._scrolled(self._count), overflow)
        left = scrolled * column
        bottom, placed = y + self._px(TOP) + self._px(label), []
        for line in lines:
            seen = clipped(line, left, left + room, column) if overflow else line
            placed.append(Placed(bottom, seen, x + padding, _FONT))
            bottom += line.height
        bottom += self._px(TOP) + (self._px(THUMB) if overflow else 0)
        return Box(self._count, x, y, width, bottom - y, scrolled, overflow, column), placed


class _Colors:
    """Hands out the coloured parts of a code, and what is between them, line by line."""

    def __init__(self, parts: Sequence[tuple[int, int, str]]) -> None:
        self._parts = parts
        self._next = 0

    def between(self, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """Start, end and colour of everything from `first` to `last`; later calls ask for what comes later."""
        while first < last:
            while self._next < len(self._parts) and self._parts[self._next][1] <= first:
                self._next += 1
            start, end, color = self._parts[self._next] if self._next < len(self._parts) else (last, last, "")
            if first < start:
                end, color = start, ""
            yield first, min(end, last), color
            first = min(end, last)


def _row(cells: Sequence[Line], widths: Sequence[int], aligns: Sequence[str], place: tuple[int, int], gap: int) -> Line:
    runs: list[Run] = []
    x = 0
    for cell, width, align in zip(cells, widths, aligns, strict=True):
        spare = width - cell.width
        shift = x + {"right": spare, "center": spare // 2}.get(align, 0)
        runs += [structs.replace(run, x=run.x + shift) for run in cell.runs]
        x += width + gap
    first = cells[0]
    return Line(place[0], place[1], x - gap, tuple(runs), first.baseline, first.height)


def clipped(line: Line, left: int, right: int, column: int) -> Line:
    """What is seen of a line between two edges, moved to the left one; words are cut between their letters."""
    runs = []
    for run in line.runs:
        if run.x >= right or run.x + run.width <= left:
            continue
        if run.x >= left and run.x + run.width <= right:
            runs.append(structs.replace(run, x=run.x - left))
        elif run.kind is Kind.WORD and not run.span and run.text.isascii():
            first = max(-(-(left - run.x) // column), 0)
            last = min((right - run.x) // column, len(run.text))
            if first < last:
                x = run.x + first * column - left
                width = (last - first) * column
                runs.append(structs.replace(run, text=run.text[first:last], start=run.start + first, x=x, width=width))
    return replace(line, width=min(line.width, right) - left, runs=tuple(runs))
