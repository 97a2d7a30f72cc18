"""Several messages picked at once, to be copied, passed on or deleted together."""

import tkinter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from client_app.core.timeline.timeline import Entry, EntryKind, SendState
from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.drawing.signs import Signs
from client_app.desktop.theme import mix

from .painted import Painted

if TYPE_CHECKING:
    from .widget import MessageList

SIZE, FROM_RIGHT = 16, 14
"""Of the disc that says whether a row is picked, and from the right edge to its middle."""
TINT = 0.14


class Picks:
    """Remembers rows by their keys, in no order; off while none was ever picked since it ended."""

    def __init__(self, messages: "MessageList") -> None:
        self._list = messages
        self._canvas: tkinter.Canvas = messages.canvas
        self._shapes, self._signs = Shapes(messages.canvas), Signs(messages.canvas)
        self._keys: set[str] = set()
        self._last: str | None = None
        """From where a range goes on."""
        self.is_on = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is picked, from the top."""
        return tuple(entry for entry in self._list.entries if entry.key in self._keys and _may_be_picked(entry))

    def toggle(self, entry: Entry) -> None:
        """Pick one more, or one less; the first one begins it, and without any it is over."""
        if not _may_be_picked(entry) or self._list.events.picked is None:
            return
        self._keys ^= {entry.key}
        self._last = entry.key
        self.is_on = bool(self._keys)
        self._changed()

    def begin_range(self, entry: Entry) -> None:
        """Let the next range begin here."""
        self._last = entry.key

    def reach(self, entry: Entry) -> None:
        """Pick all from the one that was picked last up to this one."""
        entries = self._list.entries
        ends = [index for index, each in enumerate(entries) if each.key in (self._last, entry.key)]
        for each in entries[min(ends) : max(ends) + 1] if ends else ():
            if _may_be_picked(each):
                self._keys.add(each.key)
        self.is_on = bool(self._keys)
        self._last = entry.key if self._last is None else self._last
        self._changed()

    def end(self) -> bool:
        """Pick nothing any more; whether anything was."""
        was_on, self.is_on, self._last = self.is_on, False, None
        self._keys.clear()
        if was_on:
            self._changed()
        return was_on

    def keep_those_in(self, entries: Sequence[Entry]) -> None:
        """Rows changed: what is not there any more, or deleted, is picked no more."""
        if self.is_on:
            before = len(self._keys)
            self._keys &= {entry.key for entry in entries if _may_be_picked(entry)}
            self.is_on = bool(self._keys)
            if len(self._keys) != before:
                self._tell()

    def paint(self) -> None:
        """Mark the rows in view."""
        self._canvas.delete("pick", "pick-ground")
        if not self.is_on:
            return
        for painted in self._list.painted.values():
            if _may_be_picked(painted.row.entry):
                self._mark(painted, is_picked=painted.row.entry.key in self._keys)
        self._canvas.tag_lower("pick-ground")

    def _mark(self, painted: Painted, *, is_picked: bool) -> None:
        look = self._list.painter.look
        px, palette = look.px, look.palette
        width, row = self._canvas.winfo_width(), painted.row
        if is_picked:
            ground = mix(palette.surface, palette.accent, TINT)
            corners = (0, painted.y, width, painted.y + row.height)
            self._canvas.create_rectangle(*corners, width=0, fill=ground, tags="pick-ground")
        x, y = width - px(FROM_RIGHT), painted.y + row.body[0].y + row.body[0].line.height // 2
        size = px(SIZE)
        disc = Pill(size, size, palette.accent) if is_picked else Pill(
            size, size, palette.text_faint, hole=palette.surface, hole_width=px(1.5)
        )  # fmt: skip
        self._canvas.create_image(x, y, image=self._shapes.image(disc), tags="pick")
        if is_picked:
            self._canvas.create_image(x, y, image=self._signs.image("check", px(11), palette.on_accent), tags="pick")

    def _changed(self) -> None:
        self._list.pointer.refresh()
        self.paint()
        self._tell()

    def _tell(self) -> None:
        if self._list.events.picked is not None:
            self._list.events.picked(self.entries)


def _may_be_picked(entry: Entry) -> bool:
    """A message that everybody has, and that I can read."""
    is_sent = entry.kind is EntryKind.MESSAGE and entry.state is SendState.SENT
    return is_sent and not entry.is_deleted and not entry.is_hidden
