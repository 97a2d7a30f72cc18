"""A picture's file into an image of the size in which it is shown: whatever the file is, that costs little or fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFilter

from shared.orientation import ORIENTATION, SIDEWAYS, TURNS

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
"""What is decoded at all; each further decoder is one more that a hostile file can try."""
MAX_PIXELS = 50_000_000
"""Of a picture that is decoded: more than any camera of a telephone gives, and 200 MB for the moment that it takes."""
_GAP = 2.0
"""A picture is made smaller roughly to so many times its final size first, and smoothly from there."""
_SMEAR = 8
"""A preview is blurred at one in so many pixels, where its own few pixels would show."""
_DIMNESS = 0.45
"""How much of the ground is seen through what is not there yet."""


class Unreadable(Exception):
    """This file is no picture, or none that is decoded here."""


@dataclass(frozen=True, slots=True)
class Cut:
    """How a picture is shown: in a box, scaled to an inner size; what sticks out is cut off, what is left is ground."""

    width: int
    """Of the box, in pixels of the screen."""
    height: int
    inner_width: int
    """Of the whole picture as it is scaled, which lies in the middle of the box."""
    inner_height: int
    ground: str
    """Where there is no picture, and below one that can be seen through."""
    radius: int = 0
    """Of the corners."""
    is_dim: bool = False
    """Whether it is shown as what is not there yet: halfway to the ground."""

    @property
    def shown(self) -> tuple[int, int]:
        """How much of the box the picture covers."""
        return min(self.width, self.inner_width), min(self.height, self.inner_height)


def cut_out(source: Path | bytes, cut: Cut) -> Image.Image:
    """The picture as the cut wants it, of the box's size and without transparency. Raises `Unreadable`."""
    return _on_ground(_shown_part(source, cut, cut.shown), cut)


def blurred(preview: bytes, cut: Cut) -> Image.Image:
    """A picture of a few pixels in the place of the real one, without any edges. Raises `Unreadable`."""
    width, height = cut.shown
    small = _shown_part(preview, cut, (max(width // _SMEAR, 2), max(height // _SMEAR, 2)))
    soft = small.filter(ImageFilter.GaussianBlur(2))
    return _on_ground(soft.resize((width, height), Image.Resampling.BICUBIC), cut)


@contextmanager
def reading() -> Iterator[None]:
    """While a file is read: whatever a hostile one makes of a decoder is `Unreadable`."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(str(error)) from error


def opened(source: Path | bytes) -> Image.Image:
    """The picture with its size known and nothing decoded. Raises `Unreadable`, also for one of too many pixels."""
    with reading():
        image = Image.open(BytesIO(source) if isinstance(source, bytes) else source, formats=FORMATS)
    if not 0 < image.width * image.height <= MAX_PIXELS:
        image.close()
        raise Unreadable("This picture has too many pixels.")
    return image


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture turned as it is to be seen."""
    return image.transpose(Image.Transpose[TURNS[orientation]]) if orientation in TURNS else image


def orientation_of(image: Image.Image) -> int:
    """How a picture that was opened lies, by Exif's number."""
    return int(image.getexif().get(ORIENTATION, 1))


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height of a picture that was opened, as it is to be seen."""
    return (image.height, image.width) if orientation_of(image) in SIDEWAYS else image.size


def without_palette(image: Image.Image) -> Image.Image:
    """The picture in colours that can be scaled, with transparency where it has some."""
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def fitted(image: Image.Image, cut: Cut) -> Image.Image:
    """The frame at which an opened picture stands, as the cut wants it. Raises `Unreadable`."""
    with reading():
        return _on_ground(_scaled(image, cut, cut.shown), cut)


def _shown_part(source: Path | bytes, cut: Cut, size: tuple[int, int]) -> Image.Image:
    """The middle of a picture that is seen through the cut, in this size."""
    with reading(), opened(source) as image:
        return _scaled(image, cut, size)


def _scaled(image: Image.Image, cut: Cut, size: tuple[int, int]) -> Image.Image:
    orientation = orientation_of(image)
    wanted, inner = size, (cut.inner_width, cut.inner_height)
    if orientation in SIDEWAYS:
        wanted, inner = wanted[::-1], inner[::-1]
    image.draft("RGB", inner)
    across, down = _middle(image.width, wanted[0], inner[0]), _middle(image.height, wanted[1], inner[1])
    box = (across[0], down[0], across[1], down[1])
    return upright(without_palette(image).resize(wanted, Image.Resampling.BICUBIC, box, _GAP), orientation)


def _middle(length: int, shown: int, inner: int) -> tuple[float, float]:
    """From where to where a side is seen, if `shown` of its `inner` pixels are."""
    half = length * min(shown / inner, 1.0) / 2
    return length / 2 - half, length / 2 + half


def _on_ground(part: Image.Image, cut: Cut) -> Image.Image:
    """The part in the middle of its box."""
    ground = Image.new("RGB", (cut.width, cut.height), cut.ground)
    whole = part
    if part.mode != "RGB" or part.size != ground.size:
        whole = ground.copy()
        corner = ((cut.width - part.width) // 2, (cut.height - part.height) // 2)
        whole.paste(part, corner, part if part.mode == "RGBA" else None)
    return Image.blend(whole, ground, _DIMNESS) if cut.is_dim else whole
