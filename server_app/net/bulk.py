"""Connections that carry files wait for their share of an I/O thread’s time; those who chat always have the rest."""

import math
import time
from collections.abc import Callable
from typing import Protocol

SHARE = 0.5
"""Of the thread's time. The rest is for those who chat, and for the threads that store what they say."""
CROWD, CROWDS_SHARE = 16, 0.2
"""Where so many wait at once, their share is this: else files come faster than a disk takes them beside the log.

Measured with a hundred people who send at once: at 85, 55 and 38 MB/s of files, one message of a hundred took longer
than 83, 54 and 12 ms.
"""
SLICE_SECONDS = 0.003
"""At a time: so long does a message wait that comes meanwhile."""
READS = 16
"""At a time, of one that carries files: of TLS each gives 16 KB at most, so that is a piece with what is behind it."""
CARRYING_SECONDS = 1.0
"""How long a connection counts as one that carries files after the last of them was asked for."""


class Carrying(Protocol):
    """A connection that carries files. Its methods are for the I/O thread that owns it."""

    def watch(self) -> None:
        """Have the selector wait for what it can do next: while it is in the bulk, for nothing."""

    def take_turn(self, events: int) -> None:
        """`watch` again, and do what can be done for these."""


class Bulk:
    """In the order in which they had something, so each gets its turn. Lives on its I/O thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: dict[Carrying, int] = {}
        """For which events each is ready."""
        self._next_at = 0.0

    def __contains__(self, connection: object) -> bool:
        return connection in self._waiting

    @property
    def due(self) -> float:
        """When `serve` is to be called, by the clock; infinite while nothing waits."""
        return self._next_at if self._waiting else math.inf

    def put(self, connection: Carrying, events: int) -> None:
        """Let it wait."""
        self._waiting[connection] = events
        connection.watch()

    def discard(self, connection: object) -> None:
        """It is closed; harmless where it does not wait."""
        self._waiting.pop(connection, None)  # type: ignore[call-overload]  # any key may be asked for

    def serve(self) -> None:
        """Let as many as a slice is enough for have their turn, unless it is too early; then rest in proportion."""
        begun = now = self._clock()
        if now < self.due:
            return
        share = SHARE if len(self._waiting) < CROWD else CROWDS_SHARE
        while self._waiting and now < begun + SLICE_SECONDS:
            connection = next(iter(self._waiting))
            connection.take_turn(self._waiting.pop(connection))
            now = self._clock()
        self._next_at = now + (now - begun) * (1 / share - 1)
