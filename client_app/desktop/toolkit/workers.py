"""Threads that do what would hold up the window, the latest wish first, and give what came of it back bit by bit."""

import logging
import threading
import time
import tkinter
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from .waker import Waker

T = TypeVar("T")
THREADS = 2
BUDGET = 0.003
"""Seconds of a turn of the window's loop that what comes back may take: beside a frame of 8 ms there is room for it."""

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Job:
    """Something that is to be done; nothing comes of it once it was cancelled."""

    work: Callable[[], Any]
    then: Callable[[Any], None]
    is_cancelled: bool = False

    def cancel(self) -> None:
        """It is not wanted any more."""
        self.is_cancelled = True


class Workers:
    """Made and used on the window's thread, and over when the window goes. The threads start with the first job."""

    def __init__(self, root: tkinter.Misc, threads: int = THREADS) -> None:
        self._waiting: list[Job] = []
        self._done: deque[tuple[Job, Any]] = deque()
        self._condition = threading.Condition()
        self._is_closed = False
        self._to_start = threads
        self._waker = Waker(root)
        self._waker.start(self._deliver)
        root.bind("<Destroy>", lambda event: self.close() if event.widget is root else None, add="+")

    def do(self, work: Callable[[], T], then: Callable[[T], None]) -> Job:
        """Have `work` done on a thread, before all that waits already, and then `then` on the window's.

        What the work raises is logged, and then nothing follows: expected failures have to be returned.
        """
        job = Job(work, then)
        with self._condition:
            self._waiting.append(job)
            self._condition.notify()
        if self._to_start:
            self._to_start -= 1
            threading.Thread(target=self._run, name="worker", daemon=True).start()
        return job

    def close(self) -> None:
        """Do nothing any more; what is under way comes to nothing. May be called twice."""
        with self._condition:
            self._is_closed = True
            self._waiting.clear()
            self._condition.notify_all()
        self._waker.close()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                outcome = job.work()
            except Exception:  # noqa: BLE001  # whatever it is, the thread goes on with the next job
                _log.exception("Something that was to be done beside the window failed.")
                continue
            self._done.append((job, outcome))
            # A thread that waits holds nothing: images that go here would have to wait for the window's thread.
            del job, outcome
            self._waker.wake()

    def _next(self) -> Job | None:
        with self._condition:
            while not self._is_closed:
                while self._waiting:
                    job = self._waiting.pop()
                    if not job.is_cancelled:
                        return job
                self._condition.wait()
        return None

    def _deliver(self) -> bool:
        """Hand over what is done, for a few milliseconds; whether there is more."""
        deadline = time.perf_counter() + BUDGET
        while self._done:
            job, outcome = self._done.popleft()
            if not job.is_cancelled:
                job.then(outcome)
            if time.perf_counter() >= deadline:
                break
        return bool(self._done)
