"""The SHA-256 of files: found out while they come, or from what lies on the disk."""

import hashlib
from pathlib import Path

from shared.types import Sha256


class Checksum:
    """Of a file that comes in pieces: found out on the way, so that its end takes no longer than any piece of it."""

    def __init__(self) -> None:
        self.size = 0
        """Bytes that are in it."""
        self._sha256 = hashlib.sha256()

    def add(self, start: int, data: bytes) -> None:
        """Take in what begins at this byte of the file; what does not follow is left out, and so never fits again."""
        if start == self.size:
            self._sha256.update(data)
            self.size += len(data)

    def so_far(self) -> Sha256:
        """The SHA-256 of what was taken in."""
        return self._sha256.hexdigest()


def sha256_of(path: Path) -> Sha256:
    """The SHA-256 of a file's content; lets go of the interpreter's lock."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
