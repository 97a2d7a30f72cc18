"""The bar beside the message under the pointer: signs for what is done most, and one for all the rest."""

import tkinter
from collections.abc import Sequence
from dataclasses import dataclass

from client_app.core.actions import MessageAction
from client_app.core.timeline.timeline import Entry
from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.drawing.signs import Sign, Signs
from client_app.desktop.toolkit import Look

from .painted import Painted

CELL, HEIGHT, ABOVE, RIGHT = 30, 30, 12, 20
"""Pixels at 100 %: of each sign, of the bar, how far it stands over its row, from the right edge of the list."""
SIGN, RADIUS = 16, 7
TAG = "bar"


@dataclass(frozen=True, slots=True)
class Cell:
    """One sign of the bar; without an action the one that opens the menu."""

    entry: Entry
    action: MessageAction | None
    left: int
    top: int

    @property
    def hint(self) -> str:
        """What it does, and by which key it could be done."""
        if self.action is None:
            return "More…"
        keys = f" ({self.action.key})" if self.action.key else ""
        return self.action.label + keys


class Bar:
    """On the canvas for one row at a time."""

    def __init__(self, canvas: tkinter.Canvas) -> None:
        self._canvas = canvas
        self._shapes, self._signs = Shapes(canvas), Signs(canvas)
        self._cells: tuple[Cell, ...] = ()
        self._pointed: Cell | None = None
        self._look: Look | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What is there, from the left; nothing while no bar is shown."""
        return self._cells

    def show(self, painted: Painted, offered: Sequence[MessageAction], look: Look) -> None:
        """Show what can be done with a row; nothing where nothing can be."""
        self.hide()
        if not offered:
            return
        self._look = look
        px = look.px
        actions = [*(action for action in offered if action.sign is not None), None]
        width = px(CELL) * len(actions)
        left = self._canvas.winfo_width() - px(RIGHT) - width
        top = max(painted.y - px(ABOVE), px(2))
        entry = painted.row.entry
        self._cells = tuple(Cell(entry, action, left + px(CELL) * n, top) for n, action in enumerate(actions))
        palette = look.palette
        ground = Pill(width + 2, px(HEIGHT) + 2, palette.raised, palette.border, 1, radius=px(RADIUS))
        self._canvas.create_image(left - 1, top - 1, image=self._shapes.image(ground), anchor="nw", tags=TAG)
        self._paint_signs()

    def hide(self) -> None:
        """Take it away."""
        self._cells, self._pointed = (), None
        self._canvas.delete(TAG, "bar-sign")

    def at(self, x: int, y: int) -> Cell | None:
        """The sign at a point of the canvas."""
        if self._look is None:
            return None
        size, height = self._look.px(CELL), self._look.px(HEIGHT)
        for cell in self._cells:
            if cell.left <= x < cell.left + size and cell.top <= y < cell.top + height:
                return cell
        return None

    def point(self, cell: Cell | None) -> None:
        """The pointer is on this sign now."""
        if cell != self._pointed:
            self._pointed = cell
            self._paint_signs()

    def _paint_signs(self) -> None:
        assert self._look is not None
        px, palette = self._look.px, self._look.palette
        self._canvas.delete("bar-sign")
        for cell in self._cells:
            is_pointed = cell == self._pointed
            middle = cell.left + px(CELL) // 2, cell.top + px(HEIGHT) // 2
            if is_pointed:
                size = px(CELL) - px(4)
                ground = self._shapes.image(Pill(size, size, palette.selected, radius=px(RADIUS - 2)))
                self._canvas.create_image(*middle, image=ground, tags="bar-sign")
            name: Sign = "more" if cell.action is None or cell.action.sign is None else cell.action.sign
            color = palette.text if is_pointed else palette.text_muted
            self._canvas.create_image(*middle, image=self._signs.image(name, px(SIGN), color), tags="bar-sign")
