"""The mouse on boxes of code and tables: they scroll to the side, and a button copies what is in them."""

import sys
import tkinter
from typing import TYPE_CHECKING

from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.toolkit import Root

from .ornaments import INSET, Box
from .painted import Painted

if TYPE_CHECKING:
    from .widget import MessageList

COPY, COPIED = "Copy", "Copied"
_TAG = "box-button"
_NOTCH = 6
"""Characters that one notch of the wheel goes."""
_THUMB_ROOM = 12
"""Pixels at 100 % at the lower edge of a box, in which its thumb is held."""
_ABOVE, _HEIGHT = 22, 20
"""At 100 %: so far below a row's top the bar of signs reaches; how high the button is."""


class BoxControl:
    """Acts on the box under the pointer. The pointer asks it first."""

    def __init__(self, messages: "MessageList") -> None:
        self._list = messages
        self._canvas = messages.canvas
        self._shapes = Shapes(messages.canvas)
        self._button: tuple[int, int, int, int] | None = None
        """Where the button is: left, top, right, bottom."""
        self._code = ""
        self._said = COPY
        self._held: tuple[Painted, Box] | None = None
        """The box whose thumb is dragged."""
        self._pressed_button = False
        self._bind_wheel()

    def _bind_wheel(self) -> None:
        canvas = self._canvas
        canvas.bind("<Shift-Button-4>", lambda event: self._on_wheel(event, -1))
        canvas.bind("<Shift-Button-5>", lambda event: self._on_wheel(event, 1))
        step = 1 if sys.platform == "darwin" else 120
        canvas.bind("<Shift-MouseWheel>", lambda event: self._on_wheel(event, -event.delta / step))

    # --- what is seen -------------------------------------------------------------------------------------------------

    def point(self, painted: Painted | None, box: Box | None) -> None:
        """The pointer is on this box now, or on none."""
        self._canvas.delete(_TAG)
        self._button = None
        if painted is None or box is None or not box.code:
            self._said, self._code = COPY, ""
            return
        if box.code != self._code:
            self._said, self._code = COPY, box.code
        self._paint(painted, box)

    def _paint(self, painted: Painted, box: Box) -> None:
        look = self._list.painter.look
        px, palette = look.px, look.palette
        width = self._list.typesetter.text_width("small_bold", COPIED) + px(16)
        right = painted.row.text_x + box.x + box.width - px(INSET // 2)
        top = max(painted.y + box.y + px(INSET // 2), painted.y + px(_ABOVE))
        self._button = (right - width, top, right, top + px(_HEIGHT))
        ground = self._shapes.image(Pill(width, px(_HEIGHT), palette.raised, palette.border, 1, radius=px(5)))
        self._canvas.create_image(right - width, top, image=ground, anchor="nw", tags=_TAG)
        self._canvas.create_text(
            right - width // 2, top + px(_HEIGHT) // 2, text=self._said, font=Root.font_name("small_bold"),
            fill=palette.text_muted if self._said == COPY else palette.online, tags=_TAG,
        )  # fmt: skip

    def is_on_button(self, x: int, y: int) -> bool:
        """Whether the button is there."""
        if self._button is None:
            return False
        left, top, right, bottom = self._button
        return left <= x < right and top <= y < bottom

    # --- what is done -------------------------------------------------------------------------------------------------

    def press(self, x: int, y: int) -> bool:
        """The mouse was pressed; whether that was on a button or a thumb."""
        self._held = self._thumb_at(x, y)
        self._pressed_button = self.is_on_button(x, y)
        self.drag(x)
        return self._held is not None or self._pressed_button

    def drag(self, x: int) -> bool:
        """The mouse is dragged; whether a thumb goes with it."""
        if self._held is not None:
            painted, box = self._held
            column = box.column_at(x - painted.row.text_x, self._list.painter.look.px(INSET))
            self._scroll(painted, box, column)
        return self._held is not None or self._pressed_button

    def release(self, x: int, y: int) -> bool:
        """The mouse was let go; whether what was pressed was ours."""
        was_held, self._held = self._held is not None, None
        was_pressed, self._pressed_button = self._pressed_button, False
        if was_pressed and self.is_on_button(x, y):
            self._list.clipboard.copy_text(self._code)
            self._said = COPIED
            self._list.pointer.refresh()
        return was_held or was_pressed

    def _on_wheel(self, event: "tkinter.Event[tkinter.Misc]", notches: float) -> str:
        found = self._box_at(event.x, event.y)
        if found is not None:
            painted, box = found
            self._scroll(painted, box, box.column + round(notches * _NOTCH))
        return "break"

    def _scroll(self, painted: Painted, box: Box, column: int) -> None:
        column = min(max(column, 0), box.overflow)
        if self._list.rows.scroll_box(painted.row.entry, box.number, column):
            self._list.refresh()

    def _thumb_at(self, x: int, y: int) -> tuple[Painted, Box] | None:
        found = self._box_at(x, y)
        if found is None or not found[1].overflow:
            return None
        painted, box = found
        bottom = painted.y + box.y + box.height
        return found if y >= bottom - self._list.painter.look.px(_THUMB_ROOM) else None

    def _box_at(self, x: int, y: int) -> tuple[Painted, Box] | None:
        for painted in self._list.painted.values():
            for box in painted.row.boxes:
                if box.holds(x - painted.row.text_x, y - painted.y):
                    return painted, box
        return None
