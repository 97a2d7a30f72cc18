"""The one thread that changes the database: it takes all that waits, runs it, commits once, then lets it be known."""

import itertools
import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from .engine import transaction_is_open

log = logging.getLogger("hearth.writer")

MAX_BATCH = 512
"""Jobs in one transaction: beyond this, a larger batch saves no time and only makes the first of it wait."""


class Job(Protocol):
    """Something to be written. Its methods run on the writer thread and do not raise."""

    @property
    def company(self) -> object:
        """Neighbours with the same company, other than None, are written by one call of `perform_together`."""

    def perform(self, connection: Connection) -> None:
        """Write it, or note the refusal, leaving no trace in the database."""

    def perform_together(self, connection: Connection, jobs: Sequence["Job"]) -> None:
        """The same for itself and its neighbours."""

    def was_lost(self) -> None:
        """Note that nothing of it is stored, because the transaction failed."""


class Writer:
    """Jobs in, in any number and from any thread; after each commit, the batch goes to `settle` in the same order."""

    def __init__(self, engine: Engine, settle: Callable[[Sequence[Job]], None]) -> None:
        self._engine = engine
        self._settle = settle
        self._waiting: queue.SimpleQueue[Sequence[Job] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def submit(self, jobs: Sequence[Job]) -> None:
        """Have these written in this order. Any thread."""
        self._waiting.put(jobs)

    def stop(self, seconds: float) -> bool:
        """Write what waits and end; False where that took longer."""
        self._waiting.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        connection = self._engine.connect()
        is_last = False
        while not is_last:
            batch: list[Job] = []
            is_last = self._take(batch)
            if batch:
                self._write(connection, batch)
                self._settle(batch)
        connection.close()

    def _take(self, batch: list[Job]) -> bool:
        """Fill the batch with all that waits; True when there will be no more."""
        jobs = self._waiting.get()
        while jobs is not None:
            batch += jobs
            if len(batch) >= MAX_BATCH:
                return False
            try:
                jobs = self._waiting.get_nowait()
            except queue.Empty:
                return False
        return True

    def _write(self, connection: Connection, batch: Sequence[Job]) -> None:
        try:
            with connection.begin():
                for job, neighbours in _companies(batch):
                    if len(neighbours) > 1:
                        job.perform_together(connection, neighbours)
                    else:
                        job.perform(connection)
                    if not transaction_is_open(connection):
                        raise SQLAlchemyError("the database gave up the transaction")
        except SQLAlchemyError as error:
            log.error("nothing of a batch of %d was stored: %s", len(batch), error)
            for job in batch:
                job.was_lost()


def _companies(batch: Sequence[Job]) -> Iterator[tuple[Job, Sequence[Job]]]:
    for company, group in itertools.groupby(batch, key=lambda job: job.company):
        jobs = list(group)
        if company is None:
            yield from ((job, (job,)) for job in jobs)
        else:
            yield jobs[0], jobs
