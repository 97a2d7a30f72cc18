"""Draws emoji on a thread of its own, or takes them from the disk, a few at a time."""

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from .font import EmojiFont
from .kept import KeptPictures

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
    """Fulfils wishes in their order. It draws no more than it was allowed to: drawing holds up whoever runs Python.

    `ask`, `allow`, `take` and `close` are for the window's thread.
    """

    def __init__(self, folder: Path | None, picture_of: Callable[[str], Path | None]) -> None:
        """`folder` is where pictures are kept between starts, or None; `picture_of` has those of the house by name."""
        self._font, self._folder, self._picture_of = EmojiFont(), folder, picture_of
        self._wishes: queue.SimpleQueue[Wish | None] = queue.SimpleQueue()
        self._allowed = threading.Semaphore(0)
        self._drawn: deque[Drawn] = deque()
        self._kept: dict[int, KeptPictures] = {}
        self._thread: threading.Thread | None = None

    def ask(self, wish: Wish) -> None:
        """Have this drawn."""
        self._wishes.put(wish)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="emoji", daemon=True)
            self._thread.start()

    def allow(self, count: int) -> None:
        """Draw so many more."""
        if count > 0:
            self._allowed.release(count)

    def take(self) -> Drawn | None:
        """One that is done; None where there is none at the moment."""
        return self._drawn.popleft() if self._drawn else None

    def close(self) -> None:
        """Draw nothing any more."""
        self._wishes.put(None)
        self._allowed.release(1000)

    def _run(self) -> None:
        while (wish := self._wishes.get()) is not None:
            self._allowed.acquire()
            try:
                picture = self._picture(wish)
            except Exception:  # noqa: BLE001  # one picture must not end the thread that draws all of them
                _log.exception("%s could not be drawn.", ascii(wish.sequence))
                picture = None
            self._drawn.append(Drawn(wish, picture))
        for kept in self._kept.values():
            kept.close()

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
        with Image.open(path) as opened:
            picture = opened.convert("RGBA")
        scale = wish.size / max(picture.size)
        width, height = (max(round(side * scale), 1) for side in picture.size)
        square = Image.new("RGBA", (wish.size, wish.size), (0, 0, 0, 0))
        fitting = picture.resize((width, height), Image.Resampling.LANCZOS)
        square.paste(fitting, ((wish.size - width) // 2, (wish.size - height) // 2))
        return square

    def _pictures_of(self, size: int) -> KeptPictures | None:
        if self._folder is None:
            return None
        if size not in self._kept:
            self._kept[size] = KeptPictures(self._folder, size, self._font.identity)
        return self._kept[size]
