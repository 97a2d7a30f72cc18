"""A picture that moves: its frames are decoded a few ahead on threads and shown one after the other, over and over."""

import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from client_app.desktop.toolkit.workers import Job

from .cutting import Cut, Unreadable, fitted, opened, reading
from .gallery import Gallery
from .photos import Cutting, Photo, photo, rounded

MAX_FRAME_PIXELS = 4_000_000
"""Of a picture that is played: each frame is decoded as a whole, many times a second."""
AHEAD = 4
"""Frames that wait to be shown; that bounds the memory, however many there are."""
LEAST_MILLISECONDS, USUAL_MILLISECONDS = 20, 100
"""Frames of less than the first are shown for the second, as browsers do: their authors meant “as fast as it goes”."""
MOST_MILLISECONDS = 10_000


class Reel:
    """The file of a moving picture. Its methods may be called on any thread, one at a time or not."""

    def __init__(self, path: Path, cut: Cut) -> None:
        """Raises `Unreadable`, also for a picture that stands still."""
        self._image, self._cut = opened(path), cut
        self._lock = threading.Lock()
        self._is_closed = False
        self._next = 0
        if self._image.width * self._image.height > MAX_FRAME_PIXELS or not getattr(self._image, "is_animated", False):
            self._image.close()
            raise Unreadable("It does not move.")

    def frames(self, count: int) -> list[tuple[Cutting, int]]:
        """So many more frames with their milliseconds; from the first one after the last. None once it is broken."""
        with self._lock:
            made: list[tuple[Cutting, int]] = []
            try:
                while len(made) < count and not self._is_closed:
                    made.append(self._frame())
            except Unreadable:
                self._close()
            return made

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._close()

    def _frame(self) -> tuple[Cutting, int]:
        with reading():
            try:
                self._image.seek(self._next)
            except EOFError:
                self._next = 0
                self._image.seek(0)
            told = int(float(self._image.info.get("duration", 0)))
        self._next += 1
        fitting = rounded(fitted(self._image, self._cut), self._cut.radius)
        return fitting, USUAL_MILLISECONDS if told < LEAST_MILLISECONDS else min(told, MOST_MILLISECONDS)

    def _close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._image.close()


class Film:
    """Plays from its making until `stop`. Belongs to the window's thread."""

    def __init__(self, gallery: Gallery, path: Path, cut: Cut, show: Callable[[Photo], None]) -> None:
        self._gallery, self._show = gallery, show
        self._reel: Reel | None = None
        self._frames: deque[tuple[Cutting, int]] = deque()
        self._timer: str | None = None
        self._job: Job | None = gallery.workers.do(lambda: _open(path, cut), self._opened)
        self._is_stopped = False

    @property
    def ahead(self) -> int:
        """How many frames wait to be shown."""
        return len(self._frames)

    def stop(self) -> None:
        """Stand still. May be called twice."""
        self._is_stopped = True
        self._frames.clear()
        if self._timer is not None:
            self._gallery.root.after_cancel(self._timer)
            self._timer = None
        reel, self._reel = self._reel, None
        if reel is not None:
            self._gallery.workers.do(reel.close, lambda _: None)

    def _opened(self, reel: Reel | None) -> None:
        self._job, self._reel = None, reel
        if self._is_stopped:
            self.stop()
        else:
            self._load()

    def _load(self) -> None:
        """Have more frames decoded, unless some are on their way."""
        reel = self._reel
        if reel is None or self._job is not None or len(self._frames) >= AHEAD:
            return
        missing = AHEAD - len(self._frames)
        self._job = self._gallery.workers.do(lambda: reel.frames(missing), self._loaded)

    def _loaded(self, frames: list[tuple[Cutting, int]]) -> None:
        self._job = None
        if self._is_stopped:
            return
        self._frames.extend(frames)
        if self._timer is None:
            self._step()

    def _step(self) -> None:
        """Show the next frame; where it is not there yet, it is shown when it comes."""
        self._timer = None
        if not self._frames:
            return
        cutting, milliseconds = self._frames.popleft()
        self._show(photo(cutting, self._gallery.root))
        self._timer = self._gallery.root.after(milliseconds, self._step)
        self._load()


def _open(path: Path, cut: Cut) -> Reel | None:
    """On a thread."""
    try:
        return Reel(path, cut)
    except Unreadable:
        return None
