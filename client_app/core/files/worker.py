"""The thread that reads, hashes and writes files, so that nobody who draws ever waits for a disk."""

import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from client_app.core.network.inbox import Inbox
from shared.errors import Refusal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[str], None]


class Worker:
    """One thread, begun with the first job; what it finds out is told on the thread that drains the core."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._told: Inbox[Callable[[], None]] = Inbox(wake)
        self._thread: threading.Thread | None = None

    def do(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] = lambda _: None,
        failed: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Do this after all that was asked for before; `done` gets what it returns, `failed` why it could not be."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="files", daemon=True)
            self._thread.start()
        self._jobs.put(_Job(work, done, failed))

    def drain(self, budget: float) -> bool:
        """Tell what was found out, for about so many seconds; whether more is waiting."""
        return self._told.drain(lambda tell: tell(), budget)

    def close(self) -> None:
        """Finish what is under way; what still waits is not done any more."""
        if self._thread is not None:
            with contextlib.suppress(queue.Empty):
                while True:
                    self._jobs.get_nowait()
            self._jobs.put(None)
            self._thread.join(2.0)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                result = job.work()
            except Refusal as refusal:
                self._tell(job.failed, refusal.message)
            except OSError as error:
                self._tell(job.failed, f"{error.strerror or error}.")
            else:
                self._tell(job.done, result)

    def _tell(self, call: Callable[[T], None], result: T) -> None:
        self._told.put(lambda: call(result))
