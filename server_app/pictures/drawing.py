"""What is shown of a picture before, or instead of, the picture itself: a thumbnail, and a preview of a few pixels."""

import io
from pathlib import Path

from PIL import Image

from shared.limits import MAX_PREVIEW

from . import decoding
from .bounds import PREVIEWS, THUMBNAIL, THUMBNAIL_WORTH
from .kinds import Kind
from .orders import Look, Seen


def look(order: Look, kind: Kind, size: int) -> Seen:
    """Decode it and write its thumbnail, if it needs one. Raises `NotAPicture`, and what Pillow raises.

    `size` is that of the file, in bytes.
    """
    with decoding.opened(order.path, kind) as image:
        width, height = decoding.upright_size(image)
        is_animated = bool(getattr(image, "is_animated", False))
        frame = decoding.first_frame(image, least=2 * max(THUMBNAIL))
    fits = width <= THUMBNAIL[0] and height <= THUMBNAIL[1]
    has_thumbnail = is_animated or not fits or size > THUMBNAIL_WORTH
    frame.thumbnail(THUMBNAIL)
    if has_thumbnail:
        _write_thumbnail(frame, order.thumbnail)
    return Seen(kind.value, width, height, is_animated, _preview(frame), has_thumbnail)


def _write_thumbnail(frame: Image.Image, path: Path) -> None:
    path.write_bytes(webp(frame, 80))


def _preview(frame: Image.Image) -> bytes:
    for side, quality in PREVIEWS:
        small = frame.copy()
        small.thumbnail((side, side))
        data = webp(small, quality)
        if len(data) <= MAX_PREVIEW:
            return data
    return b""


def webp(image: Image.Image, quality: int) -> bytes:
    """Encoded, of that quality (0 to 100)."""
    file = io.BytesIO()
    image.save(file, "WEBP", quality=quality)
    return file.getvalue()
