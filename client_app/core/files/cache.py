"""What was fetched, on this computer's disk: a folder of files by their content, bounded by bytes."""

import contextlib
import os
import secrets
import shutil
import time
from pathlib import Path

from .place import Key

MOST_BYTES = 512 * 1024 * 1024
"""What the cache of one account may hold: some hundred files, and thousands of thumbnails."""
LEFT_SECONDS = 24 * 60 * 60
"""After so long nobody goes on with what is not complete; another process of the same account may until then."""
OPENED = "opened"
"""The folder of what other programs were given to open, under the names that people know."""
_NEW = "new"
"""The folder of what is not complete yet."""


class FileCache:
    """Files by their keys; what was not used for longest goes first. Looking is quick, the rest is for a worker."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self._most_bytes = most_bytes
        self._bytes: int | None = None
        """How much there is; None before anybody counted."""

    def find(self, key: Key) -> Path | None:
        """The file of this key, used just now; None where it is not here."""
        path = self._path(key)
        try:
            os.utime(path)
        except OSError:
            return None
        return path

    def begin(self) -> Path:
        """A new, empty file for what is to come. Raises `OSError`."""
        folder = self.folder / _NEW
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / secrets.token_hex(8)
        path.touch(mode=0o600, exist_ok=False)
        return path

    def settle(self, new: Path, key: Key) -> Path:
        """Let a file that `begin` made be the one of this key; where it is. Raises `OSError`."""
        path = self._path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        size = new.stat().st_size
        new.replace(path)
        self._bytes = self._count() if self._bytes is None else self._bytes + size
        if self._bytes > self._most_bytes:
            self._prune(path)
        return path

    def sweep(self) -> None:
        """Take away what was begun long ago and never completed, and what was opened long ago."""
        oldest = time.time() - LEFT_SECONDS
        for path in (self.folder / _NEW).glob("*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()
        for folder in (self.folder / OPENED).glob("*"):
            with contextlib.suppress(OSError):
                if folder.stat().st_mtime < oldest:
                    shutil.rmtree(folder, ignore_errors=True)

    def clear(self) -> None:
        """Take everything away."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._bytes = None

    def _path(self, key: Key) -> Path:
        return self.folder / key[:2] / key

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each was used last, in seconds since 1970, its bytes, and where it is."""
        found = []
        for path in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):  # Another process of the same account may be faster.
                state = path.stat()
                found.append((state.st_mtime, state.st_size, path))
        return found

    def _count(self) -> int:
        return sum(size for _, size, _ in self._files())

    def _prune(self, newest: Path) -> None:
        """Take away what was not used for longest, down to nine tenths of the bound; never what has just come."""
        files = sorted(self._files())
        left = sum(size for _, size, _ in files)
        for _, size, path in files:
            if left <= self._most_bytes * 9 // 10:
                break
            if path != newest:
                with contextlib.suppress(OSError):
                    path.unlink()
                    left -= size
        self._bytes = left
