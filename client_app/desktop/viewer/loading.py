"""A whole picture in memory, never more of it than a screen can make use of, and what of it a view shows."""

from pathlib import Path

from PIL import Image

from client_app.desktop.pictures import Unreadable, opened, orientation_of, reading, upright, without_palette

from .view import View

MOST_PIXELS = 16_000_000
"""Of a picture that is kept to be looked at: 48 MB. Larger ones are made smaller while they are loaded."""
GROUND = "#100e0d"


def loaded(path: Path) -> Image.Image:
    """The picture upright and without transparency. Raises `Unreadable`. Not for the window's thread."""
    with reading(), opened(path) as image:
        share = min((MOST_PIXELS / (image.width * image.height)) ** 0.5, 1.0)
        size = max(int(image.width * share), 1), max(int(image.height * share), 1)
        if share < 1.0:
            image.draft("RGB", size)
        orientation, plain = orientation_of(image), without_palette(image)
        if share < 1.0 and plain.size != size:
            plain = plain.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
        turned = upright(plain, orientation)
        if turned.mode == "RGB":
            return turned
        whole = Image.new("RGB", turned.size, GROUND)
        whole.paste(turned, (0, 0), turned)
        return whole


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
