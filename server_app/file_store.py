"""The folder where files lie: each content once, named by its SHA-256, and what is still on its way here."""

import contextlib
import hashlib
import os
import secrets
import shutil
import threading
import time
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from shared.limits import MEBIBYTE
from shared.types import Sha256, UploadId

from .checksum import Checksum, sha256_of
from .errors import StartError

RESERVE = 64 * MEBIBYTE
"""Bytes of the disk that files leave free: for the database, which shall go on when no file has room any more."""
PLEDGE_SECONDS = 3600.0
"""How long a content is kept without a row: between being put in place and being noted lie milliseconds."""
THUMBNAIL = ".thumbnail"
"""What is added to the name of a picture's content for the small one beside it."""
_KINDS = ("", THUMBNAIL[1:])
"""What stands behind the name of a content in its folder; anything else was left by a crash."""
PREFIXES = tuple(f"{number:02x}" for number in range(256))
"""The folders of contents: the first two characters of their names."""


class FileStore:
    """Any thread may call it, except where something else is said. Failures of the disk come out as `OSError`.

    Which contents are needed, the database knows; the store only knows which it has been given a moment ago, and which
    might not be needed any more.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._uploads = folder / "uploads"
        self._lock = threading.Lock()
        """Held while a content is put in place or removed, so that none goes that has just come again."""
        self._pledged: Counter[Sha256] = Counter()
        """Contents in place whose rows may not be written yet, each as often as it was put there."""
        self._pledged_at: dict[Sha256, float] = {}
        self._noted: Counter[Sha256] = Counter()
        """Those of them whose rows were written, by a transaction that may not have ended yet."""
        self._checksums: dict[UploadId, Checksum] = {}
        """Of what has come since the start; what came before it is read again when it is asked for."""
        self._doubtful: set[str] = set()

    def open(self) -> None:
        """Make the folder where there is none. Raises `StartError`."""
        try:
            # The folder by itself, because what is made on the way there gets no mode of its own.
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._uploads.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StartError(f"The folder for files, {self.folder}, cannot be made: {error.strerror}.") from None

    def has_room(self, size: int) -> bool:
        """Whether a file of so many bytes fits onto the disk."""
        return shutil.disk_usage(self.folder).free >= size + RESERVE

    # --- on its way here; for one thread at a time of each upload -----------------------------------------------------

    def part(self, upload_id: UploadId) -> Path:
        """Where what has come of a file lies."""
        return self._uploads / str(upload_id)

    def received(self, upload_id: UploadId) -> int:
        """How much has come, in bytes."""
        try:
            return self.part(upload_id).stat().st_size
        except FileNotFoundError:
            return 0

    def secured(self, upload_id: UploadId) -> int:
        """How much has come and would still be there if the machine lost its power now."""
        with contextlib.suppress(FileNotFoundError), self.part(upload_id).open("rb") as part:
            os.fsync(part.fileno())
        return self.received(upload_id)

    def append(self, upload_id: UploadId, data: bytes) -> int:
        """Add what comes next; how much there is now. On a full disk a piece may come in part."""
        with self.part(upload_id).open("ab", buffering=0) as part:
            start, view = part.tell(), memoryview(data)
            while view:
                view = view[part.write(view) :]
            _write_out(part.fileno(), start, len(data))
            if start == 0:
                self._checksums[upload_id] = Checksum()
            if (checksum := self._checksums.get(upload_id)) is not None:
                checksum.add(start, data)
            return start + len(data)

    def checksum(self, upload_id: UploadId) -> Sha256:
        """The SHA-256 of what has come. Raises `FileNotFoundError` where nothing has."""
        known = self._checksums.get(upload_id)
        if known is not None and known.size == self.received(upload_id):
            return known.so_far()
        return sha256_of(self.part(upload_id))

    def drop(self, upload_id: UploadId) -> None:
        """Forget what has come, and what was made of it."""
        self._checksums.pop(upload_id, None)
        for path in (self.part(upload_id), *self._uploads.glob(f"{upload_id}.*")):
            path.unlink(missing_ok=True)

    def parts(self) -> list[UploadId]:
        """The uploads of which anything lies here."""
        numbers = {name.partition(".")[0] for name in os.listdir(self._uploads)}
        return [UploadId(int(number)) for number in sorted(numbers) if number.isdecimal()]

    # --- contents -----------------------------------------------------------------------------------------------------

    def content(self, sha256: Sha256) -> Path:
        """Where a content lies."""
        return self.folder / sha256[:2] / sha256

    def keep(self, source: Path, sha256: Sha256, thumbnail: Path | None = None) -> None:
        """Put a content in place, and its thumbnail, on disk for good; harmless where it is there already.

        The source may go afterwards; the thumbnail is moved.
        """
        target = self.content(sha256)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        for path in (source, *((thumbnail,) if thumbnail is not None else ())):
            with path.open("rb") as file:
                os.fsync(file.fileno())
        with self._lock:
            self._pledged[sha256] += 1
            self._pledged_at[sha256] = time.monotonic()
            if thumbnail is not None:
                thumbnail.replace(_thumbnail(target))
            if not target.exists():
                _link(source, target)
        for folder in (target.parent, self.folder):
            _sync_folder(folder)

    def keep_data(self, data: bytes) -> Sha256:
        """Put a content in place that never was a file; its name. Of a crash, what is left goes like any other."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.content(sha256)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        source = target.with_name(f"{sha256}.{secrets.token_hex(8)}")
        with self._lock:
            # So that it is not taken for what a crash has left, before it is kept.
            self._pledged[sha256] += 1
            self._pledged_at[sha256] = time.monotonic()
        source.write_bytes(data)
        self.keep(source, sha256)
        self.release(Counter((sha256,)))
        source.unlink(missing_ok=True)
        return sha256

    def noted(self, sha256: Sha256) -> None:
        """The row of a content that was kept stands in a transaction that is about to be committed."""
        with self._lock:
            self._noted[sha256] += 1

    def take_noted(self) -> Counter[Sha256]:
        """Contents that were noted, each as often; to be released when their transactions have ended."""
        with self._lock:
            noted, self._noted = self._noted, Counter()
        return noted

    def give_back(self, noted: Counter[Sha256]) -> None:
        """Whether their transactions have ended is not known: name them again."""
        with self._lock:
            self._noted += noted

    def release(self, noted: Counter[Sha256]) -> None:
        """From now on only the database says whether these are needed."""
        with self._lock:
            # What is left is above 0: on its way once more.
            self._pledged -= noted
            for sha256 in noted.keys() - self._pledged.keys():
                self._pledged_at.pop(sha256, None)

    @contextlib.contextmanager
    def opened(self, sha256: Sha256, *, small: bool) -> Iterator[BinaryIO]:
        """A content; its thumbnail where a small one is wanted and there is one. Raises `FileNotFoundError`."""
        content = self.content(sha256)
        if small:
            with contextlib.suppress(FileNotFoundError), _thumbnail(content).open("rb") as found:
                yield found
                return
        with content.open("rb") as found:
            yield found

    # --- what is not needed any more ----------------------------------------------------------------------------------

    def doubt(self, sha256s: Iterable[Sha256]) -> None:
        """Perhaps nothing refers to these any more."""
        prefixes = {sha256[:2] for sha256 in sha256s}
        with self._lock:
            self._doubtful |= prefixes

    def take_doubtful(self, most: int) -> set[str]:
        """Some of the folders in which something may lie that nothing refers to; they are forgotten."""
        with self._lock:
            return {self._doubtful.pop() for _ in range(min(most, len(self._doubtful)))}

    def remove_unneeded(self, prefix: str, needed: Container[Sha256]) -> int:
        """Remove from one folder what is neither needed nor on its way to being noted; how many files that were.

        What was needed may have been looked up before this, but not before the last `release`.
        """
        folder, count = self.folder / prefix, 0
        with contextlib.suppress(FileNotFoundError):
            for name in os.listdir(folder):
                sha256, _, kind = name.partition(".")
                if sha256 in needed and kind in _KINDS:
                    continue
                with self._lock:
                    if not self._is_pledged(sha256):
                        (folder / name).unlink(missing_ok=True)
                        count += 1
        return count

    def _is_pledged(self, sha256: Sha256) -> bool:
        since = self._pledged_at.get(sha256)
        if since is not None and time.monotonic() - since > PLEDGE_SECONDS:
            del self._pledged[sha256], self._pledged_at[sha256]
            return False
        return since is not None


def _thumbnail(content: Path) -> Path:
    return content.with_name(content.name + THUMBNAIL)


def _link(source: Path, target: Path) -> None:
    """The same content in both places, so that what was begun can be done once more; else in the second alone."""
    try:
        os.link(source, target)
    except OSError:
        source.replace(target)


def _write_out(descriptor: int, start: int, size: int) -> None:
    """Have the system begin to write this to the disk.

    Else it would gather until the file is forced there as a whole, and the log of the database would wait behind it.
    Measured beside 60 MB of files a second: 99 of 100 commits within 5 ms instead of 13, the file's own end in 0.3
    instead of 13 ms. It is what Linux does first when it is told that nobody needs these bytes soon.
    """
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, start, size, os.POSIX_FADV_DONTNEED)


def _sync_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
