"""What is drawn beside and behind formatted text: bars, bullets, lines across, boxes."""

import tkinter
from dataclasses import dataclass
from typing import assert_never

from client_app.desktop.text import Ink, Typesetter
from client_app.desktop.theme import Palette, mix
from client_app.desktop.toolkit import Look, Root

INSET = 8
"""From a box's edges to its thumb and to its language's name."""
_THUMB = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """Beside what is quoted; measured from the row's text and its top, as all of these."""

    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Bullet:
    """The sign before an item of a list, or its number."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Across:
    """A line from one side to the other."""

    x: int
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class Box:
    """Behind code or a table."""

    number: int
    """Of all boxes of the message, from 1."""
    x: int
    y: int
    width: int
    height: int
    column: int
    """How far it is scrolled to the side, in characters."""
    overflow: int
    """How far it can be scrolled."""
    column_width: int
    start: int = 0
    end: int = 0
    """What it is of the source."""
    language: str = ""
    code: str = ""
    """What its button copies; empty for a table, which has none."""
    head_y: int = 0
    """Where a line is drawn below a table's head; 0 for none."""

    def holds(self, x: int, y: int) -> bool:
        """Whether this point, measured from the row's text and its top, is on it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height

    def thumb(self, inset: int) -> tuple[int, int]:
        """Left and right end of the thumb below its lines."""
        room = self.width - 2 * inset
        seen = room // self.column_width
        length = max(room * seen // max(seen + self.overflow, 1), 3 * inset)
        left = self.x + inset + (room - length) * self.column // max(self.overflow, 1)
        return left, left + length

    def column_at(self, x: int, inset: int) -> int:
        """How far it is scrolled where the middle of its thumb is there."""
        left, right = self.thumb(inset)
        way = self.width - 2 * inset - (right - left)
        share = (x - self.x - inset - (right - left) / 2) / max(way, 1)
        return round(min(max(share, 0.0), 1.0) * self.overflow)


Ornament = Bar | Bullet | Across | Box


def code_ground(palette: Palette) -> str:
    """Behind code, within a line and in a box."""
    return palette.sidebar


def cover(palette: Palette) -> str:
    """Over a spoiler that nobody has uncovered."""
    return mix(palette.surface, palette.text, 0.45)


class OrnamentPainter:
    """Draws them onto the list's canvas; what has the tag “ground” belongs below what is selected of the text."""

    def __init__(self, canvas: tkinter.Canvas, typesetter: Typesetter) -> None:
        self._canvas, self._typesetter = canvas, typesetter

    def paint(self, ornaments: tuple[Ornament, ...], origin: tuple[int, int], tag: str, look: Look) -> None:
        """Draw all of a row, its text's left edge and its top being at `origin`."""
        x, y = origin
        for each in ornaments:
            match each:
                case Bar():
                    corners = (x + each.x, y + each.y, x + each.x + look.px(3), y + each.y + each.height)
                    self._canvas.create_rectangle(*corners, width=0, fill=look.palette.scrollbar_hover, tags=tag)
                case Bullet():
                    ink = Ink("body", look.palette.text_muted, tag)
                    self._typesetter.write(self._canvas, each.text, (x + each.x, y + each.y), ink)
                case Across():
                    line = (x + each.x, y + each.y, x + each.x + each.width, y + each.y)
                    self._canvas.create_line(line, fill=look.palette.scrollbar, width=look.px(1), tags=tag)
                case Box():
                    self._box(each, (x, y), tag, look)
                case _:
                    assert_never(each)

    def _box(self, box: Box, origin: tuple[int, int], tag: str, look: Look) -> None:
        palette, px, canvas = look.palette, look.px, self._canvas
        x, y = origin[0] + box.x, origin[1] + box.y
        canvas.create_rectangle(
            x, y, x + box.width - 1, y + box.height - 1, width=px(1), outline=palette.border,
            fill=code_ground(palette), tags=(tag, "ground"),
        )  # fmt: skip
        if box.language:
            font = Root.font_name("small")
            canvas.create_text(
                x + px(INSET + 2), y + px(5), text=box.language[:20], font=font, fill=palette.text_faint, anchor="nw",
                tags=tag,
            )  # fmt: skip
        if box.head_y:
            line = origin[1] + box.head_y
            canvas.create_line(x + px(INSET), line, x + box.width - px(INSET), line, fill=palette.border, tags=tag)
        if box.overflow:
            left, right = (origin[0] + each for each in box.thumb(px(INSET)))
            top = y + box.height - px(_THUMB) - px(3)
            canvas.create_rectangle(left, top, right, top + px(_THUMB), width=0, fill=palette.scrollbar, tags=tag)
