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
from .transcript import Follower, Transcript, Walker

STALL_SECONDS = 20.0
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
        self.reader: Follower | Walker


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

    def __enter__(self) -> "Generator":
        try:
            for number in range(self._receivers):
                self._enter(number)
                if number % 16 == 0:
                    self._drain(0)
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
            if size == 0:
                raise LoadFailed(f"The server closed connection {device.number}.")
            fresh = device.reader.feed(buffer[:size])
            if fresh:
                self._delivered += fresh
                if device.is_timed:
                    self._time(device.reader.index, fresh)
        return len(events)

    def _time(self, index: int, fresh: int) -> None:
        now, sent_at = time.perf_counter(), self._sent_at
        self._latencies.extend(now - sent_at[number] for number in self._transcript.numbers[index - fresh : index])

    def _settle(self, quiet_seconds: float) -> None:
        while self._drain(quiet_seconds):
            pass

    def _enter(self, number: int) -> None:
        connection = socket.create_connection((self._target.host, self._target.port), timeout=STALL_SECONDS)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._target.tls:
            connection = self._target.tls.wrap_socket(connection, server_hostname="localhost")
        is_sender = number < self._senders
        device = Device(number, connection, is_timed=number % self._every == self._every - 1 and not is_sender)
        self._by_number.append(device)
        early = self._say_opening(device)
        connection.setblocking(False)
        self._devices[connection.fileno()] = device
        self._epoll.register(connection.fileno(), select.EPOLLIN)

        def on_other(frame: bytes) -> None:
            self._on_other(device, frame)

        if is_sender and not self._dialect.echoes:
            device.reader = Walker(self._dialect, self._senders, number, on_other)
        else:
            device.reader = Follower(self._transcript, on_other)
        device.reader.feed(early)

    def _say_opening(self, device: Device) -> bytes:
        """Enter the room; what arrived after the last awaited frame."""
        heard = b""
        for step in self._dialect.opening(device.number):
            device.socket.sendall(step.say)
            while not (after := self._end_of(step.until, heard)):
                data = device.socket.recv(_BUFFER_BYTES)
                if not data:
                    raise LoadFailed(f"The server closed connection {device.number} while it entered: {heard[-200:]!r}")
                heard += data
            heard = heard[after:]
        return heard

    def _end_of(self, awaited: bytes, heard: bytes) -> int:
        """Where the frame that was waited for ends; 0 where it has not arrived."""
        start = 0
        while end := self._dialect.cut(heard, start):
            frame = heard[start:end]
            self._dialect.answer(frame)
            if awaited in frame:
                return end
            start = end
        return 0

    def _on_other(self, device: Device, frame: bytes) -> None:
        if self._dialect.is_receipt(frame):
            self._receipts += 1
        elif reply := self._dialect.answer(frame):
            self._write(device, reply)
