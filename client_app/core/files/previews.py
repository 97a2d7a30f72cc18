"""The first lines of text and code files, read beside the thread that draws."""

import codecs
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from client_app.core.signals import FilePreviewed, Signal
from shared.entities import Attachment

from .place import FilePlace, Key, key_of
from .worker import Worker

MOST_BYTES = 1024 * 1024
"""Of a file that is fetched for its first lines."""
MOST_LINES, MOST_COLUMNS = 100, 400
"""What is kept of one: as much as anybody reads in a message."""
_HEAD = MOST_LINES * MOST_COLUMNS
_KEPT = 200
_ENDINGS = frozenset(
    ending
    for endings in (
        "txt md rst log csv tsv diff patch tex srt vtt json yaml yml toml ini cfg conf xml svg html htm css scss",
        "py pyw js jse ts tsx jsx c h cc cpp hpp rs go java kt swift rb php sh bash zsh ps1 bat lua pl sql",
    )
    for ending in endings.split()
)


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file begins; no lines where it turned out to be no text."""

    lines: tuple[str, ...] = ()
    is_whole: bool = True
    """Whether these are all lines that it has."""


class Previews:
    """Of the files that were looked at of late."""

    def __init__(
        self, want: Callable[[FilePlace], Path | None], worker: Worker, emit: Callable[[Signal], None]
    ) -> None:
        self._want, self._worker, self._emit = want, worker, emit
        self._known: OrderedDict[Key, Preview | None] = OrderedDict()
        """None while it is on its way."""

    def of(self, key: Key) -> Preview | None:
        """The first lines, where they are known."""
        return self._known.get(key)

    def want(self, place: FilePlace) -> None:
        """Have them read, where it is a text of no great size: `FilePreviewed` follows. Asked as often as one likes."""
        key = key_of(place.attachment)
        if key in self._known or not may_be_text(place.attachment):
            return
        self._known[key] = None
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        if (path := self._want(place)) is not None:
            self.arrived(key, path)

    def arrived(self, key: Key, path: Path) -> None:
        """A file is here: it may be one whose first lines are wanted."""
        if key in self._known and self._known[key] is None:
            self._worker.do(lambda: read_preview(path), lambda preview: self._read(key, preview))

    def failed(self, key: Key) -> None:
        """A file could not be had; it may be tried again."""
        if self._known.get(key, Preview()) is None:
            del self._known[key]

    def _read(self, key: Key, preview: Preview) -> None:
        if key in self._known:
            self._known[key] = preview
            self._emit(FilePreviewed(key))


def may_be_text(attachment: Attachment) -> bool:
    """Whether it is called like a text, and small enough to be fetched for its first lines."""
    ending = attachment.name.rpartition(".")[2].casefold()
    return ending in _ENDINGS and 0 < attachment.size <= MOST_BYTES


def read_preview(path: Path) -> Preview:
    """The first lines of a file; none of what is no text in UTF-8. Raises `OSError`."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        is_all_read = not file.read(1)
    if b"\0" in head:
        return Preview()
    try:
        # A character may be cut in two at the end of what was read.
        text = codecs.getincrementaldecoder("utf-8")().decode(head, is_all_read)
    except UnicodeDecodeError:
        return Preview()
    lines = text.expandtabs(4).splitlines()
    shown = tuple(line[:MOST_COLUMNS] for line in lines[:MOST_LINES])
    return Preview(shown, is_all_read and len(lines) <= MOST_LINES)
