"""A thousand devices in one process: each resumes by token, and comes back as the client does when it is cut off.

Run as `python -m tests.server_app.crowd HOST PORT DEVICES`. It writes a line of JSON (a `Report`) when all are in that
were not before, and one when all of them have dialled in vain for some time; it ends when its input does.
"""

import hashlib
import heapq
import random
import selectors
import socket
import sqlite3
import ssl
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from client_app.core.network.backoff import delay
from server_app.descriptors import most_connections
from server_app.storage.engine import database_url, writing_engine
from server_app.storage.upgrade import upgrade_database
from shared.answers import Done, Refused
from shared.codec import decode_from_server, encode
from shared.errors import ProtocolViolation
from shared.events import ServerStopping
from shared.framing import FrameReader, frame
from shared.limits import MAX_FRAME
from shared.requests import Resume
from shared.tls import pinning_context
from shared.types import Rev, Token

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE

HAS_MANY_ADDRESSES = sys.platform == "linux"
"""Whether each device can come from an address of its own, as far as the server can tell; elsewhere all share one."""
IN_VAIN = 5
"""How often each has dialled in vain, on the average, before the crowd says so: about two seconds."""


class Report(msgspec.Struct):
    """What happened since all were in the last time."""

    all_in_at: float = 0.0
    """When the last one came in, in seconds since 1970; 0.0 while somebody is away."""
    attempts: int = 0
    nobody_there: int = 0
    """Attempts while no server listened."""
    refused: dict[str, int] = {}
    """How many were told what instead of being let in."""
    hung_up_on: dict[str, int] = {}
    """How many the server accepted and then left without an answer, and how that came."""
    told_to_return: int = 0


def fill_house(database: Path, people: int) -> None:
    """A new database with so many people, each of whom has a session."""
    engine = writing_engine(database_url(str(database)))
    upgrade_database(engine)
    engine.dispose()
    now = int(time.time() * 1000)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(
            "INSERT INTO users (id, name, name_key, password_hash, created_at, rev)"
            " VALUES (:number, :name, :name, '', :now, :number)",
            [{"number": number, "name": f"person{number}", "now": now} for number in range(1, people + 1)],
        )
        connection.executemany(
            "INSERT INTO sessions (user_id, token_hash, device, created_at, last_seen_at) VALUES (?, ?, '', ?, ?)",
            [
                (number, hashlib.sha256(token_of(number).encode()).hexdigest(), now, now)
                for number in range(1, people + 1)
            ],
        )


def token_of(number: int) -> Token:
    """The token of one of those people."""
    return Token(f"the token of person {number}".replace(" ", "-"))


@dataclass(eq=False)
class Device:
    """One connection, or the wish to have one."""

    number: int
    due: float = 0.0
    """When to dial; of no interest while connected."""
    stage: str = "away"
    """away, dialling, shaking hands, asking, in"""
    away_since: float = 0.0
    hint: float | None = None
    wire: socket.socket = field(default_factory=socket.socket)
    reader: FrameReader = field(default_factory=lambda: FrameReader(MAX_FRAME))

    def __lt__(self, other: "Device") -> bool:
        return self.due < other.due


class Crowd:
    """All devices on one selectors loop."""

    def __init__(self, address: tuple[str, int], devices: int) -> None:
        self._address = address
        self._tls = pinning_context()
        self._selector = selectors.DefaultSelector()
        self._away = [Device(number) for number in range(1, devices + 1)]
        self._rev = Rev(devices)
        self._missing = devices
        self._report = Report()

    def run(self) -> None:
        """Until the input ends."""
        self._selector.register(sys.stdin, READ, None)
        while True:
            now = time.monotonic()
            while self._away and self._away[0].due <= now:
                self._dial(heapq.heappop(self._away))
            timeout = max(0.0, self._away[0].due - now) if self._away else None
            for key, _ in self._selector.select(timeout):
                if key.data is None:
                    return
                self._go_on(key.data)

    def _dial(self, device: Device) -> None:
        self._report.attempts += 1
        device.stage, device.reader = "dialling", FrameReader(MAX_FRAME)
        device.wire = socket.socket()
        device.wire.setblocking(False)
        if HAS_MANY_ADDRESSES:
            device.wire.bind((f"127.1.{device.number // 250}.{device.number % 250 + 1}", 0))
        device.wire.connect_ex(self._address)
        self._selector.register(device.wire, WRITE, device)

    def _go_on(self, device: Device) -> None:
        try:
            if device.stage == "dialling":
                self._was_connected(device)
            if device.stage == "shaking hands":
                assert isinstance(device.wire, ssl.SSLSocket)
                device.wire.do_handshake()
                device.stage = "asking"
                request = Resume(id=1, token=token_of(device.number), users_rev=self._rev)
                device.wire.send(frame(encode(request)))
            elif device.stage in ("asking", "in"):
                self._hear(device)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except (OSError, ProtocolViolation) as error:
            self._was_cut_off(device, str(error))

    def _was_connected(self, device: Device) -> None:
        if device.wire.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self._report.nobody_there += 1
            if self._report.nobody_there == IN_VAIN * self._rev:
                self._write()
            raise ConnectionRefusedError("nobody there")
        device.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.unregister(device.wire)
        device.wire = self._tls.wrap_socket(device.wire, do_handshake_on_connect=False)
        self._selector.register(device.wire, READ, device)
        device.stage = "shaking hands"

    def _hear(self, device: Device) -> None:
        while True:
            data = device.wire.recv(256 * 1024)
            if not data:
                raise ConnectionResetError("hung up")
            for payload in device.reader.feed(data):
                # Presence comes in thousands and is of no interest; to decode it would take this process's time.
                if not payload.startswith(b'{"type":"presence'):
                    self._was_told(device, decode_from_server(payload))

    def _was_told(self, device: Device, told: object) -> None:
        if isinstance(told, Refused):
            _count(self._report.refused, told.message)
        elif isinstance(told, ServerStopping):
            device.hint = told.retry_after
            self._report.told_to_return += 1
        elif isinstance(told, Done):
            device.stage, device.away_since, device.hint = "in", 0.0, None
            self._missing -= 1
            if not self._missing:
                self._report.all_in_at = time.time()
                self._write()
                self._report = Report()

    def _write(self) -> None:
        sys.stdout.write(encode(self._report).decode() + "\n")
        sys.stdout.flush()

    def _was_cut_off(self, device: Device, reason: str) -> None:
        self._selector.unregister(device.wire)
        device.wire.close()
        now = time.monotonic()
        if device.stage == "in":
            self._missing += 1
            device.away_since = now
        elif device.stage != "dialling":
            _count(self._report.hung_up_on, reason)
        device.due = now + delay(now - device.away_since if device.away_since else 0.0, device.hint)
        device.stage, device.hint = "away", None
        heapq.heappush(self._away, device)


def _count(counts: dict[str, int], what: str) -> None:
    counts[what] = counts.get(what, 0) + 1


if __name__ == "__main__":
    random.seed(1)
    assert most_connections() > int(sys.argv[3]) + 100, "the limit of open files is too low"
    Crowd((sys.argv[1], int(sys.argv[2])), int(sys.argv[3])).run()
