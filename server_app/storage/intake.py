"""What waits for the writer, and how long a batch may grow before it is begun."""

import queue
import threading
import time
from collections.abc import Sequence
from typing import Generic, TypeVar

J = TypeVar("J")

MAX_BATCH = 512
"""Jobs in one transaction: beyond this, a larger batch saves no time and only makes the first of it wait."""
WORTH_WAITING = 4
"""Jobs in a batch from which on the next one is waited for: fewer are people talking, who shall not wait at all."""
PATIENCE = 0.25
"""Of the time that a batch took: how long the next one may wait to become as large."""
LEAST_SECONDS, MOST_SECONDS = 0.0002, 0.005
"""Bounds of that. A thread needs some 0.1 ms to be woken; 5 ms are not felt by anybody."""
FADING = 0.75
"""By how much the largest batch of late counts for less with each that is smaller."""


class Intake(Generic[J]):
    """Jobs from any thread, taken in batches by one.

    A batch costs nearly the same whether one job is in it or sixteen: a write to the disk, and a call for each
    connection that hears of it. So where much is going on, the next batch is begun when it is as large as the former
    ones, or has waited for a part of the time that these took. Measured with 16 messages under way: batches of 15
    instead of 9, and a fifth less of the processor for each message to 10 or 200 receivers, a third less to 1,000.
    """

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Sequence[J] | None] = queue.SimpleQueue()
        self._size = 0
        self._size_lock = threading.Lock()
        # The taking thread's own.
        self._expected = 0.0
        self._patience = 0.0

    # --- any thread ---------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        """How many jobs wait."""
        return self._size

    def put(self, jobs: Sequence[J]) -> None:
        """Have these taken in this order."""
        with self._size_lock:
            self._size += len(jobs)
        self._waiting.put(jobs)

    def close(self) -> None:
        """There will be no more."""
        self._waiting.put(None)

    # --- the thread that takes ----------------------------------------------------------------------------------------

    def take(self, batch: list[J]) -> bool:
        """Wait for jobs, and fill the batch with all that wait; True when there will be no more."""
        jobs, until = self._waiting.get(), time.monotonic() + self._patience
        while jobs is not None:
            batch += jobs
            if len(batch) >= MAX_BATCH:
                break
            try:
                jobs = self._next(until if len(batch) < self._expected else 0.0)
            except queue.Empty:
                break
        with self._size_lock:
            self._size -= len(batch)
        return jobs is None

    def note(self, size: int, seconds: float) -> None:
        """A batch of this size took so long, from its beginning until everybody had been told."""
        self._expected = max(size, self._expected * FADING)
        is_busy = self._expected >= WORTH_WAITING
        self._patience = min(max(seconds * PATIENCE, LEAST_SECONDS), MOST_SECONDS) if is_busy else 0.0

    def _next(self, until: float) -> Sequence[J] | None:
        left = until - time.monotonic()
        return self._waiting.get(timeout=left) if left > 0 else self._waiting.get_nowait()
