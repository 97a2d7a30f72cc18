"""Pictures among the files that go out with a text, small and square; decoded beside the window's thread."""

import tkinter
from collections.abc import Callable
from pathlib import Path

from client_app.core.store import Upload
from client_app.desktop.message_list.file_kinds import ending_of
from client_app.desktop.pictures import Cut, Gallery
from client_app.desktop.pictures.cutting import Unreadable, cut_out
from client_app.desktop.pictures.measuring import measure
from client_app.desktop.pictures.photos import Cutting, Photo, photo, rounded

RADIUS = 6
_ENDINGS = {"png", "jpg", "jpeg", "gif", "webp", "bmp"}


class TilePictures:
    """Each is made once for its size, and forgotten with the file."""

    def __init__(self, canvas: tkinter.Canvas, changed: Callable[[], object]) -> None:
        self._canvas, self._changed = canvas, changed
        self.gallery: Gallery | None = None
        """Has the threads that decode; without it there are no pictures."""
        self._photos: dict[tuple[str, int], Photo | None] = {}
        """None where there is none, or not yet."""

    def of(self, upload: Upload, size: int, radius: int) -> Photo | None:
        """The picture, where it is one and made already; `changed` is called when it is."""
        key = (upload.key, size)
        if key not in self._photos and self.gallery is not None and ending_of(upload.name) in _ENDINGS:
            self._photos[key] = None
            # So that it is known by the time at which the message stands in the list.
            self.gallery.measures.of(upload)
            self.gallery.workers.do(
                lambda: square(Path(upload.path), size, radius), lambda cutting: self._made(key, cutting)
            )
        return self._photos.get(key)

    def keep(self, uploads: tuple[Upload, ...]) -> None:
        """Forget those of all other files."""
        kept = {each.key for each in uploads}
        self._photos = {key: photo for key, photo in self._photos.items() if key[0] in kept}

    def _made(self, key: tuple[str, int], cutting: Cutting | None) -> None:
        if cutting is not None and key in self._photos:
            self._photos[key] = photo(cutting, self._canvas)
            self._changed()


def square(path: Path, size: int, radius: int) -> Cutting | None:
    """The middle of a picture; None of what is none. On a thread."""
    try:
        whole = measure(path)
        share = size / min(whole)
        width, height = (max(round(each * share), size) for each in whole)
        return rounded(cut_out(path, Cut(size, size, width, height, "#ffffff")), radius)
    except Unreadable:
        return None
