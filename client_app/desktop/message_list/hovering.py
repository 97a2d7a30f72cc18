"""What the pointer shows on a row: a tint, the time of a grouped message, the bar, a hint, another cursor."""

import tkinter
from typing import TYPE_CHECKING

from client_app.core.timeline.timeline import EntryKind
from client_app.desktop.text import Ink
from client_app.desktop.toolkit import Tooltip

from .bar import Bar
from .box_control import BoxControl
from .hits import Hit
from .painted import Painted

if TYPE_CHECKING:
    from .widget import MessageList


class Hovering:
    """Follows the pointer; `refresh` when the rows below it moved."""

    def __init__(self, messages: "MessageList") -> None:
        self._list = messages
        self._canvas: tkinter.Canvas = messages.canvas
        self.bar = Bar(messages.canvas)
        self.boxes = BoxControl(messages)
        self._row: str | None = None
        """The tag of the row that is tinted; empty for none."""
        self._tooltip = Tooltip(self._canvas, follows=False)

    @property
    def hint(self) -> str:
        """What is told of the place where the pointer rests."""
        return self._tooltip.text

    def forget(self) -> None:
        """The rows under the pointer moved."""
        self._row = None

    def show(self, at: tuple[int, int] | None, found: Painted | None, here: Hit | None) -> None:
        """The pointer is there, on this row and this part of it; None outside, or while something is dragged."""
        cell = self.bar.at(*at) if at is not None and self._row is not None else None
        if cell is None:
            self._show_row(found)
            cell = self.bar.at(*at) if at is not None else None
        self.bar.point(cell)
        self._list.painter.pictures.point(found, here.picture if here is not None and cell is None else None)
        self._show_hint(at, cell.hint if cell is not None else here.hint if here is not None else "")
        self.boxes.point(found, here.box if here is not None and cell is None else None)
        cursor = ""
        if cell is not None or (at is not None and self.boxes.is_on_button(*at)):
            cursor = "hand2"
        elif here is not None:
            cursor = "hand2" if here.is_clickable else "xterm" if here.is_text else ""
        if cursor != str(self._canvas.cget("cursor")):
            self._canvas.configure(cursor=cursor)

    def _show_row(self, found: Painted | None) -> None:
        is_message = found is not None and found.row.entry.kind is EntryKind.MESSAGE
        wanted = found.tag if found is not None and is_message else ""
        if wanted == self._row:
            return
        self._row = wanted
        self._canvas.delete("hover", "hover-time")
        self.bar.hide()
        if found is not None and is_message:
            self._tint(found)
            if not self._list.picks.is_on:
                self.bar.show(found, self._list.events.offers(found.row.entry), self._list.painter.look)

    def _show_hint(self, at: tuple[int, int] | None, hint: str) -> None:
        """Tell something in a few words, once the pointer has rested."""
        if hint == self._tooltip.text:
            return
        x, y = at or (0, 0)
        self._tooltip.show_at(self._canvas.winfo_rootx() + x, self._canvas.winfo_rooty() + y + 20, hint)

    def _tint(self, painted: Painted) -> None:
        row, painter = painted.row, self._list.painter
        look = painter.look
        corners = (0, painted.y, self._canvas.winfo_width(), painted.y + row.height)
        self._canvas.create_rectangle(*corners, width=0, fill=look.palette.hover, tags="hover")
        self._canvas.tag_lower("hover")
        if (row.entry.is_grouped and row.head is None and not row.entry.is_hidden) or row.is_action:
            y = painted.y + row.body[0].y + row.body[0].line.height // 2
            x = row.text_x - look.px(28)
            painter.text(x, y, row.time, Ink("small", look.palette.text_faint, "hover-time"), "e")
