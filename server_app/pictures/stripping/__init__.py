"""Taking out of a picture's file what tells of place, camera and author, without touching a pixel."""

from typing import assert_never

from ..kinds import Kind
from . import gif, jpeg, png, webp


def stripped(kind: Kind, data: bytes) -> bytes:
    """The same picture without its metadata; which way up it is shown stays. Raises `NotAPicture`."""
    match kind:
        case Kind.JPEG:
            return jpeg.stripped(data)
        case Kind.PNG:
            return png.stripped(data)
        case Kind.GIF:
            return gif.stripped(data)
        case Kind.WEBP:
            return webp.stripped(data)
    assert_never(kind)
