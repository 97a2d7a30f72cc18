"""One server for one database: a lock on a file beside it, which the system lets go when the process ends, however."""

import contextlib
import logging
import os
import sys
import time
from pathlib import Path

from server_app.errors import DatabaseTaken, StartError

from .upgrade import why_not_opened

if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(descriptor: int) -> None:
        # What is locked there cannot be read by others, and they want to read who was first.
        os.lseek(descriptor, 1000, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_to_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


log = logging.getLogger("hearth.storage")

PAUSE_SECONDS = 0.02


class DatabaseLock:
    """Held until `release`. Without it, two servers would give the same numbers to different messages."""

    def __init__(self, database: Path, patience: float) -> None:
        """Take it; another server that is just stopping is waited for so many seconds. Raises `StartError`."""
        try:
            database.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StartError(why_not_opened(database, error)) from None
        if not self._wait(patience):
            owner = self._owner()
            self.release()
            raise DatabaseTaken(
                f"The database {database} belongs to another server that is running{owner}. Stop that one, or name "
                "another database with --db."
            )
        with contextlib.suppress(OSError):  # it is a courtesy; the disk may be full
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, b"%d\n" % os.getpid())

    def release(self) -> None:
        """Let others have the database. The file stays: if it were removed, two servers could each lock one."""
        os.close(self._descriptor)

    def _wait(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while True:
            try:
                _try_to_lock(self._descriptor)
            except (BlockingIOError, PermissionError):
                if time.monotonic() >= until:
                    return False
                time.sleep(PAUSE_SECONDS)
                continue
            except OSError as error:
                log.warning("this file system has no locks (%s); see to it that one server runs", error.strerror)
            return True

    def _owner(self) -> str:
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        number = os.read(self._descriptor, 20).decode("ascii", "replace").strip()
        return f" (process {number})" if number.isdigit() else ""
