"""What a database can fail at through nobody's mistake: told apart, told to people, and noted in the log once.

Statements run in two ways, through SQLAlchemy and on the driver's cursor, so the same failure comes as two exceptions.
"""

import errno
import logging
import math
import sqlite3
import threading
import time
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from shared.errors import Code, Refusal, Unavailable

log = logging.getLogger("hearth.storage")

RETRY_SECONDS = 5.0
"""When to try again: often enough that nobody waits long after it healed, seldom enough to leave a sick disk alone."""
SILENCE_SECONDS = 60.0
"""Between two notes about the same failure that comes and goes, as on a disk where only small messages still fit."""


@dataclass(frozen=True)
class Failure:
    """A kind of failure: what whoever asked is told, and what the owner reads in the log."""

    sentence: str
    note: str
    heals: bool = True
    """Whether it is worth while to try again soon."""

    def refusal(self) -> Unavailable:
        """What to answer those whose request it hit."""
        return Unavailable(self.sentence, retry_after=RETRY_SECONDS if self.heals else None)


FULL = Failure("The server’s disk is full. Try again when its owner has made room.", "the disk is full; make room")
HELD = Failure(
    "Another program holds the server’s database. Try again soon.",
    "another program holds the database; find it and end what it does",
)
STUCK = Failure(
    "The server’s disk does not answer at the moment. Try again soon.",
    "the disk does not answer; what was begun waits for it, all else is refused",
)
BUSY = Failure(
    "The server is busy. Try again in a moment.",
    "nothing has come to an end for seconds; look at the disk and at the load",
)
DISK = Failure("The server’s disk reports errors. Try again later.", "the disk reports errors; look at it soon")
CLOSED = Failure(
    "The server cannot get at its database. Try again later.",
    "the database cannot be reached or not be written to; look at its path, its permissions and how it is mounted",
)
MEMORY = Failure("The server is out of memory. Try again soon.", "there is no memory left")
# SQLite says the same of a damaged file and of a disk that cannot be read; only the second may heal.
DAMAGED = Failure(
    "The server’s database is damaged, or its disk is. Tell the owner of the server.",
    "THE DATABASE IS DAMAGED or its disk cannot be read; stop the server, keep a copy of the file, restore a backup",
    heals=False,
)

_BY_CODE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: HELD,
    sqlite3.SQLITE_LOCKED: HELD,
    sqlite3.SQLITE_PROTOCOL: HELD,
    sqlite3.SQLITE_IOERR: DISK,
    sqlite3.SQLITE_READONLY: CLOSED,
    sqlite3.SQLITE_CANTOPEN: CLOSED,
    sqlite3.SQLITE_PERM: CLOSED,
    sqlite3.SQLITE_AUTH: CLOSED,
    sqlite3.SQLITE_NOMEM: MEMORY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
_OF_OTHER_DRIVERS = {"OperationalError", "InterfaceError"}
"""What every Python driver calls the errors that are not the statement's fault (PEP 249)."""


def failure_of(error: BaseException) -> Failure | None:
    """What kind of failure this is; None for a mistake of ours, such as a statement that makes no sense."""
    if isinstance(error, MemoryError):
        return MEMORY
    if isinstance(error, OSError):
        return FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else None
    if isinstance(error, PoolTimeout):
        return CLOSED
    if isinstance(error, DBAPIError):
        return CLOSED if error.connection_invalidated else failure_of(error.orig) if error.orig else None
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        # The index of the log lies in a file of its own; that this cannot grow has one likely reason.
        return FULL if code == sqlite3.SQLITE_IOERR_SHMSIZE else _BY_CODE.get(code & 0xFF)
    names = {base.__name__ for base in type(error).__mro__}
    return CLOSED if names & _OF_OTHER_DRIVERS else None


def unforeseen() -> Refusal:
    """What to answer where the server made a mistake; the log has it in full."""
    return Refusal("Something went wrong on the server; its log says what.", code=Code.INTERNAL)


class Episode:
    """Notes in the log when failures begin and when they are over, not each that happens in between. Any thread."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._lock = threading.Lock()
        self._failure: Failure | None = None
        self._since = 0.0
        self._told_at: dict[Failure, float] = {}
        self._is_told = False

    def note(self, failure: Failure, error: BaseException | None = None) -> None:
        """This happened."""
        with self._lock:
            if failure is self._failure:
                return
            now = time.monotonic()
            if self._failure is None:
                self._since, self._is_told = now, False
            self._failure = failure
            if now - self._told_at.get(failure, -math.inf) > SILENCE_SECONDS:
                self._told_at[failure], self._is_told = now, True
                log.error("%s: %s%s", self._what, failure.note, f" ({error})" if error else "")

    def over(self) -> None:
        """It went well again."""
        if self._failure is None:
            return
        with self._lock:
            if self._failure is not None and self._is_told:
                log.warning("%s: all is well again after %.1f s", self._what, time.monotonic() - self._since)
            self._failure = None
