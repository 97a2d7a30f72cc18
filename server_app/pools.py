"""Threads that run steps which would hold up an I/O thread: reading the database, and hashing passwords."""

import logging
import os
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable

from sqlalchemy import Connection, Engine

from .carriers import Handover
from .deadline import Deadline
from .storage.failures import BUSY, Episode, failure_of, unforeseen
from .tasks import Task

log = logging.getLogger("hearth.pools")

STUCK_SECONDS = 5.0
"""Reading takes milliseconds and a password half a second; what takes longer than this waits for something."""

_LOW_PRIORITY = 15
"""Of 0 to 19, where 0 is usual: a thread at 15 gets a thirtieth of a core that one at 0 wants as well."""

Run = Callable[[Task], None]
"""Does a task's next step. Failures of the database come out of it."""


class Pool:
    """A fixed number of threads with one bounded queue. Any thread may submit.

    With `gives_way`, they get the processor when nobody else wants it, as far as the system knows of such threads.
    """

    def __init__(self, name: str, threads: int, waiting: float, run: Run, *, gives_way: bool = False) -> None:
        self._gives_way = gives_way
        self._run_task = run
        self._max_waiting = waiting
        self._waiting: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._strands: dict[object, deque[Task]] = {}
        """Those of which a task waits or is being done, and the tasks that may not be begun before that."""
        self._strands_lock = threading.Lock()
        self._is_stopping = False
        self._episode = Episode(f"{name}s")
        self._busy_since: list[float | None] = [None] * threads
        """Since when each thread has been at its task; written by itself alone."""
        self._threads = [
            threading.Thread(target=self._run, args=(number,), name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def submit(self, task: Task) -> bool:
        """Have the next step run; False, and the task refused, where too much waits already or nothing gets done."""
        is_stuck = self._is_stuck()
        if is_stuck:
            self._episode.note(BUSY)
        if is_stuck or self._is_stopping or self._waiting.qsize() >= self._max_waiting:
            task.refuse(BUSY.refusal())
            return False
        if self._is_its_turn(task):
            self._waiting.put(task)
        return True

    def stop(self, seconds: float) -> None:
        """Finish what waits and end, or give up after so many seconds."""
        self._is_stopping = True
        for _ in self._threads:
            self._waiting.put(None)
        deadline = Deadline(seconds)
        for thread in self._threads:
            thread.join(deadline.left())

    def _is_its_turn(self, task: Task) -> bool:
        """Whether nothing of its strand is before it; else it is kept until then."""
        if (strand := task.strand) is None:
            return True
        with self._strands_lock:
            before = self._strands.get(strand)
            if before is None:
                self._strands[strand] = deque()
            else:
                before.append(task)
            return before is None

    def _let_next(self, strand: object) -> None:
        """What comes next in a strand waits behind everything else, so that nobody's many pieces hold up the others."""
        with self._strands_lock:
            following = self._strands[strand]
            if following:
                self._waiting.put(following.popleft())
            else:
                del self._strands[strand]

    def _is_stuck(self) -> bool:
        """Whether every thread has been at the same task for long: then the disk does not answer, most likely."""
        long_ago = time.monotonic() - STUCK_SECONDS
        return all(since is not None and since < long_ago for since in self._busy_since)

    def _run(self, number: int) -> None:
        if self._gives_way and sys.platform == "linux":
            # Elsewhere this would be the priority of the whole process.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW_PRIORITY)
        while (task := self._waiting.get()) is not None:
            self._busy_since[number] = time.monotonic()
            strand = task.strand
            self._do(task)
            if strand is not None:
                self._let_next(strand)
            self._busy_since[number] = None
            self._episode.over()
            # While it waits, a thread keeps nobody's connection, page or password.
            del task

    def _do(self, task: Task) -> None:
        try:
            self._run_task(task)
        except Exception as error:
            # The thread serves everybody; whatever this is, it costs only the request that brought it.
            failure = failure_of(error)
            if failure is None:
                log.exception("%s: %s failed", task.asker.label, type(task.request).__name__)
            task.refuse(unforeseen() if failure is None else failure.refusal())
        task.carrier.hand_over(Handover(returning=[task]))


def reading(engine: Engine) -> Run:
    """Runs a step with a connection that can only read, seeing the database as it is at that moment.

    What runs raises whatever the database fails at, and notes that in the log.
    """
    episode = Episode("reading")

    def run(task: Task) -> None:
        try:
            with engine.connect() as connection:
                _read(task, connection)
        except Exception as error:
            failure = failure_of(error)
            if failure is not None:
                episode.note(failure, error)
            raise
        episode.over()

    return run


def _read(task: Task, connection: Connection) -> None:
    """Run the step; a connection that failed is not used again."""
    is_done = False
    try:
        task.run(connection)
        is_done = True
    finally:
        if not is_done:
            connection.invalidate()


def hashing(task: Task) -> None:
    """Runs a step that needs no database."""
    task.run()
