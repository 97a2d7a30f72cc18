"""Twenty people who chat over TLS while something else goes on: how long each message takes to each of them."""

import contextlib
import selectors
import socket
import ssl
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from shared import codec, framing
from shared.answers import Done, Refused
from shared.events import MessagePosted
from shared.limits import MAX_FRAME
from shared.requests import AnyRequest, Register, SendMessage
from shared.types import GENERAL

from . import certificate, servers
from .figures import Plan
from .load import Target
from .rooms import LoadFailed

PEOPLE = 20
PASSWORD = "what each of them has"  # nosec B105  # of accounts that last for minutes
_SAYS_EVERY_SECONDS = 1.0
"""Each person; together they say twenty messages a second, each of which goes to all of them."""
ANSWER_SECONDS = 30.0


@dataclass
class Person:
    """Somebody who is logged in, says something now and then, and hears what all say."""

    wire: ssl.SSLSocket
    says_at: float = 0.0
    reader: framing.FrameReader = field(default_factory=lambda: framing.FrameReader(MAX_FRAME))


class Chat:
    """Twenty people on one loop. A message says when it was sent, so whoever hears it knows how long it took."""

    def __init__(self, target: Target) -> None:
        self._selector = selectors.DefaultSelector()
        self._people = [registered(target, f"person{number}") for number in range(1, PEOPLE + 1)]
        self._said = 0
        self._heard: list[float] = []
        for person in self._people:
            person.wire.setblocking(False)
            self._selector.register(person.wire, selectors.EVENT_READ, person)

    def close(self) -> None:
        """Hang up."""
        for person in self._people:
            person.wire.close()
        self._selector.close()

    def run(self, seconds: float) -> list[float]:
        """Chat for so long; in order, how many milliseconds each message took to each person. Raises `LoadFailed`."""
        self._heard, self._said = [], 0
        begun = time.perf_counter()
        for number, person in enumerate(self._people):
            person.says_at = begun + number * _SAYS_EVERY_SECONDS / PEOPLE
        while (now := time.perf_counter()) < begun + seconds:
            due = min(self._people, key=lambda person: person.says_at)
            if now >= due.says_at:
                self._say(due)
            self._listen(max(0.0, min(person.says_at for person in self._people) - time.perf_counter()))
        until = time.perf_counter() + ANSWER_SECONDS
        while len(self._heard) < self._said * PEOPLE:
            if time.perf_counter() > until:
                raise LoadFailed(f"{len(self._heard)} deliveries arrived where {self._said * PEOPLE} were due.")
            self._listen(0.1)
        return sorted(self._heard)

    def _say(self, person: Person) -> None:
        person.says_at += _SAYS_EVERY_SECONDS
        now = time.perf_counter_ns()
        self._said += 1
        person.wire.send(framed(SendMessage(id=1, channel_id=GENERAL, client_id=f"at-{now}", body=str(now))))

    def _listen(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            person: Person = key.data
            with contextlib.suppress(ssl.SSLWantReadError):
                while data := person.wire.recv(256 * 1024):
                    now = time.perf_counter_ns()
                    for payload in person.reader.feed(data):
                        self._hear(payload, now)

    def _hear(self, payload: bytes, now: int) -> None:
        told = codec.decode_from_server(payload)
        if isinstance(told, Refused):
            raise LoadFailed(told.message)
        if isinstance(told, MessagePosted):
            self._heard.append((now - int(told.message.body)) / 1e6)


@contextlib.contextmanager
def server(plan: Plan, limits: Mapping[str, int], *options: str) -> Iterator[tuple[servers.Running, Target]]:
    """A Hearth server as it comes, but for these limits and options: its process, and how to reach it."""
    folder, port = plan.folder_for("chat"), servers.free_port()
    made = certificate.make(plan.folder_for("certificate"))
    command = ["env", *(f"HEARTH_LIMIT_{name.upper()}={value}" for name, value in limits.items())]
    command += [sys.executable, str(servers.ROOT / "server.py"), "--port", str(port), "--db", str(folder / "hearth.db")]
    command += ["--cert", str(made.pair.certificate), "--key", str(made.pair.key), "--log-level", "warning", *options]
    with servers.running(command, port, folder / "log", ready=servers.HEARTH_READY) as running:
        yield running, Target(port, made.context)


def dialled(target: Target) -> ssl.SSLSocket:
    """Connected, and blocking."""
    assert target.tls is not None, "all of this is measured over TLS"
    connected = socket.create_connection((target.host, target.port), timeout=ANSWER_SECONDS)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return target.tls.wrap_socket(connected, server_hostname="localhost")


def registered(target: Target, name: str) -> Person:
    """A new account, logged in. Raises `LoadFailed`."""
    person = Person(dialled(target))
    person.wire.sendall(framed(Register(id=1, name=name, password=PASSWORD)))
    while True:
        for payload in person.reader.feed(person.wire.recv(64 * 1024)):
            told = codec.decode_from_server(payload)
            if isinstance(told, Refused):
                raise LoadFailed(told.message)
            if isinstance(told, Done):
                return person


def framed(request: AnyRequest) -> bytes:
    """As it goes over the wire."""
    return framing.frame(codec.encode(request))
