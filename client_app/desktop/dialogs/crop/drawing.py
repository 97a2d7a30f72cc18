"""How the square looks while one chooses it, and the file that is made of it."""

import hashlib
import io
import tempfile
import time
from pathlib import Path

from PIL import Image

from client_app.desktop.people.discs import disc_mask
from client_app.desktop.pictures import Unreadable
from client_app.desktop.pictures.whole import on_ground, whole

from .square import Square

MOST_PIXELS = 4_000_000
"""Of the picture that is chosen from: its square is shown much smaller everywhere."""
SIDE = 512
"""Pixels of the file that is made, at most: twice what a server keeps."""
_DIM = 150
"""How much of the ground lies over what will not be seen, of 255."""
_KEPT_SECONDS = 24 * 60 * 60
"""A file of before that is on its way to no server any more."""


def load(path: Path) -> Image.Image | None:
    """The picture to choose from; None where there is none to be seen. On a worker."""
    try:
        return whole(path, MOST_PIXELS)
    except Unreadable:
        return None


def seen(image: Image.Image, square: Square, size: int, ground: str) -> Image.Image:
    """The square in `size` pixels of the screen: dim what the disc leaves out. On a worker."""
    part = _part(image, square, size, ground)
    veil = disc_mask(size).point([_DIM - _DIM * shade // 255 for shade in range(256)])
    part.paste(Image.new("RGB", part.size, ground), (0, 0), veil)
    return part


def disc(image: Image.Image, square: Square, size: int, ground: str) -> Image.Image:
    """As it will be seen beside a message. On a worker."""
    seen_disc = Image.new("RGB", (size, size), ground)
    seen_disc.paste(_part(image, square, size, ground), (0, 0), disc_mask(size))
    return seen_disc


def made(image: Image.Image, square: Square, folder: Path | None) -> Path | None:
    """The file of the square, in this folder or one of the system's; None where the disk refuses. On a worker.

    It stays until it has certainly come to the server: the next one that is made takes those of yesterday away.
    """
    side = max(min(round(square.side), SIDE), 1)
    picture = image.resize((side, side), Image.Resampling.LANCZOS, square.box, reducing_gap=3.0)
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=95)
    content = file.getvalue()
    try:
        place = folder / "squares" if folder is not None else Path(tempfile.mkdtemp(prefix="hearth-"))
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob("*.webp"):
            if old.stat().st_mtime < time.time() - _KEPT_SECONDS:
                old.unlink(missing_ok=True)
        path = place / f"{hashlib.sha256(content).hexdigest()[:16]}.webp"
        path.write_bytes(content)
    except OSError:
        return None
    return path


def _part(image: Image.Image, square: Square, size: int, ground: str) -> Image.Image:
    part = image.resize((size, size), Image.Resampling.BICUBIC, square.box, reducing_gap=2.0)
    return on_ground(part, ground)
