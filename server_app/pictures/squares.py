"""Squares: pictures of people and of the house, and emoji of the house."""

import io
from typing import assert_never

from PIL import Image, ImageOps, ImageSequence
from PIL.ImageFile import ImageFile

from . import decoding
from .bounds import MAX_FRAMES, MAX_SQUARE_BYTES
from .drawing import webp
from .errors import NotAPicture
from .kinds import Kind
from .orders import MakeSquare, Shape, Squared

_QUALITIES = (90, 75, 50)
_USUAL_MILLISECONDS = 100


def make_square(order: MakeSquare, kind: Kind) -> Squared:
    """A square of the picture. Raises `NotAPicture`, and what Pillow raises."""
    with decoding.opened(order.path, kind) as image:
        if order.shape is Shape.WHOLE and getattr(image, "is_animated", False):
            data = _moving(image, order.side)
            if data is not None:
                return Squared(data, is_animated=True)
            image.seek(0)
        frame = _shaped(decoding.first_frame(image, least=2 * order.side), order.side, order.shape)
    for quality in _QUALITIES:
        data = webp(frame, quality)
        if len(data) <= MAX_SQUARE_BYTES:
            return Squared(data, is_animated=False)
    raise NotAPicture("no square of it is small enough")


def _moving(image: ImageFile, side: int) -> bytes | None:
    """Its first frames; None where they do not fit into what a square may take."""
    frames, durations = [], []
    for frame in ImageSequence.Iterator(image):
        durations.append(max(20, int(frame.info.get("duration") or _USUAL_MILLISECONDS)))
        frames.append(_shaped(frame.convert("RGBA"), side, Shape.WHOLE))
        if len(frames) == MAX_FRAMES:
            break
    for quality in _QUALITIES:
        file = io.BytesIO()
        frames[0].save(
            file, "WEBP", save_all=True, append_images=frames[1:], duration=durations, loop=0, quality=quality
        )
        if file.tell() <= MAX_SQUARE_BYTES:
            return file.getvalue()
    return None


def _shaped(frame: Image.Image, side: int, shape: Shape) -> Image.Image:
    match shape:
        case Shape.CROPPED:
            return ImageOps.fit(frame, (side, side))
        case Shape.WHOLE:
            return ImageOps.pad(frame.convert("RGBA"), (side, side), color=(0, 0, 0, 0))
    assert_never(shape)
