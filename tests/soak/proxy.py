"""A network that misbehaves: clients reach the server through it, and it cuts, delays, tears and swallows."""

import contextlib
import random
import selectors
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable

BUFFER = 16 * 1024
"""Bytes that one direction of a connection holds, here and in each socket: little, so that slowness is felt soon."""
SEGMENT = 1400
_PIECE = 16 * 1024
_ABRUPT = struct.pack("ii", 1, 0)


class _Flow:
    """One direction of a connection."""

    def __init__(self, source: socket.socket, target: socket.socket) -> None:
        self.source, self.target = source, target
        self.waiting: deque[tuple[float, bytes]] = deque()
        """When it may go on, and what."""
        self.size = 0
        self.is_finished = False
        self.is_blocked = False
        """Whether the target takes no more at the moment."""
        self.left: int | None = None
        """Bytes after which the connection is cut; None for never."""

    def is_due(self, now: float) -> bool:
        """Whether something waits that may be sent."""
        return bool(self.waiting) and not self.is_blocked and self.waiting[0][0] <= now


class _Line:
    """One client's connection and ours to the server."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.up, self.down = _Flow(client, server), _Flow(server, client)
        self.is_swallowed = False
        self.open = {client, server}

    def flow_from(self, source: socket.socket) -> _Flow:
        return self.up if source is self.up.source else self.down

    def flow_to(self, target: socket.socket) -> _Flow:
        return self.up if target is self.up.target else self.down


class Proxy:
    """Listens on a free port of loopback; one thread serves all. The faults may be asked for from any thread."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._listening.setblocking(False)
        self.address: tuple[str, int] = self._listening.getsockname()
        self.connections = 0
        self._wakened, self._waker = socket.socketpair()
        self._wakened.setblocking(False)
        self._orders: deque[Callable[[], None]] = deque()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._selector.register(self._wakened, selectors.EVENT_READ)
        self._masks: dict[socket.socket, int] = {}
        self._lines: dict[socket.socket, _Line] = {}
        self._delay = 0.0
        self._is_closing = False
        self._is_barred = False
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)
        self._thread.start()

    # --- any thread ---------------------------------------------------------------------------------------------------

    def cut(self, choice: int, *, everybody: bool) -> None:
        """End one connection or all, some by RST and some by FIN."""
        self._order(lambda: self._cut(choice, everybody=everybody))

    def tear(self, choice: int) -> None:
        """Cut one connection some bytes further on, in each direction, which is most often within a frame."""
        self._order(lambda: self._tear(choice))

    def swallow(self, choice: int) -> None:
        """Let one connection stand and nothing come through any more, in either direction, until both ends give up."""
        self._order(lambda: self._swallow(choice))

    def delay(self, seconds: float) -> None:
        """Hold back everything for so long, from now on; 0.0 for no longer."""
        self._order(lambda: setattr(self, "_delay", seconds))

    def bar(self, *, is_barred: bool) -> None:
        """Let nobody through for a while, as if the cable were pulled."""
        self._order(lambda: self._bar(is_barred=is_barred))

    def close(self) -> None:
        """End every connection and the thread."""
        self._is_closing = True
        self._order(lambda: None)
        self._thread.join(10)

    def _order(self, order: Callable[[], None]) -> None:
        self._orders.append(order)
        with contextlib.suppress(OSError):
            self._waker.send(b"o")

    # --- the proxy's thread -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._is_closing:
            ready = self._selector.select(self._until_due())
            while self._orders:  # First these, so that what comes after an order finds it carried out.
                self._orders.popleft()()
            for key, events in ready:
                assert isinstance(key.fileobj, socket.socket)
                self._serve(key.fileobj, events)
            now = time.monotonic()
            for line in self._all():
                if any(flow.is_due(now) for flow in (line.up, line.down)):
                    self._move(line)
        for line in self._all():
            self._end(line, is_abrupt=True)
        for each in (self._listening, self._wakened, self._waker):
            each.close()
        self._selector.close()

    def _all(self) -> list[_Line]:
        return list(dict.fromkeys(self._lines.values()))

    def _until_due(self) -> float:
        flows = [flow for line in self._all() for flow in (line.up, line.down)]
        heads = [flow.waiting[0][0] for flow in flows if flow.waiting and not flow.is_blocked]
        return min(1.0, max(0.0, min(heads) - time.monotonic()) + 0.001) if heads else 1.0

    def _serve(self, source: socket.socket, events: int) -> None:
        if source is self._listening:
            self._accept()
        elif source is self._wakened:
            with contextlib.suppress(BlockingIOError):
                self._wakened.recv(4096)
        elif (line := self._lines.get(source)) is not None:
            if events & selectors.EVENT_WRITE:
                line.flow_to(source).is_blocked = False
            try:
                if events & selectors.EVENT_READ:
                    self._read(line, source)
            except OSError:
                self._lose(line, source)
            else:
                self._move(line)

    def _accept(self) -> None:
        """One at a time: an order that is given when one was turned away holds for the next."""
        with contextlib.suppress(OSError):
            client, _ = self._listening.accept()
            if self._is_barred:
                client.close()
                return
            server = socket.socket()
            for each in (client, server):
                each.setblocking(False)
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
                each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
            # On loopback a segment is 64 KiB, and the kernel would hold more megabytes for whoever does not read.
            server.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
            server.connect_ex(self._target)
            line = _Line(client, server)
            self._lines[client] = self._lines[server] = line
            self.connections += 1
            self._move(line)

    def _read(self, line: _Line, source: socket.socket) -> None:
        """Take what came. Raises `OSError`."""
        flow = line.flow_from(source)
        try:
            data = source.recv(_PIECE)
        except BlockingIOError:
            return
        if not data:
            if line.is_swallowed:
                self._close(line, source)
            flow.is_finished = True
        elif not line.is_swallowed:
            flow.waiting.append((time.monotonic() + self._delay, data))
            flow.size += len(data)

    def _move(self, line: _Line) -> None:
        try:
            for flow in (line.up, line.down):
                if flow.target in line.open and not line.is_swallowed:
                    self._pass(line, flow)
        except OSError:
            self._end(line, is_abrupt=True)
            return
        if all(flow.is_finished and not flow.waiting for flow in (line.up, line.down)):
            self._end(line, is_abrupt=False)
        for each in line.open:
            self._watch(line, each)

    def _pass(self, line: _Line, flow: _Flow) -> None:
        """Send on what is due. Raises `OSError`, also where this is where the line is to be cut."""
        now = time.monotonic()
        while flow.waiting and flow.waiting[0][0] <= now:
            due, data = flow.waiting[0]
            piece = data if flow.left is None else data[: flow.left]
            try:
                sent = flow.target.send(piece)
            except BlockingIOError:
                flow.is_blocked = True
                return
            flow.size -= sent
            if flow.left is not None:
                flow.left -= sent
                if not flow.left:
                    raise ConnectionAbortedError("torn here on purpose")
            if sent < len(data):
                flow.waiting[0] = (due, data[sent:])
            else:
                flow.waiting.popleft()
        if flow.is_finished and not flow.waiting:
            with contextlib.suppress(OSError):
                flow.target.shutdown(socket.SHUT_WR)

    def _watch(self, line: _Line, each: socket.socket) -> None:
        incoming = line.flow_from(each)
        mask = selectors.EVENT_READ if incoming.size < BUFFER and not incoming.is_finished else 0
        if line.flow_to(each).is_blocked:
            mask |= selectors.EVENT_WRITE
        before = self._masks.get(each, 0)
        if mask == before:
            return
        self._masks[each] = mask
        if not before:
            self._selector.register(each, mask)
        elif not mask:
            self._selector.unregister(each)
        else:
            self._selector.modify(each, mask)

    # --- ends ---------------------------------------------------------------------------------------------------------

    def _lose(self, line: _Line, source: socket.socket) -> None:
        """One end broke off: the other hears of it, unless all is swallowed."""
        if line.is_swallowed:
            self._close(line, source)
        else:
            self._end(line, is_abrupt=True)

    def _end(self, line: _Line, *, is_abrupt: bool) -> None:
        for each in list(line.open):
            if is_abrupt:
                with contextlib.suppress(OSError):
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABRUPT)
            self._close(line, each)

    def _close(self, line: _Line, each: socket.socket) -> None:
        if self._masks.pop(each, 0):
            self._selector.unregister(each)
        self._lines.pop(each, None)
        line.open.discard(each)
        each.close()

    # --- faults -------------------------------------------------------------------------------------------------------

    def _one(self, choice: int) -> list[_Line]:
        lines = [line for line in self._all() if not line.is_swallowed]
        return [lines[choice % len(lines)]] if lines else []

    def _cut(self, choice: int, *, everybody: bool) -> None:
        chance = random.Random(choice)
        for line in self._all() if everybody else self._one(choice):
            self._end(line, is_abrupt=chance.random() < 0.5)

    def _bar(self, *, is_barred: bool) -> None:
        self._is_barred = is_barred
        for line in self._all() if is_barred else ():
            self._end(line, is_abrupt=True)

    def _tear(self, choice: int) -> None:
        chance = random.Random(choice)
        for line in self._one(choice):
            line.up.left, line.down.left = chance.randint(1, 400), chance.randint(1, 4000)

    def _swallow(self, choice: int) -> None:
        for line in self._one(choice):
            line.is_swallowed = True
            for flow in (line.up, line.down):
                flow.waiting.clear()
                flow.size, flow.is_blocked = 0, False
            self._move(line)
