"""A whole picture in memory, never more of it than a screen can make use of, and what of it a view shows."""

from pathlib import Path

from PIL import Image

from client_app.desktop.pictures import Unreadable
from client_app.desktop.pictures.whole import on_ground, whole

from .view import View

MOST_PIXELS = 16_000_000
"""Of a picture that is kept to be looked at: 48 MB. Larger ones are made smaller while they are loaded."""
GROUND = "#100e0d"
BEHIND = "#7d7874"
"""Below what can be seen through: drawings in black are seen on it, and those in white as well."""


def loaded(path: Path) -> Image.Image:
    """The picture upright and without transparency. Raises `Unreadable`. Not for the window's thread."""
    return on_ground(whole(path, MOST_PIXELS), BEHIND)


def load(path: Path) -> Image.Image | None:
    """The same, or None where there is no picture."""
    try:
        return loaded(path)
    except Unreadable:
        return None


def rendered(image: Image.Image, view: View) -> Image.Image:
    """What the view shows of it, in pixels of the screen. Not for the window's thread."""
    left, top, right, bottom = view.part
    box = (left * image.width, top * image.height, right * image.width, bottom * image.height)
    return image.resize(view.place[2:], Image.Resampling.BICUBIC, box, reducing_gap=2.0)
