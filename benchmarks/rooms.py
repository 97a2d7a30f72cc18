"""A room: clients that have entered, and runs in which a few of them talk and everybody listens.

Every delivery is proved to be right.
"""

import contextlib
import select
import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .dialects import Dialect
from .transcript import Follower, Transcript, Walker

STALL_SECONDS = 20.0
WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
_BUFFER_BYTES = 256 * 1024


class LoadFailed(Exception):
    """The load could not be put on, or not everything arrived; `str()` says what happened."""


class Line(Protocol):
    """A connected socket that does not block, plain or with TLS."""

    def fileno(self) -> int: ...
    def send(self, data: bytes | bytearray, /) -> int: ...
    def recv_into(self, buffer: memoryview, /) -> int: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Client:
    """Somebody who is connected."""

    number: int
    line: Line
    is_sender: bool
    is_timed: bool
    """Whether it is looked up how long messages took to get here."""


@dataclass(frozen=True)
class Heard:
    """What the clients of a room have heard since it was made."""

    deliveries: int
    receipts: int
    """Acknowledgements of what was sent."""


class Room(Protocol):
    """Clients are added in the order of their numbers; the first so many are the senders."""

    def add(self, client: Client, early: bytes) -> None:
        """A client has entered, and got these bytes afterwards. Raises `StreamFault`."""

    def settle(self, quiet_seconds: float) -> None:
        """Read until nothing has come for so long. Raises `StreamFault`, `LoadFailed`, `Refused`."""

    def post(self, number: int, data: bytes) -> None:
        """Have a client send something beside the messages of a run."""

    def run(self, messages: Sequence[bytes], window: int) -> None:
        """Send these in turns, with at most `window` not yet at (on average) every receiver, until all have all.

        Raises `StreamFault`, `LoadFailed`, `Refused`.
        """

    def heard(self) -> Heard:
        """So far."""

    def latencies(self) -> list[float]:
        """Of the last run: seconds from sending a message to having it, for the clients that are timed."""

    def close(self) -> None:
        """Forget the clients; their lines are closed by whoever opened them."""


class _Device:
    """A client, its reader, and what could not be sent yet."""

    __slots__ = ("client", "outgoing", "reader")

    def __init__(self, client: Client) -> None:
        self.client = client
        self.outgoing = bytearray()
        self.reader: Follower | Walker


class PythonRoom:
    """A room where there is no C compiler. It keeps up with some hundred thousand deliveries a second."""

    def __init__(self, dialect: Dialect, senders: int) -> None:
        self._dialect = dialect
        self._senders = senders
        self._sent_at: list[float] = []
        self._transcript = Transcript(dialect, senders, self._said)
        self._epoll = select.epoll()
        self._devices: list[_Device] = []
        self._by_descriptor: dict[int, _Device] = {}
        self._buffer = memoryview(bytearray(_BUFFER_BYTES))
        self._latencies: list[float] = []
        self._delivered = self._receipts = 0

    def add(self, client: Client, early: bytes) -> None:
        device = _Device(client)

        def on_other(frame: bytes) -> None:
            self._on_other(device, frame)

        is_apart = client.is_sender and not self._dialect.echoes
        if is_apart or not self._dialect.is_one_order:
            skips = client.number if is_apart else None
            device.reader = Walker(self._dialect, self._senders, skips, on_other, self._said)
        else:
            device.reader = Follower(self._transcript, on_other)
        self._devices.append(device)
        self._by_descriptor[client.line.fileno()] = device
        self._epoll.register(client.line.fileno(), select.EPOLLIN)
        device.reader.feed(early)

    def settle(self, quiet_seconds: float) -> None:
        while self._drain(quiet_seconds):
            pass

    def post(self, number: int, data: bytes) -> None:
        self._write(self._devices[number], data)

    def run(self, messages: Sequence[bytes], window: int) -> None:
        hearing = len(self._devices) - (0 if self._dialect.echoes else 1)
        first, before, want = len(self._sent_at), self._delivered, len(messages) * hearing
        self._latencies = []
        said = 0
        while (done := self._delivered - before) < want:
            while said < len(messages) and said * hearing - done < window * hearing:
                self._sent_at.append(time.perf_counter())
                self._write(self._devices[(first + said) % self._senders], messages[said])
                said += 1
            if not self._drain(STALL_SECONDS):
                raise LoadFailed(f"{want - done} of {want} deliveries never arrived.")

    def heard(self) -> Heard:
        return Heard(self._delivered, self._receipts)

    def latencies(self) -> list[float]:
        return self._latencies

    def close(self) -> None:
        self._epoll.close()

    def _said(self) -> int:
        return len(self._sent_at)

    def _write(self, device: _Device, data: bytes) -> None:
        device.outgoing += data
        with contextlib.suppress(*WOULD_BLOCK):
            del device.outgoing[: device.client.line.send(device.outgoing)]
        if device.outgoing:
            self._epoll.modify(device.client.line.fileno(), select.EPOLLIN | select.EPOLLOUT)

    def _drain(self, timeout: float) -> int:
        """Read what has arrived; how many connections had something."""
        events = self._epoll.poll(timeout, 1024)
        buffer, devices = self._buffer, self._by_descriptor
        for descriptor, event in events:
            device = devices[descriptor]
            if event & select.EPOLLOUT:
                self._epoll.modify(descriptor, select.EPOLLIN)
                self._write(device, b"")
            size = receive(device.client, buffer)
            if size and (fresh := device.reader.feed(buffer[:size])):
                self._delivered += fresh
                if device.client.is_timed:
                    now, sent_at = time.perf_counter(), self._sent_at
                    self._latencies.extend(now - sent_at[number] for number in device.reader.newest(fresh))
        return len(events)

    def _on_other(self, device: _Device, frame: bytes) -> None:
        if self._dialect.is_receipt(frame):
            self._receipts += 1
        elif reply := self._dialect.answer(frame):
            self._write(device, reply)


def receive(client: Client, buffer: memoryview) -> int:
    """How many bytes there were to read; 0 for none. Raises `LoadFailed` where the server has hung up."""
    try:
        size = client.line.recv_into(buffer)
    except WOULD_BLOCK:
        return 0
    except OSError:
        size = 0
    if size == 0:
        raise LoadFailed(f"The server closed connection {client.number}.")
    return size


def connect(host: str, port: int, number: int) -> socket.socket:
    """A connected socket for a client. Many come from several addresses, lest one of them runs out of ports."""
    source = (f"127.0.0.{1 + number // 5000}", 0) if number >= 5000 else None
    connected = socket.create_connection((host, port), timeout=STALL_SECONDS, source_address=source)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected
