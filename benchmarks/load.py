"""The load generator: many clients in one room, a few of which talk, with so many messages under way at a time.

It runs in this process, on one core, and says how busy it was: where the generator was busy all the time and the server
was not, the figure is the generator's.
"""

import gc
import select
import socket
import ssl
import time
from dataclasses import dataclass

from .dialects import Dialect
from .entrance import Entrance
from .native import Native, NativeRoom, NativeTls
from .rooms import STALL_SECONDS, Client, Line, LoadFailed, PythonRoom, Room, connect, receive

WAVE = 50
"""How many clients enter at a time."""
_BUFFER_BYTES = 1024 * 1024


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


class _Entering:
    """A client on its way into the room."""

    def __init__(self, client: Client, dialect: Dialect) -> None:
        self.client = client
        self.early: bytes | None = None
        """Once it is in: what arrived after the last step."""
        self._entrance = Entrance(dialect, client.number, self._say, self._entered)

    def feed(self, data: memoryview) -> None:
        """Go on with what the server said. Raises `Refused`."""
        self._entrance.feed(data)

    def _say(self, data: bytes) -> None:
        if self.client.line.send(data) != len(data):
            raise LoadFailed(f"The server does not read what connection {self.client.number} says.")

    def _entered(self, early: bytes) -> None:
        self.early = early


class Generator:
    """Clients in a room, connected once and then good for several runs. Use as a context manager."""

    def __init__(
        self,
        target: Target,
        dialect: Dialect,
        receivers: int,
        *,
        senders: int = 4,
        timed: int = 8,
        native: Native | None = None,
        enters: bool = True,
    ) -> None:
        """With `native`, the room is in C. Where nobody `enters` by itself, they do bit by bit through `enter`."""
        self._enters = enters
        self._target = target
        self._dialect = dialect
        self._senders = min(senders, receivers)
        self._every = max(1, receivers // timed)
        self._receivers = receivers
        self._native = native if native and (native.has_tls or not target.tls) else None
        self._epoll = select.epoll()
        self._entering: dict[int, _Entering] = {}
        self._inside: list[Client] = []
        self._buffer = memoryview(bytearray(_BUFFER_BYTES))
        self._said = 0
        self.room: Room = (
            NativeRoom(self._native, dialect, self._senders, receivers)
            if self._native
            else PythonRoom(dialect, self._senders)
        )

    def __enter__(self) -> "Generator":
        try:
            if self._enters:
                self.enter(self._receivers)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every connection."""
        self.room.close()
        for line in [*(each.line for each in self._inside), *(each.client.line for each in self._entering.values())]:
            line.close()
        self._epoll.close()

    def enter(self, receivers: int) -> None:
        """Let clients enter until so many are in. Raises `LoadFailed`, `Refused`."""
        for first in range(len(self._inside), receivers, WAVE):
            self._enter_wave(range(first, min(first + WAVE, receivers)))
        self.room.settle(0.3)

    def run(self, messages: int, window: int = 16) -> Run:
        """Send so many messages, with at most `window` not yet at (on average) every receiver. Raises `LoadFailed`."""
        heard_by = len(self._inside) - (0 if self._dialect.echoes else 1)
        before = self.room.heard()
        numbers = range(self._said, self._said + messages)
        said = [self._dialect.message(number % self._senders, number) for number in numbers]
        self._said += messages
        gc.collect()
        gc.disable()
        start, start_busy = time.perf_counter(), time.process_time()
        try:
            self.room.run(said, window)
            seconds, busy = time.perf_counter() - start, time.process_time() - start_busy
        finally:
            gc.enable()
        self.room.settle(0.05)
        after = self.room.heard()
        deliveries = after.deliveries - before.deliveries
        assert deliveries == messages * heard_by, "the room lets nobody hear more than was said"
        if after.receipts and (receipts := after.receipts - before.receipts) != messages:
            raise LoadFailed(f"{receipts} receipts arrived where {messages} were due.")
        return Run(messages, deliveries, seconds, busy / seconds, tuple(sorted(self.room.latencies())))

    def _enter_wave(self, numbers: range) -> None:
        wave = [self._begin(number) for number in numbers]
        while any(entering.early is None for entering in wave):
            ready = self._epoll.poll(STALL_SECONDS, 1024)
            if not ready:
                raise LoadFailed(f"Only {len(self._inside)} of {self._receivers} clients could enter the room.")
            for descriptor, _ in ready:
                entering = self._entering[descriptor]
                if size := receive(entering.client, self._buffer):
                    entering.feed(self._buffer[:size])
                if entering.early is not None:
                    self._epoll.unregister(descriptor)
        for entering in wave:
            self.room.add(entering.client, entering.early or b"")
            self._inside.append(entering.client)
        self._entering.clear()
        self.room.settle(0)

    def _begin(self, number: int) -> _Entering:
        is_sender = number < self._senders
        is_timed = number % self._every == self._every - 1 and not is_sender
        client = Client(number, self._dial(number), is_sender, is_timed)
        entering = self._entering[client.line.fileno()] = _Entering(client, self._dialect)
        self._epoll.register(client.line.fileno(), select.EPOLLIN)
        return entering

    def _dial(self, number: int) -> Line:
        connected = connect(self._target.host, self._target.port, number)
        line: socket.socket | NativeTls = connected
        if self._target.tls:
            if self._dialect.greets_before_tls:
                while not connected.recv(4096).endswith(b"\n"):
                    pass
            wrap = self._target.tls.wrap_socket
            line = self._native.tls(connected) if self._native else wrap(connected, server_hostname="localhost")
        line.setblocking(False)
        return line
