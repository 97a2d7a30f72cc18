"""Proof that every receiver got every message once and in one order, at the price of comparing bytes.

A chat server sends the same bytes to everybody. So whoever is ahead writes down what arrived, frame by frame and judged
once, and all the others must have received exactly that: one `memcmp` for a whole burst, and nothing is sampled.
"""

import math
from bisect import bisect_right
from collections.abc import Callable

from .dialects import PADDING, Dialect

TAIL = b" " + PADDING.encode()
"""What follows the number in every message."""


def _no_end() -> float:
    return math.inf


class StreamFault(Exception):
    """A message was lost, doubled or out of order; `str()` says which one."""


class Transcript:
    """The deliveries of all runs in their one order. Messages are numbered by who sends them, round robin, from 0."""

    def __init__(self, dialect: Dialect, senders: int, said: Callable[[], float] = _no_end) -> None:
        """`said` tells how many messages were sent so far."""
        self.dialect = dialect
        self.log = bytearray()
        """The frames of all deliveries, one after the other."""
        self.bounds = [0]
        """Where in `log` each frame begins; the last one is where the next frame will begin."""
        self.index_at = {0: 0}
        """From such a place to the index of its frame."""
        self.numbers: list[int] = []
        """Which message each frame carries."""
        self._order = SenderOrder(senders, said)
        self._seq: int | None = None

    def append(self, frame: bytes) -> None:
        """Write down what the first receiver got next. Raises `StreamFault` where that cannot be right."""
        number = self.dialect.number(frame)
        self._order.check(number)
        if TAIL not in frame:
            raise StreamFault(f"message {number} arrived with another text than was sent")
        seq = self.dialect.seq(frame)
        if seq is not None and self._seq is not None and seq != self._seq + 1:
            raise StreamFault(f"message {number} has seq {seq} after seq {self._seq}: lost, doubled or out of order")
        self._seq = seq
        self.numbers.append(number)
        self.log += frame
        self.index_at[len(self.log)] = len(self.bounds)
        self.bounds.append(len(self.log))


class SenderOrder:
    """Whether each sender's messages arrive once each, in the order in which they were sent."""

    def __init__(self, senders: int, said: Callable[[], float] = _no_end) -> None:
        self._due = list(range(senders))
        self._said = said

    def check(self, number: int) -> None:
        """Take the next message. Raises `StreamFault` where another of its sender was due."""
        sender = number % len(self._due)
        due = self._due[sender]
        if number < due:
            raise StreamFault(f"message {number} arrived when {due} was due: doubled or out of order")
        if number > due:
            raise StreamFault(f"message {number} arrived when {due} was due: lost or out of order")
        if number >= self._said():
            raise StreamFault(f"message {number} arrived, which nobody has sent")
        self._due[sender] = number + len(self._due)


class Follower:
    """One receiver's stream, held against the transcript. What is no delivery goes to `on_other`."""

    def __init__(self, transcript: Transcript, on_other: Callable[[bytes], None]) -> None:
        self.index = 0
        """How many deliveries have arrived whole."""
        self._transcript = transcript
        self._on_other = on_other
        self._position = 0
        self._rest = b""

    def feed(self, data: bytes | memoryview) -> int:
        """How many deliveries these bytes complete. Raises `StreamFault`."""
        if self._rest:
            data = self._rest + data
            self._rest = b""
        transcript, before = self._transcript, self.index
        if not transcript.log.startswith(data, self._position):
            self._walk(bytes(data))
            return self.index - before
        self._position += len(data)
        index = transcript.index_at.get(self._position)
        self.index = bisect_right(transcript.bounds, self._position) - 1 if index is None else index
        return self.index - before

    def newest(self, count: int) -> list[int]:
        """The numbers of the last so many deliveries."""
        return self._transcript.numbers[self.index - count : self.index]

    def _walk(self, data: bytes) -> None:
        """Frame by frame: something else is among the deliveries, or this receiver is ahead of all others."""
        transcript, dialect = self._transcript, self._transcript.dialect
        stream = bytes(transcript.log[transcript.bounds[self.index] : self._position]) + data
        start = 0
        while (end := dialect.cut(stream, start)) > 0:
            frame = stream[start:end]
            if dialect.is_delivery(frame):
                self._follow(frame)
            else:
                self._on_other(frame)
            start = end
        self._rest = stream[start:]
        self._position = transcript.bounds[self.index]

    def _follow(self, frame: bytes) -> None:
        transcript, index = self._transcript, self.index
        if index == len(transcript.numbers):
            transcript.append(frame)
        elif transcript.log[transcript.bounds[index] : transcript.bounds[index + 1]] != frame:
            number, due = transcript.dialect.number(frame), transcript.numbers[index]
            again = number in transcript.numbers[:index]
            raise StreamFault(
                f"message {number} arrived when {due} was due: {'doubled' if again else 'lost'} or out of order"
                if number != due
                else f"message {number} arrived with other bytes than somebody else received"
            )
        self.index += 1


class Walker:
    """One receiver's stream judged by itself: each sender's messages must come once and in the order of sending.

    For protocols without one order for all, and for senders that do not hear themselves (`skips` is then their number).
    """

    def __init__(
        self,
        dialect: Dialect,
        senders: int,
        skips: int | None,
        on_other: Callable[[bytes], None],
        said: Callable[[], float] = _no_end,
    ) -> None:
        self.index = 0
        self._dialect = dialect
        self._skips = skips
        self._numbers: list[int] = []
        self._senders = senders
        self._on_other = on_other
        self._order = SenderOrder(senders, said)
        self._rest = b""

    def feed(self, data: bytes | memoryview) -> int:
        """How many deliveries these bytes complete. Raises `StreamFault`."""
        stream, start, before = self._rest + data, 0, self.index
        while (end := self._dialect.cut(stream, start)) > 0:
            self._take(stream[start:end])
            start = end
        self._rest = stream[start:]
        return self.index - before

    def newest(self, count: int) -> list[int]:
        """The numbers of the last so many deliveries."""
        return self._numbers[-count:]

    def _take(self, frame: bytes) -> None:
        if not self._dialect.is_delivery(frame):
            self._on_other(frame)
            return
        number = self._dialect.number(frame)
        if number % self._senders == self._skips:
            raise StreamFault(f"message {number} came back to its sender, which this protocol does not do")
        self._order.check(number)
        self._numbers.append(number)
        self.index += 1
