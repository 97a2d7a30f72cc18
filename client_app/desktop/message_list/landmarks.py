"""Draws what stands between messages: the beginning of all, days, and where the unread ones begin."""

import tkinter
from typing import Literal

from client_app.core.timeline.timeline import EntryKind
from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.drawing.signs import Signs
from client_app.desktop.people.avatars import Avatars
from client_app.desktop.text import Ink, Typesetter
from client_app.desktop.toolkit import Look, Root

from .painted import Painted
from .row import RIGHT_MARGIN


class LandmarkPainter:
    """Draws rows that are no messages."""

    def __init__(
        self, canvas: tkinter.Canvas, typesetter: Typesetter, avatars: Avatars, shapes: Shapes, signs: Signs
    ) -> None:
        self._canvas = canvas
        self._typesetter = typesetter
        self._avatars = avatars
        self._shapes = shapes
        self._signs = signs

    def paint(self, painted: Painted, width: int, look: Look) -> None:
        """Draw such a row with its top at `painted.y`."""
        if painted.row.entry.kind is EntryKind.BEGINNING:
            self._beginning(painted, look)
        else:
            self._rule(painted, width, look)

    def _beginning(self, painted: Painted, look: Look) -> None:
        row, y, tag = painted.row, painted.y, painted.tag
        assert row.head is not None
        x, top, size = row.text_x, y + look.px(28), look.px(60)
        middle = size // 2
        said = row.introduction
        if said is not None and said.user_id is not None:
            picture = self._avatars.image(said.user_id, said.name, size, look.palette)
        else:
            picture = self._shapes.image(Pill(size, size, look.palette.selected))
        painted.images.append(picture)
        self._canvas.create_image(x, top, image=picture, anchor="nw", tags=tag)
        if said is not None and said.sign is not None:
            sign = self._signs.image(said.sign, look.px(30), look.palette.accent)
            self._canvas.create_image(x + middle, top + middle, image=sign, tags=tag)
        elif said is None or said.user_id is None:
            self._text(x + middle, top + middle, "#", Ink("hero", look.palette.accent, tag), "center")
        heading = Ink("heading", look.palette.text, tag)
        painted.images += self._typesetter.draw(self._canvas, row.head, (x, y + row.head_y), heading)
        muted = Ink("body", look.palette.text_muted, tag)
        for placed in row.note:
            painted.images += self._typesetter.draw(self._canvas, placed.line, (x, y + placed.y), muted)

    def _rule(self, painted: Painted, width: int, look: Look) -> None:
        """A line across, with a date in its middle or “New” at its end."""
        row, px = painted.row, look.px
        palette, tag = look.palette, painted.tag
        is_day = row.entry.kind is EntryKind.DAY
        y = painted.y + row.height // 2
        left, right = px(16), width - px(RIGHT_MARGIN - 8)
        color = palette.border if is_day else palette.unread_line
        if is_day:
            half = self._typesetter.text_width("small_bold", row.entry.text) // 2 + px(10)
            middle = (left + right) // 2
            self._canvas.create_line(left, y, middle - half, y, fill=color, width=px(1), tags=tag)
            self._canvas.create_line(middle + half, y, right, y, fill=color, width=px(1), tags=tag)
            self._text(middle, y, row.entry.text, Ink("small_bold", palette.text_faint, painted.tag), "center")
        else:
            start = right - self._typesetter.text_width("small_bold", "New") - px(8)
            self._canvas.create_line(left, y, start, y, fill=color, width=px(1), tags=tag)
            self._text(right, y, "New", Ink("small_bold", palette.accent, painted.tag), "e")

    def _text(self, x: float, y: float, text: str, ink: Ink, anchor: Literal["center", "e"]) -> None:
        """Plain text of our own."""
        font = Root.font_name(ink.font)
        self._canvas.create_text(x, y, text=text, font=font, fill=ink.color, tags=ink.tag, anchor=anchor)
