"""The load generator: many clients in one room, a few of which talk, with so many messages under way at a time.

It runs in this process, on one core, and says how busy it was: where the generator was busy all the time and the server
was not, the figure is the generator's.
"""

import contextlib
import gc
import select
import socket
import ssl
import time
from dataclasses import dataclass

from .dialects import Dialect
from .entrance import Entrance
from .transcript import Follower, Transcript, Walker

STALL_SECONDS = 20.0
WAVE = 50
"""How many clients enter at a time."""
_BUFFER_BYTES = 256 * 1024
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class LoadFailed(Exception):
    """The load could not be put on, or not everything arrived; `str()` says what happened."""


@dataclass(frozen=True)
class Target:
    """Where the server listens."""

    port: int
    tls: ssl.SSLContext | None = None
    host: str = "127.0.0.1"


@dataclass(frozen=True)
class Run:
    """What one run came to. Every delivery was verified."""

    messages: int
    deliveries: int
    seconds: float
    generator_share: float
    """Of one core, 0 to 1: how busy the generator was."""
    latencies: tuple[float, ...]
    """Seconds from sending a message to having it, for a few of the receivers, sorted."""

    @property
    def deliveries_per_second(self) -> float:
        return self.deliveries / self.seconds

    def latency_ms(self, share: float) -> float:
        """The latency that this share (0 to 1) of the deliveries did not exceed."""
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))] * 1000


class Device:
    """One connection."""

    __slots__ = ("is_timed", "number", "outgoing", "reader", "socket")

    def __init__(self, number: int, connection: socket.socket, is_timed: bool) -> None:
        self.number = number
        self.socket = connection
        self.is_timed = is_timed
        self.outgoing = bytearray()
        self.reader: Entrance | Follower | Walker


class Generator:
    """Clients in a room, connected once and then good for several runs. Use as a context manager."""

    def __init__(self, target: Target, dialect: Dialect, receivers: int, *, senders: int = 4, timed: int = 8) -> None:
        self._target = target
        self._dialect = dialect
        self._senders = min(senders, receivers)
        self._transcript = Transcript(dialect, self._senders)
        self._every = max(1, receivers // timed)
        self._epoll = select.epoll()
        self._devices: dict[int, Device] = {}
        self._by_number: list[Device] = []
        self._buffer = memoryview(bytearray(_BUFFER_BYTES))
        self._sent_at: list[float] = []
        self._latencies: list[float] = []
        self._delivered = 0
        self._receipts = 0
        self._receivers = receivers
        self._inside = 0

    def __enter__(self) -> "Generator":
        try:
            for first in range(0, self._receivers, WAVE):
                self._enter_wave(range(first, min(first + WAVE, self._receivers)))
            self._settle(0.3)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every connection."""
        for device in self._by_number:
            device.socket.close()
        self._epoll.close()

    def run(self, messages: int, window: int = 16) -> Run:
        """Send so many messages, with at most `window` not yet at (on average) every receiver. Raises `LoadFailed`."""
        heard_by = self._receivers - (0 if self._dialect.echoes else 1)
        first, start_delivered, start_receipts = len(self._sent_at), self._delivered, self._receipts
        goal, want = first + messages, start_delivered + messages * heard_by
        self._latencies = []
        gc.collect()
        gc.disable()
        start, start_busy = time.perf_counter(), time.process_time()
        try:
            while self._delivered < want:
                under_way = window * heard_by
                while (sent := len(self._sent_at)) < goal and (
                    (sent - first) * heard_by - (self._delivered - start_delivered) < under_way
                ):
                    self._say(sent)
                if not self._drain(STALL_SECONDS):
                    raise LoadFailed(f"{want - self._delivered} of {messages * heard_by} deliveries never arrived.")
            seconds, busy = time.perf_counter() - start, time.process_time() - start_busy
        finally:
            gc.enable()
        self._settle(0.05)
        self._check_totals(want, start_receipts + messages)
        latencies = tuple(sorted(self._latencies))
        return Run(messages, messages * heard_by, seconds, busy / seconds, latencies)

    def _check_totals(self, deliveries: int, receipts: int) -> None:
        if self._delivered != deliveries:
            raise LoadFailed(f"{self._delivered - deliveries} deliveries more arrived than were due.")
        if self._receipts and self._receipts != receipts:
            raise LoadFailed(f"{self._receipts} receipts arrived where {receipts} were due.")

    def _say(self, number: int) -> None:
        sender = number % self._senders
        device = self._by_number[sender]
        self._sent_at.append(time.perf_counter())
        self._write(device, self._dialect.message(sender, number))

    def _write(self, device: Device, data: bytes) -> None:
        device.outgoing += data
        with contextlib.suppress(*_WOULD_BLOCK):
            del device.outgoing[: device.socket.send(device.outgoing)]
        if device.outgoing:
            self._epoll.modify(device.socket.fileno(), select.EPOLLIN | select.EPOLLOUT)

    def _drain(self, timeout: float) -> int:
        """Read what has arrived; how many connections had something."""
        events = self._epoll.poll(timeout, 1024)
        buffer, devices = self._buffer, self._devices
        for descriptor, event in events:
            device = devices[descriptor]
            if event & select.EPOLLOUT:
                self._epoll.modify(descriptor, select.EPOLLIN)
                self._write(device, b"")
            try:
                size = device.socket.recv_into(buffer)
            except _WOULD_BLOCK:
                continue
            except ConnectionError:
                size = 0
            if size == 0:
                raise LoadFailed(f"The server closed connection {device.number}.")
            fresh = device.reader.feed(buffer[:size])
            if fresh:
                self._delivered += fresh
                if device.is_timed:
                    self._time(device, fresh)
        return len(events)

    def _time(self, device: Device, fresh: int) -> None:
        now, sent_at = time.perf_counter(), self._sent_at
        self._latencies.extend(now - sent_at[number] for number in device.reader.newest(fresh))

    def _settle(self, quiet_seconds: float) -> None:
        while self._drain(quiet_seconds):
            pass

    def _enter_wave(self, numbers: range) -> None:
        for number in numbers:
            self._connect(number)
        while self._inside < numbers.stop:
            if not self._drain(STALL_SECONDS):
                raise LoadFailed(f"Only {self._inside} of {self._receivers} clients could enter the room.")

    def _connect(self, number: int) -> None:
        connection = socket.create_connection((self._target.host, self._target.port), timeout=STALL_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._target.tls:
            connection = self._target.tls.wrap_socket(connection, server_hostname="localhost")
        is_sender = number < self._senders
        device = Device(number, connection, is_timed=number % self._every == self._every - 1 and not is_sender)
        self._by_number.append(device)
        connection.setblocking(False)
        self._devices[connection.fileno()] = device
        self._epoll.register(connection.fileno(), select.EPOLLIN)
        device.reader = Entrance(
            self._dialect, number, lambda data: self._write(device, data), lambda early: self._entered(device, early)
        )

    def _entered(self, device: Device, early: bytes) -> None:
        def on_other(frame: bytes) -> None:
            self._on_other(device, frame)

        is_sender = device.number < self._senders
        if not self._dialect.is_one_order or (is_sender and not self._dialect.echoes):
            skips = None if self._dialect.echoes or not is_sender else device.number
            device.reader = Walker(self._dialect, self._senders, skips, on_other)
        else:
            device.reader = Follower(self._transcript, on_other)
        device.reader.feed(early)
        self._inside += 1

    def _on_other(self, device: Device, frame: bytes) -> None:
        if self._dialect.is_receipt(frame):
            self._receipts += 1
        elif reply := self._dialect.answer(frame):
            self._write(device, reply)
