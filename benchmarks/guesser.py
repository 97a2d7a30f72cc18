"""Somebody who attacks as fast as one core can: `python -m benchmarks.guesser PORT SECONDS HOW`.

Guesses passwords from `one` address over connections that stay, or from `many`, each of which guesses once and hangs
up; or dials from one address until thousands of connections are `slow` with their handshakes, and again where the
server hangs up. When it is over, it writes a line of JSON: how many connections were made, and how many guesses were
answered with what.
"""

import contextlib
import json
import os
import select
import socket
import ssl
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterator

from shared import codec, framing, tls
from shared.answers import Refused
from shared.limits import MAX_FRAME
from shared.requests import Login

AT_ONCE = {"one": 200, "many": 200, "slow": 5000}
_PIPELINED = 20
"""Guesses that a connection has under way: as many as the server reads from a stranger at once."""
_DIALS = 100
"""In one turn, so that none of those who are connected waits for long."""
_PAUSE_SECONDS = 0.01
"""After a connection could not be made at all; otherwise this would be a benchmark of failing."""
_READ = 64 * 1024
_HALF_A_GREETING = bytes.fromhex("160301020001")
"""How a TLS handshake begins."""

Guessing = Generator[int, None, None]
"""One connection at work: it yields the events of `epoll` that it waits for."""


class Guesser:
    """All connections on one loop."""

    def __init__(self, port: int, how: str) -> None:
        self._port = port
        self._tls = tls.pinning_context()
        self._how = how
        self._is_one = how == "one"
        self._addresses = self._sources()
        self._made = 0
        self._answers: Counter[str] = Counter()
        self._guess = framing.frame(codec.encode(Login(id=1, name="person1", password="one of a million")))

    def run(self, seconds: float) -> dict[str, object]:
        """Guess for so long."""
        epoll, working = select.epoll(), dict[int, tuple[socket.socket, Guessing]]()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for _ in range(min(_DIALS, AT_ONCE[self._how] - len(working))):
                if not self._begin(epoll, working):
                    break
            for descriptor, _ in epoll.poll(_PAUSE_SECONDS):
                self._go_on(epoll, working, descriptor)
        return {"connections": self._made, "seconds": seconds, "answers": dict(self._answers)}

    def _begin(self, epoll: select.epoll, working: dict[int, tuple[socket.socket, Guessing]]) -> bool:
        wire = socket.socket()
        wire.setblocking(False)
        try:
            wire.bind((next(self._addresses), 0))
            wire.connect_ex(("127.0.0.1", self._port))
        except OSError:
            wire.close()
            return False
        descriptor = wire.fileno()
        epoll.register(descriptor, select.EPOLLOUT)
        working[descriptor] = wire, self._work(wire)
        next(working[descriptor][1])
        return True

    def _go_on(self, epoll: select.epoll, working: dict[int, tuple[socket.socket, Guessing]], descriptor: int) -> None:
        wire, work = working[descriptor]
        try:
            epoll.modify(descriptor, next(work))
        except (OSError, StopIteration):
            del working[descriptor]
            with contextlib.suppress(OSError):  # closed already, and so unregistered
                epoll.unregister(descriptor)
            work.close()
            wire.close()

    def _work(self, plain: socket.socket) -> Guessing:
        yield select.EPOLLOUT
        if self._how == "slow":
            plain.send(_HALF_A_GREETING)
            self._made += 1
            yield select.EPOLLIN
            while plain.recv(_READ):
                yield select.EPOLLIN
            return
        with self._tls.wrap_socket(plain, do_handshake_on_connect=False) as wire:
            while True:
                try:
                    wire.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    yield select.EPOLLIN
            self._made += 1
            reader, asked = framing.FrameReader(MAX_FRAME), _PIPELINED if self._is_one else 1
            wire.send(self._guess * asked)
            while asked:
                try:
                    data = wire.recv(_READ)
                except ssl.SSLWantReadError:
                    yield select.EPOLLIN
                    continue
                if not data:
                    return
                answered = self._count(reader.feed(data))
                asked -= answered
                if self._is_one and answered:
                    wire.send(self._guess * answered)
                    asked += answered

    def _count(self, payloads: list[bytes]) -> int:
        for payload in payloads:
            told = codec.decode_from_server(payload)
            self._answers[told.code.value if isinstance(told, Refused) else "something else"] += 1
        return len(payloads)

    def _sources(self) -> Iterator[str]:
        number = 0
        while True:
            many = f"127.{10 + number // 62500 % 90}.{number // 250 % 250}.{number % 250}"
            yield many if self._how == "many" else "127.9.0.1"
            number += 1


def main(arguments: list[str]) -> None:
    """Guess."""
    port, seconds, how = arguments
    # Whoever measures what this does to others must not wait for it; nobody else uses this core.
    os.nice(19)
    guesser = Guesser(int(port), how)
    print(json.dumps(guesser.run(float(seconds))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
