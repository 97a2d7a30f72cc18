"""Small round things with smooth edges, which a Tk canvas cannot draw: pills, discs and rings."""

import tkinter
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageTk

from client_app.desktop.drawing.presence import Dot, draw_dot

_OVERSAMPLE = 4
"""Drawn so many times larger and scaled down, for a smooth edge."""


@dataclass(frozen=True, slots=True)
class Pill:
    """A rectangle whose ends are half circles; a disc where width and height are the same. In pixels of the screen."""

    width: int
    height: int
    fill: str
    rim: str = ""
    """Another colour around it, where it lies on something; part of the size."""
    rim_width: int = 0
    hole: str = ""
    """Makes a ring: the colour inside."""
    hole_width: int = 0
    """How wide the ring is."""
    radius: int = 0
    """Of the outer corners, where the ends shall not be half circles."""


class Shapes:
    """Images of shapes, each drawn once and kept as long as the window lives."""

    def __init__(self, master: tkinter.Misc) -> None:
        self._master = master
        self._photos: dict[Pill | Dot, ImageTk.PhotoImage] = {}

    def image(self, shape: Pill | Dot) -> ImageTk.PhotoImage:
        """The shape on a transparent ground."""
        found = self._photos.get(shape)
        if found is None:
            picture = _draw(shape) if isinstance(shape, Pill) else draw_dot(shape)
            found = self._photos[shape] = ImageTk.PhotoImage(picture, master=self._master)
        return found


def _draw(pill: Pill) -> Image.Image:
    width, height = pill.width * _OVERSAMPLE, pill.height * _OVERSAMPLE
    image = Image.new("RGBA", (width, height), (pill.rim or pill.fill) + "00")
    draw = ImageDraw.Draw(image)
    inset, radius = 0, pill.radius * _OVERSAMPLE
    for color, step in ((pill.rim, pill.rim_width), (pill.fill, pill.hole_width), (pill.hole, 0)):
        if color:
            corners = (inset, inset, width - 1 - inset, height - 1 - inset)
            draw.rounded_rectangle(corners, radius=radius - inset if radius else (height - 2 * inset) / 2, fill=color)
        inset += step * _OVERSAMPLE
    return image.resize((pill.width, pill.height), Image.Resampling.BOX)
