"""Boxes within a message, for code and tables: lines of one height that scroll to the side instead of being broken."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from msgspec import structs

from client_app.core.markdown import CodeBlock, Span, Table
from client_app.desktop.text import Breaker, Line, Run, Typesetter
from client_app.desktop.text.passages import Passage

from .code_lines import Colored, Colors, clipped
from .ornaments import Box
from .row import Placed
from .spans import Writer

_FONT, _HEAD_FONT = "mono", "mono_bold"
PADDING, TOP, THUMB, LABEL = 10, 6, 8, 16
"""At 100 %: beside the lines, above and below them, room for the thumb, and for the language's name."""
_BETWEEN_CELLS = 3
"""Columns."""


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
        colors = Colors(self._colored(block.language, text))
        lines, offset = [], 0
        for start, end in block.lines or ((block.end, block.end),):
            lines.append(colors.line(self._breaker, text[offset : offset + end - start], start, offset))
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
