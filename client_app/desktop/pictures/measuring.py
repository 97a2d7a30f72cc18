"""How large pictures are that are still on their way to the server: read from the heads of their files, on a thread."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from client_app.core.store import Upload
from client_app.desktop.toolkit import Workers

from .cutting import Unreadable, opened, reading, upright_size

Size = tuple[int, int]
_KEPT = 500
"""Files; the oldest is forgotten first."""
_SHOWN_AS_FILE = {"BMP"}
"""What can be decoded here, and is no picture for the server: then it stays the file that it was."""


def _nobody(_key: str) -> None:
    """Nobody waits for it."""


class Measures:
    """Of the files that were attached of late. Belongs to the window's thread."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._known: OrderedDict[str, Size | None] = OrderedDict()
        """By an upload's key; None for what is no picture, and until that is known."""
        self.measured: Callable[[str], object] = _nobody
        """Is told by its key of each file that turned out to be a picture."""

    def of(self, upload: Upload) -> Size | None:
        """Width and height in pixels, upright; None where it is no picture, and the first time that it is asked."""
        if upload.key not in self._known:
            self._known[upload.key] = None
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
            path = Path(upload.path)
            self._workers.do(lambda: _measured(path), lambda size: self._tell(upload.key, size))
        return self._known[upload.key]

    def _tell(self, key: str, size: Size | None) -> None:
        if size is not None and key in self._known:
            self._known[key] = size
            self.measured(key)


def measure(path: Path) -> Size:
    """Width and height in pixels as it is to be seen; nothing is decoded. Raises `Unreadable`. Any thread."""
    with reading(), opened(path) as image:
        if image.format in _SHOWN_AS_FILE:
            raise Unreadable("The server shows no pictures of this kind.")
        return upright_size(image)


def _measured(path: Path) -> Size | None:
    try:
        return measure(path)
    except Unreadable:
        return None
