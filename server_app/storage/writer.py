"""The one thread that changes the database: it takes all that waits, runs it, commits once, then lets it be known."""

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from sqlalchemy import Connection, Engine

from shared.errors import Refusal, Unavailable

from .engine import transaction_is_open
from .failures import BUSY, DISK, HELD, STUCK, Episode, failure_of, unforeseen
from .intake import WORTH_WAITING, Intake
from .savepoint import TransactionLost

log = logging.getLogger("hearth.writer")

MAX_WAITING = 16_384
"""Jobs that may wait: about a second's work. Whoever came later would have gone away before its turn."""
MOST_TELLING_SECONDS = 0.05
"""The next batch of many is begun when the I/O threads have sent the former one, because they cannot send two at once,
and what they read meanwhile can still come into it; or after so long."""
STUCK_SECONDS = 5.0
"""A batch takes milliseconds; a disk that needs longer than this has stopped to answer. Others may hold the database
for as long before that is told them (`engine.BUSY_SECONDS`)."""


class Job(Protocol):
    """Something to be written. Its methods run on the writer thread; out of them come failures of the database alone.

    Such a failure ends the whole batch: it is nobody's fault, and it would hit the next job, too.
    """

    @property
    def company(self) -> object:
        """Neighbours with the same company, other than None, are written by one call of `perform_together`."""

    def perform(self, connection: Connection) -> None:
        """Write it, or note the refusal, leaving no trace in the database."""

    def perform_together(self, connection: Connection, jobs: Sequence["Job"]) -> None:
        """The same for itself and its neighbours."""

    def was_lost(self, refusal: Refusal) -> None:
        """Note that nothing of it is stored, and why."""


class Writer:
    """Jobs in, in any number and from any thread; after each commit, the batch goes to `settle` in the same order.

    It outlives whatever happens to the disk, to the database and to `settle`.
    """

    def __init__(self, engine: Engine, settle: Callable[[Sequence[Job]], Sequence[threading.Event]]) -> None:
        self._engine = engine
        self._settle = settle
        self._connection: Connection | None = None
        self._episode = Episode("writing")
        self._intake: Intake[Job] = Intake()
        self._busy_since: float | None = None
        """When the batch in hand was begun; None between batches. Set by the writer thread alone."""
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    # --- any thread ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def obstacle(self) -> Unavailable | None:
        """Why nothing more should be submitted at the moment; None when all is well.

        What was submitted before is neither stored nor lost, as far as anybody knows, until the disk answers.
        """
        since = self._busy_since
        if since is not None and time.monotonic() - since > STUCK_SECONDS:
            self._episode.note(STUCK)
            return STUCK.refusal()
        if len(self._intake) >= MAX_WAITING:
            return BUSY.refusal()
        return None

    def submit(self, jobs: Sequence[Job]) -> None:
        """Have these written in this order."""
        self._intake.put(jobs)

    def stop(self, seconds: float) -> bool:
        """Write what waits and end; False where that took longer."""
        self._intake.close()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    # --- its own thread -----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        is_last = False
        while not is_last:
            batch: list[Job] = []
            is_last = self._intake.take(batch)
            if batch:
                begun = time.monotonic()
                told = self._finish(batch)
                if len(batch) >= WORTH_WAITING:
                    _wait(told, begun + MOST_TELLING_SECONDS)
                self._intake.note(len(batch), time.monotonic() - begun)
        self._disconnect()

    def _finish(self, batch: Sequence[Job]) -> Sequence[threading.Event]:
        self._busy_since = time.monotonic()
        refusal = self._store(batch)
        self._busy_since = None
        try:
            if refusal is not None:
                for job in batch:
                    job.was_lost(refusal)
            return self._settle(batch)
        except Exception:
            log.exception("a batch of %d could not be answered", len(batch))
            return ()

    def _store(self, batch: Sequence[Job]) -> Refusal | None:
        """Write all of it; the refusal where nothing of it is stored."""
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            self._write(self._connection, batch)
        except Exception as error:  # noqa: BLE001  # told apart and logged below
            return self._give_up(batch, error)
        self._episode.over()
        return None

    def _write(self, connection: Connection, batch: Sequence[Job]) -> None:
        with connection.begin():
            for job, neighbours in _companies(batch):
                if len(neighbours) > 1:
                    job.perform_together(connection, neighbours)
                else:
                    job.perform(connection)
                if not transaction_is_open(connection):
                    raise TransactionLost("the database gave up the transaction")

    def _give_up(self, batch: Sequence[Job], error: Exception) -> Refusal:
        failure = failure_of(error)
        if failure is None:
            log.exception("nothing of a batch of %d was stored", len(batch))
        else:
            self._episode.note(failure, error)
        if failure is not HELD:
            # Whatever state its connection is in by now, a new one is in none.
            self._disconnect()
        if failure is DISK:
            self._bury()
        return unforeseen() if failure is None else failure.refusal()

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.invalidate()
            connection.close()
        except Exception as error:  # noqa: BLE001  # it is out of use in any case
            log.error("the connection to the database could not be closed: %s", error)

    def _bury(self) -> None:
        """See to it that what is about to be refused cannot come back to life.

        When the last step of a commit fails, which is to wait for the disk, then the whole transaction stands in
        SQLite's log already. It does not count; but if the process were killed now, it would at the next start. Any
        other transaction takes its place there, even one of which the end fails as well.
        """
        if self._engine.dialect.name != "sqlite":
            return
        try:
            with self._engine.connect() as connection, connection.begin():
                # A number that SQLite keeps for programs that want one; this one does not.
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                connection.exec_driver_sql(f"PRAGMA user_version = {(version + 1) % 2**31}")
        except Exception as error:  # noqa: BLE001  # the log says already that the disk is sick
            log.debug("the disk still reports errors: %s", error)


def _companies(batch: Sequence[Job]) -> Iterator[tuple[Job, Sequence[Job]]]:
    for company, group in itertools.groupby(batch, key=lambda job: job.company):
        jobs = list(group)
        if company is None:
            yield from ((job, (job,)) for job in jobs)
        else:
            yield jobs[0], jobs


def _wait(told: Sequence[threading.Event], until: float) -> None:
    for event in told:
        event.wait(max(0.0, until - time.monotonic()))
