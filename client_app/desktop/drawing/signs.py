"""Small signs in one colour, drawn smoothly by Pillow: no font that Tk finds has all of them in one manner."""

import math
import tkinter
from collections.abc import Callable
from typing import Literal

from PIL import Image, ImageDraw, ImageTk

from client_app.desktop.theme import pair
from client_app.desktop.toolkit.library import ctk

Sign = Literal[
    "lock", "megaphone", "box", "clock", "muted", "blocked", "gear", "people",
    "pin", "pencil", "smile", "reply", "jump", "cross", "more", "react", "check", "search", "add",
]  # fmt: skip
"""Private, read-only, archived, timed out, muted, blocked, settings, a group; pinned, edit, react, reply, go there,
take away, further things, another reaction, done, search, something beside the text."""

_OVERSAMPLE = 8
"""Drawn so many times larger and scaled down, for smooth edges."""
_LARGEST_SCALE = 4
"""So many times larger is a picture that the toolkit scales down to what the screen wants."""
_GRID = 24
"""The signs are drawn on a grid of so many units."""
_LINE = 2.2


class Pen:
    """Draws on the grid."""

    def __init__(self, draw: ImageDraw.ImageDraw, scale: float, color: str) -> None:
        self._draw, self._scale, self._color = draw, scale, color

    def line(self, *points: tuple[float, float], is_clear: bool = False, width: float = _LINE) -> None:
        """A line with round ends and corners."""
        placed = [self._at(point) for point in points]
        color = (0, 0, 0, 0) if is_clear else self._color
        self._draw.line(placed, fill=color, width=round(width * self._scale), joint="curve")
        half = width * self._scale / 2
        for x, y in placed:
            self._draw.ellipse((x - half, y - half, x + half, y + half), fill=color)

    def ring(self, x: float, y: float, radius: float) -> None:
        """A circle's line."""
        box = [*self._at((x - radius, y - radius)), *self._at((x + radius, y + radius))]
        self._draw.ellipse(box, outline=self._color, width=round(_LINE * self._scale))

    def disc(self, x: float, y: float, radius: float, *, is_clear: bool = False) -> None:
        """A filled circle, or a hole of that form."""
        box = [*self._at((x - radius, y - radius)), *self._at((x + radius, y + radius))]
        self._draw.ellipse(box, fill=(0, 0, 0, 0) if is_clear else self._color)

    def arc(self, x: float, y: float, radius: float, start: int, end: int) -> None:
        """A part of a circle's line, in degrees clockwise from the right."""
        box = [*self._at((x - radius, y - radius)), *self._at((x + radius, y + radius))]
        self._draw.arc(box, start, end, fill=self._color, width=round(_LINE * self._scale))

    def shape(self, *points: tuple[float, float]) -> None:
        """A filled polygon."""
        self._draw.polygon([self._at(point) for point in points], fill=self._color)

    def plate(self, left: float, top: float, right: float, bottom: float, radius: float) -> None:
        """A filled rectangle with round corners."""
        box = [*self._at((left, top)), *self._at((right, bottom))]
        self._draw.rounded_rectangle(box, radius=radius * self._scale, fill=self._color)

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * self._scale, point[1] * self._scale


class Signs:
    """Images of signs by size and colour, each drawn once and kept as long as the window lives."""

    def __init__(self, master: tkinter.Misc) -> None:
        self._master = master
        self._photos: dict[tuple[Sign, int, str], ImageTk.PhotoImage] = {}

    def image(self, sign: Sign, size: int, color: str) -> ImageTk.PhotoImage:
        """The sign on a transparent ground, `size` pixels of the screen high and wide."""
        key = (sign, size, color)
        found = self._photos.get(key)
        if found is None:
            found = self._photos[key] = ImageTk.PhotoImage(sign_image(sign, size, color), master=self._master)
        return found


def sign_picture(sign: Sign, size: int = 18, role: str = "text_muted") -> "ctk.CTkImage":
    """The sign for one of CustomTkinter's labels or buttons, `size` pixels at 100 %, in a colour of the theme."""
    light, dark = pair(role)
    most = size * _LARGEST_SCALE
    return ctk.CTkImage(sign_image(sign, most, light), sign_image(sign, most, dark), (size, size))


def sign_image(sign: Sign, size: int, color: str) -> Image.Image:
    """The sign as a picture, for labels and buttons."""
    large = max(size, 1) * _OVERSAMPLE
    image = Image.new("RGBA", (large, large), color + "00")
    _DRAWN[sign](Pen(ImageDraw.Draw(image), large / _GRID, color))
    return image.resize((max(size, 1), max(size, 1)), Image.Resampling.BOX)


def _lock(pen: Pen) -> None:
    pen.arc(12, 9, 5, 180, 360)
    pen.line((8, 9), (8, 12))
    pen.line((16, 9), (16, 12))
    pen.plate(4.5, 11, 19.5, 21.5, 2.5)


def _megaphone(pen: Pen) -> None:
    pen.shape((4, 9.5), (9, 9.5), (19, 4), (19, 19), (9, 14.5), (4, 14.5))
    pen.disc(4.5, 12, 2.6)
    pen.line((8, 15), (9.5, 20), (12, 20))
    pen.line((21.5, 9.5), (21.5, 13.5), width=1.8)


def _box(pen: Pen) -> None:
    pen.plate(2.5, 4, 21.5, 9, 1.5)
    pen.line((4.5, 10), (4.5, 20), (19.5, 20), (19.5, 10))
    pen.line((9.5, 13), (14.5, 13))


def _clock(pen: Pen) -> None:
    pen.ring(12, 12, 9.5)
    pen.line((12, 6.5), (12, 12), (16, 14))


def _muted(pen: Pen) -> None:
    pen.shape((6, 17), (6.5, 10), (9, 6.5), (12, 5.5), (15, 6.5), (17.5, 10), (18, 17))
    pen.line((4.5, 17.2), (19.5, 17.2))
    pen.disc(12, 20, 2.2)
    pen.line((1.5, 4.5), (20.5, 22.5), is_clear=True, width=5.5)
    pen.line((3.5, 3), (21, 20.5))


def _blocked(pen: Pen) -> None:
    pen.ring(12, 12, 9.5)
    pen.line((5.6, 5.6), (18.4, 18.4))


def _gear(pen: Pen) -> None:
    for tooth in range(8):
        angle = math.radians(tooth * 45 + 22.5)
        pen.line((12, 12), (12 + 8.6 * math.cos(angle), 12 + 8.6 * math.sin(angle)), width=4.2)
    pen.disc(12, 12, 7.4)
    pen.disc(12, 12, 3.4, is_clear=True)


def _people(pen: Pen) -> None:
    pen.disc(8.5, 8, 3.8)
    pen.plate(2, 13.5, 15, 24, 5)
    pen.disc(17, 9, 3)
    pen.plate(16.2, 14, 22.5, 24, 4)


def _pin(pen: Pen) -> None:
    pen.line((12, 15), (12, 22), width=2)
    pen.shape((8.5, 3), (15.5, 3), (15, 9.5), (18, 13), (18, 15), (6, 15), (6, 13), (9, 9.5))
    pen.line((8, 3), (16, 3), width=2.6)


def _pencil(pen: Pen) -> None:
    pen.line((5.5, 18.5), (16.5, 7.5), width=4.6)
    pen.shape((2.5, 21.5), (4, 16.2), (7.8, 20))
    pen.line((18.2, 5.8), (18.8, 5.2), width=4.6)


def _smile(pen: Pen) -> None:
    pen.ring(12, 12, 9.5)
    pen.disc(8.6, 9.6, 1.4)
    pen.disc(15.4, 9.6, 1.4)
    pen.arc(12, 12.2, 5.6, 20, 160)


def _reply(pen: Pen) -> None:
    pen.line((9.5, 5), (3.5, 11), (9.5, 17))
    pen.line((4, 11), (14, 11), (18.5, 13.5), (20.5, 19))


def _jump(pen: Pen) -> None:
    pen.line((4, 12), (19.5, 12))
    pen.line((13.5, 6), (19.5, 12), (13.5, 18))


def _cross(pen: Pen) -> None:
    pen.line((6, 6), (18, 18))
    pen.line((18, 6), (6, 18))


def _more(pen: Pen) -> None:
    for x in (5, 12, 19):
        pen.disc(x, 12, 2)


def _react(pen: Pen) -> None:
    pen.ring(11, 13, 8.8)
    pen.disc(8, 11, 1.5)
    pen.disc(14, 11, 1.5)
    pen.arc(11, 13, 5, 20, 160)
    pen.disc(19, 5.5, 6.2, is_clear=True)
    pen.line((19, 1.8), (19, 9.2), width=2)
    pen.line((15.3, 5.5), (22.7, 5.5), width=2)


def _check(pen: Pen) -> None:
    pen.line((5, 12.5), (10, 17.5), (19.5, 7), width=3.4)


def _search(pen: Pen) -> None:
    pen.ring(10.5, 10.5, 6.6)
    pen.line((15.4, 15.4), (20.5, 20.5), width=2.8)


def _add(pen: Pen) -> None:
    pen.ring(12, 12, 9.5)
    pen.line((12, 7.5), (12, 16.5))
    pen.line((7.5, 12), (16.5, 12))


_DRAWN: dict[Sign, Callable[[Pen], None]] = {
    "lock": _lock,
    "megaphone": _megaphone,
    "box": _box,
    "clock": _clock,
    "muted": _muted,
    "blocked": _blocked,
    "gear": _gear,
    "people": _people,
    "pin": _pin,
    "pencil": _pencil,
    "smile": _smile,
    "reply": _reply,
    "jump": _jump,
    "cross": _cross,
    "more": _more,
    "react": _react,
    "check": _check,
    "search": _search,
    "add": _add,
}
