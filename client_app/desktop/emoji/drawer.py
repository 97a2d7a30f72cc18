"""Draws emoji, or takes them from the disk, a few at a time: for whatever thread has the time."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from client_app.desktop.pictures import opened, reading

from .font import EmojiFont
from .kept import KeptPictures

SECONDS = 0.004
"""For which it draws at once: drawing holds up whoever runs Python."""
_log = logging.getLogger(__name__)


class Wish(NamedTuple):
    """One emoji in one size, in pixels of its side."""

    sequence: str
    size: int


class Drawn(NamedTuple):
    """What became of a wish; None where there is no such picture."""

    wish: Wish
    picture: Image.Image | None


class Drawer:
    """Fulfils wishes on whichever thread asks it to, one at a time. Nothing raises."""

    def __init__(self, folder: Path | None, picture_of: Callable[[str], Path | None]) -> None:
        """`folder` is where pictures are kept between starts, or None; `picture_of` has those of the house by name."""
        self._font, self._folder, self._picture_of = EmojiFont(), folder, picture_of
        self._kept: dict[int, KeptPictures] = {}
        self._lock = threading.Lock()
        self._is_closed = False

    def draw(self, wishes: Sequence[Wish]) -> list[Drawn]:
        """The first of these in their order, at least one, as far as that takes no long time."""
        end = time.perf_counter() + SECONDS
        done: list[Drawn] = []
        with self._lock:
            for wish in wishes:
                if self._is_closed or (done and time.perf_counter() >= end):
                    break
                done.append(Drawn(wish, self._drawn(wish)))
        return done

    def close(self) -> None:
        """Draw nothing any more."""
        with self._lock:
            self._is_closed = True
            for kept in self._kept.values():
                kept.close()

    def _drawn(self, wish: Wish) -> Image.Image | None:
        try:
            return self._picture(wish)
        except Exception:  # noqa: BLE001  # one picture must not take the others with it
            _log.exception("%s could not be drawn.", ascii(wish.sequence))
            return None

    def _picture(self, wish: Wish) -> Image.Image | None:
        if wish.sequence.startswith(":"):
            return self._of_the_house(wish)
        kept = self._pictures_of(wish.size)
        found = kept.get(wish.sequence) if kept is not None else None
        if found is not None:
            return found
        picture = self._font.draw(wish.sequence, wish.size)
        if picture is not None and kept is not None:
            kept.put(wish.sequence, picture)
        return picture

    def _of_the_house(self, wish: Wish) -> Image.Image | None:
        """The picture of a `:name:`, as large as fits into the square."""
        path = self._picture_of(wish.sequence)
        if path is None:
            return None
        with reading(), opened(path) as image:
            return squared(image, wish.size)

    def _pictures_of(self, size: int) -> KeptPictures | None:
        if self._folder is None:
            return None
        if size not in self._kept:
            self._kept[size] = KeptPictures(self._folder, size, self._font.identity)
        return self._kept[size]


def squared(image: Image.Image, size: int) -> Image.Image:
    """The frame at which a picture stands, as large as fits into a square of so many pixels, the rest transparent."""
    picture = image.convert("RGBA")
    scale = size / max(picture.size)
    width, height = (max(round(side * scale), 1) for side in picture.size)
    square = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    fitting = picture.resize((width, height), Image.Resampling.LANCZOS)
    square.paste(fitting, ((size - width) // 2, (size - height) // 2))
    return square
