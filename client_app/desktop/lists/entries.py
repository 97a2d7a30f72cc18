"""Draws the rows that have more to say: a title with a note at its right, and lines of detail below."""

import tkinter
from typing import Protocol

from client_app.core.world.presence import Presence
from client_app.desktop.text import Breaker, Ink, Line, Typesetter
from client_app.desktop.toolkit import Look

from .painted import MARGIN, PaintedRow
from .rows import EntryRow

_TOP, _BOTTOM = 8, 9
_PADDING = 12
_DISC_ROOM = 44
_GAP = 12
_MOST_REMEMBERED = 5000
"""Broken texts: a page of the log has fifty."""


Shown = tuple[int, str, Presence | None]
"""Whose disc is drawn: id, name, and how they look."""


class Brush(Protocol):
    """What it needs of the painter of all rows."""

    @property
    def look(self) -> Look:
        """The current look."""

    def ground(self, painted: PaintedRow, box: tuple[int, int, int]) -> str:
        """Draw what lies under a row, and say what colour that is."""

    def disc(self, painted: PaintedRow, person: Shown, x: int, middle: int, ground: str) -> None:
        """Draw somebody's disc: id, name, presence."""


class EntryPainter:
    """Draws entries, and knows how high each is in a list of a certain width."""

    def __init__(self, canvas: tkinter.Canvas, typesetter: Typesetter, brush: Brush) -> None:
        self._canvas, self._typesetter, self._brush = canvas, typesetter, brush
        self._broken: dict[tuple[str, int, int], tuple[Line, ...]] = {}

    def look_changed(self) -> None:
        """Forget what was broken at another size."""
        self._broken.clear()

    def height(self, row: EntryRow, width: int) -> int:
        """Pixels of this screen, in a list so wide."""
        px, typesetter = self._brush.look.px, self._typesetter
        title = px(_TOP + _BOTTOM) + typesetter.line_height("row_bold")
        if not row.detail:
            return max(title, px(44))
        count = 1 if row.lines == 1 else min(len(self._detail(row, self._room(row, width))), row.lines)
        least = px(52) if row.avatar is not None else 0
        return max(title + count * typesetter.line_height("small") + px(1), least)

    def paint(self, painted: PaintedRow, row: EntryRow, box: tuple[int, int, int]) -> None:
        """Draw a row into a box of (top, width, height)."""
        y, width, height = box
        look, state = self._brush.look, painted.state
        ground = self._brush.ground(painted, box)
        left, right = look.px(MARGIN + _PADDING), width - look.px(MARGIN + _PADDING)
        if row.avatar is not None:
            person = (row.avatar, row.avatar_name or row.title, row.presence)
            middle = y + (height // 2 if row.lines == 1 else look.px(_TOP + 18))
            self._brush.disc(painted, person, left, middle, ground)
            left += look.px(_DISC_ROOM)
        top = y + look.px(_TOP) if row.detail else y + (height - self._typesetter.line_height("row_bold")) // 2
        edge = self._note(painted, row, right, top)
        strong = "row" if row.is_plain else "row_bold"
        faded = row.is_muted and not state.is_selected
        title = self._breaker(strong, edge - left).single(row.title)
        painted.is_cut = _is_cut(title, row.title)
        self._draw(painted, title, (left, top), strong, look.palette.text_muted if faded else look.palette.text)
        top += self._typesetter.line_height("row_bold") + look.px(1)
        if row.detail:
            self._lines(painted, row, (left, top), self._room(row, width))

    def _lines(self, painted: PaintedRow, row: EntryRow, origin: tuple[int, int], room: int) -> None:
        x, y = origin
        color = self._brush.look.palette.text_faint if row.is_muted else self._brush.look.palette.text_muted
        if row.lines == 1:
            line = self._breaker("small", room).single(row.detail)
            painted.is_cut |= _is_cut(line, row.detail)
            self._draw(painted, line, (x, y), "small", color)
            return
        broken = self._detail(row, room)
        shown = list(broken[: row.lines])
        if len(broken) > row.lines:
            painted.is_cut = True
            shown[-1] = self._breaker("small", room).single(row.detail[shown[-1].start :])
        for line in shown:
            self._draw(painted, line, (x, y), "small", color)
            y += self._typesetter.line_height("small")

    def _note(self, painted: PaintedRow, row: EntryRow, right: int, top: int) -> int:
        """The words at the right; returns where the title has to end."""
        if not row.note:
            return right
        look = self._brush.look
        line = self._breaker("small", max(right // 2, 1)).single(row.note)
        drop = (self._typesetter.line_height("row_bold") - line.height) // 2
        color = getattr(look.palette, row.note_tone)
        self._draw(painted, line, (right - line.width, top + drop), "small", color)
        return right - line.width - look.px(_GAP)

    def _draw(self, painted: PaintedRow, line: Line, origin: tuple[int, int], font: str, color: str) -> None:
        painted.images += self._typesetter.draw(self._canvas, line, origin, Ink(font, color, painted.tag))

    def _detail(self, row: EntryRow, room: int) -> tuple[Line, ...]:
        key = (row.detail, room, row.lines)
        if key not in self._broken:
            if len(self._broken) >= _MOST_REMEMBERED:
                self._broken.clear()
            self._broken[key] = self._breaker("small", room).lines(row.detail)
        return self._broken[key]

    def _room(self, row: EntryRow, width: int) -> int:
        px = self._brush.look.px
        return width - 2 * px(MARGIN + _PADDING) - (px(_DISC_ROOM) if row.avatar is not None else 0)

    def _breaker(self, font: str, room: int) -> Breaker:
        return Breaker(self._typesetter, font, room)


def _is_cut(line: Line, text: str) -> bool:
    return bool(line.runs) and line.runs[-1].text.endswith("…") and not text.endswith("…")
