"""The message on which the keyboard is: a ring around its row, which moves and scrolls with the arrows."""

import tkinter
from typing import TYPE_CHECKING

from client_app.core.timeline.timeline import Entry, EntryKind

if TYPE_CHECKING:
    from .widget import MessageList

TAG = "cursor"
STEP = 4 / 5
"""The part of the view by which a message that is higher than the view is scrolled."""


class RowCursor:
    """Shown only while the keyboard is in the list and was used there; remembered by the row's key."""

    def __init__(self, messages: "MessageList") -> None:
        self._list = messages
        self._canvas: tkinter.Canvas = messages.canvas
        self._key: str | None = None
        self.is_shown = False

    @property
    def index(self) -> int | None:
        """The row; None while it is not shown, or where its row is not there any more."""
        if not self.is_shown or self._key is None:
            return None
        entries = self._list.entries
        near = [index for index in self._list.painted if entries[index].key == self._key]
        return near[0] if near else next((i for i, entry in enumerate(entries) if entry.key == self._key), None)

    @property
    def key(self) -> str | None:
        """The row where it is, or was last."""
        return self._key

    @property
    def entry(self) -> Entry | None:
        """The message; None while it is on none."""
        index = self.index
        return None if index is None else self._list.entries[index]

    def show(self) -> None:
        """Be on the message where it was, if that is in view, else on the lowest one in view."""
        self.is_shown = True
        index = self.index
        if index is None or index not in self._list.painted:
            self._key = next((self._list.entries[i].key for i in sorted(self._in_view(), reverse=True)), None)
        self.paint()

    def hide(self) -> None:
        """The keyboard is somewhere else, or the pointer is used instead."""
        self.is_shown = False
        self.paint()

    def move(self, step: int) -> None:
        """To the next message (1) or the one before (-1); through a message that is higher than the view first."""
        index = self.index
        if index is None:
            self.show()
            return
        if self._scrolled_within(index, step):
            return
        entries, index = self._list.entries, index + step
        while 0 <= index < len(entries) and not self._may_be_on(index):
            index += step
        if 0 <= index < len(entries):
            self.put_on(index, from_below=step < 0)
        else:
            self._list.scroll(step * self._list.viewport.height)

    def put_on(self, index: int, *, from_below: bool = False) -> None:
        """Be on this row, and bring it into view; of one that is higher than the view, where one comes from."""
        self._key = self._list.entries[index].key
        self.is_shown = True
        self._list.reveal_row(index, from_below=from_below)
        self.paint()

    def follow_view(self, step: int) -> None:
        """The view was scrolled by the keyboard: be on its highest (-1) or lowest (1) message."""
        seen = sorted(self._in_view(), reverse=step > 0)
        if seen:
            self._key, self.is_shown = self._list.entries[seen[0]].key, True
        self.paint()

    def paint(self) -> None:
        """Draw the ring where its row is now."""
        self._canvas.delete(TAG)
        index = self.index
        painted = None if index is None else self._list.painted.get(index)
        self._list.painter.pictures.focus(painted)
        if painted is None:
            return
        look = self._list.painter.look
        left, right = look.px(3), self._canvas.winfo_width() - look.px(4)
        corners = (left, painted.y + 1, right, painted.y + painted.row.height - 1)
        self._canvas.create_rectangle(*corners, width=look.px(2), outline=look.palette.focus, tags=TAG)

    def _scrolled_within(self, index: int, step: int) -> bool:
        """Whether there is more of this message beyond the edge, which is shown first."""
        painted, height = self._list.painted.get(index), self._list.viewport.height
        if painted is None:
            return False
        beyond = -painted.y if step < 0 else painted.y + painted.row.height - height
        if beyond <= 0 or painted.row.height <= height:
            return False
        self._list.scroll_pixels(step * min(beyond, round(height * STEP)))
        return True

    def _in_view(self) -> list[int]:
        """The messages of which a good part is in view."""
        height = self._list.viewport.height
        found = []
        for index, painted in self._list.painted.items():
            middle = painted.y + painted.row.height // 2
            is_in_view = 0 <= middle < height or (painted.y <= 0 and painted.y + painted.row.height >= height)
            if is_in_view and self._may_be_on(index):
                found.append(index)
        return found

    def _may_be_on(self, index: int) -> bool:
        entry = self._list.entries[index]
        return entry.kind is EntryKind.MESSAGE and self._list.height_of(index) > 0
