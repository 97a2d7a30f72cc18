"""What a device writes down as it goes: one line for each thing, which a killed process leaves behind."""

import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from shared.types import ChannelId, Seq


class Line(Struct, frozen=True, tag=True):
    """One line."""


class Tried(Line, frozen=True):
    """`send` is about to be called with the text of this mark: it may arrive, at most once."""

    mark: str


class Kept(Line, frozen=True):
    """The text is on this computer's disk: it must arrive, once."""

    mark: str


class Changing(Line, frozen=True):
    """An edit is about to be asked for, or a deletion (`body` is None)."""

    channel_id: ChannelId
    seq: Seq
    mark: str
    body: str | None


class Heard(Line, frozen=True):
    """So many messages more were heard just now from others."""

    count: int


class Back(Line, frozen=True):
    """The connection was lost and is there again; seconds since 1970."""

    lost_at: float
    back_at: float


class Flaw(Line, frozen=True):
    """Something was shown that must not be."""

    text: str


class Trouble(Line, frozen=True):
    """The core told the person of an error."""

    text: str


AnyLine = Tried | Kept | Changing | Heard | Back | Flaw | Trouble


class Journal:
    """Appended to from any thread. What was written when the process is killed is in the file."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab", buffering=0)
        self._lock = threading.Lock()

    def write(self, line: AnyLine) -> None:
        """Append a line."""
        with self._lock:
            self._file.write(msgspec.json.encode(line) + b"\n")


def read(path: Path) -> Iterator[AnyLine]:
    """The lines of a journal; one that was cut off, which only the last of a life can be, is left out."""
    if not path.exists():
        return
    for line in path.read_bytes().split(b"\n"):
        try:
            yield msgspec.json.decode(line, type=AnyLine)
        except msgspec.MsgspecError:
            continue
