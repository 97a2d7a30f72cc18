"""The store's thread: takes all that is to be written, and commits it at once."""

import contextlib
import heapq
import itertools
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .file import AccountFile, is_unusable, primary_code

RETRY_SECONDS = 1.0
"""Between two attempts while the disk is full, or another program holds the file."""
MOST_WAITING = 20_000
"""Writes waiting for such a disk beyond which no more of what the server has as well is added to them."""
_PASSING = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Write:
    """Something to be done to a file. It may be done again where the whole batch had to be, so it sets."""

    file: AccountFile
    run: Callable[[sqlite3.Connection], object]
    done: Callable[[], None] = lambda: None
    """Called on the store's thread once it is on disk, or given up."""


Job = Write | Callable[[], object]


@dataclass(order=True, slots=True)
class _Due:
    time: float
    number: int
    job: Job = field(compare=False)


class Writing:
    """One thread for all files. `later` and its kin may be called from any thread and return at once."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._delayed: queue.SimpleQueue[_Due] = queue.SimpleQueue()
        self._numbers = itertools.count()
        self._is_closing = threading.Event()
        self.is_in_trouble = False
        """Whether the disk does not take what is to be written at the moment."""
        self._due: list[_Due] = []
        """The thread's own."""
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    @property
    def is_behind(self) -> bool:
        """Whether so much waits that nothing should be added that can be had again."""
        return self._jobs.qsize() > MOST_WAITING

    def later(self, job: Job) -> None:
        """Do this after everything that was asked for before."""
        self._jobs.put(job)

    def after(self, seconds: float, job: Job) -> None:
        """Do this in so many seconds, or at the end."""
        self._delayed.put(_Due(time.monotonic() + seconds, next(self._numbers), job))
        self._jobs.put(_nothing)

    def finish(self, seconds: float) -> bool:
        """Wait until everything asked for so far is done, at most so long; whether it is."""
        if not self._thread.is_alive():
            return True
        is_done = threading.Event()
        self.later(is_done.set)
        return is_done.wait(seconds)

    def close(self) -> None:
        """Do everything that waits, then stop."""
        self._is_closing.set()
        self._jobs.put(None)
        self._thread.join(timeout=10)

    # --- the store's thread -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        is_open = True
        while is_open:
            jobs, is_open = self._gather()
            for are_writes, group in itertools.groupby(jobs, lambda job: isinstance(job, Write)):
                if are_writes:
                    self._write([job for job in group if isinstance(job, Write)])
                else:
                    for job in group:
                        self._carry_out(job)

    def _gather(self) -> tuple[list[Job], bool]:
        """All that is to be done now, and whether there is to be more."""
        jobs: list[Job | None] = []
        with contextlib.suppress(queue.Empty):
            jobs.append(self._jobs.get(timeout=self._until_due()))
            while True:
                jobs.append(self._jobs.get_nowait())
        self._until_due()
        is_open = None not in jobs
        while self._due and (not is_open or self._due[0].time <= time.monotonic()):
            jobs.append(heapq.heappop(self._due).job)
        return [job for job in jobs if job is not None], is_open

    def _until_due(self) -> float | None:
        with contextlib.suppress(queue.Empty):
            while True:
                heapq.heappush(self._due, self._delayed.get_nowait())
        return max(0.0, self._due[0].time - time.monotonic()) if self._due else None

    def _carry_out(self, job: object) -> None:
        try:
            if callable(job):
                job()
        except (OSError, ValueError, sqlite3.Error) as error:
            _log.error("The client could not keep something: %s", error)

    def _write(self, writes: list[Write]) -> None:
        """Do all of it in one transaction for each file, again and again while that is only a matter of time."""
        while True:
            try:
                self._transact(writes)
                self.is_in_trouble = False
                break
            except (sqlite3.Error, OSError) as error:
                if not self.is_in_trouble:
                    _log.error("The client cannot write what it keeps, and goes on trying: %s", error)
                self.is_in_trouble = True
            if self._is_closing.wait(RETRY_SECONDS):
                _log.error("The client had to stop before it could write everything.")
                break
        for write in writes:
            write.done()

    def _transact(self, writes: list[Write]) -> None:
        begun: dict[AccountFile, sqlite3.Connection] = {}
        try:
            for write in writes:
                if write.file.is_removed:
                    continue
                if write.file not in begun:
                    connection = write.file.writer()
                    connection.execute("begin immediate")
                    begun[write.file] = connection
                self._write_one(write, begun[write.file])
            for connection in begun.values():
                connection.execute("commit")
        except sqlite3.Error as error:
            for file, connection in begun.items():
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("rollback")
                if is_unusable(error):
                    file.put_aside(error)
            raise

    @staticmethod
    def _write_one(write: Write, connection: sqlite3.Connection) -> None:
        """Text that no database takes costs this write and not what comes after."""
        try:
            write.run(connection)
        except sqlite3.Error as error:
            if is_unusable(error) or primary_code(error) in _PASSING:
                raise
            _log.error("The client could not keep something: %s", error)
        except (ValueError, OverflowError) as error:
            _log.error("The client could not keep something: %s", error)


def _nothing() -> None:
    """Rouses the thread."""
