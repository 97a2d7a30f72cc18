"""Networks that misbehave: a listener that writes down what it hears, and a relay that can freeze or cut the line."""

import contextlib
import math
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from client_app.core.network.address import Address
from tests.conftest import Certificate


class Listener:
    """Listens on a free port of loopback and gives each connection to `serve` on a thread of its own."""

    def __init__(self, serve: Callable[[socket.socket], None]) -> None:
        self._serve = serve
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in (self._listening, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join(10)

    @property
    def count(self) -> int:
        """How many connections came."""
        return len(self._open)

    def cut(self) -> None:
        """Break every connection."""
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                accepted, _ = self._listening.accept()
                self._open.append(accepted)
                thread = threading.Thread(target=self._answer, args=(accepted,), daemon=True)
                thread.start()
                self._threads.append(thread)

    def _answer(self, accepted: socket.socket) -> None:
        with contextlib.suppress(OSError):
            self._serve(accepted)


class Impostor(Listener):
    """Speaks TLS with a certificate of its own, says nothing, and writes down every byte that it is trusted with."""

    def __init__(self, certificate: Certificate) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate.certificate, certificate.key)
        self.heard = bytearray()
        self.handshakes = 0
        super().__init__(self._shake_hands)

    def _shake_hands(self, accepted: socket.socket) -> None:
        with self._context.wrap_socket(accepted, server_side=True) as encrypted:
            self.handshakes += 1
            while data := encrypted.recv(4096):
                self.heard += data


class Relay(Listener):
    """Stands between a client and its server, and can hold back what the server says."""

    def __init__(self, server: tuple[str, int]) -> None:
        self._server = server
        self._flows = threading.Event()
        self._flows.set()
        self._left: float = math.inf
        self._until_held: float = math.inf
        super().__init__(self._join)

    def lead_to(self, server: tuple[str, int]) -> None:
        """Whoever comes from now on gets to this server."""
        self._server = server

    def freeze(self) -> None:
        """The line stays up and nothing comes through any more."""
        self._flows.clear()

    def thaw(self) -> None:
        self._flows.set()

    def tear(self, after: int) -> None:
        """Let so many bytes more through, whichever way they go, and then break the line in the middle of a frame."""
        self._left = after

    def hold(self, after: int) -> None:
        """Let about so many bytes more through, whichever way they go, and then freeze."""
        self._until_held = after

    @property
    def is_frozen(self) -> bool:
        """Whether nothing comes through."""
        return not self._flows.is_set()

    def _join(self, client: socket.socket) -> None:
        self._left = math.inf
        server = socket.create_connection(self._server[:2])
        self._open.append(server)
        back = threading.Thread(target=self._pass, args=(server, client), daemon=True)
        back.start()
        self._threads.append(back)
        self._pass(client, server)

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                self._left, data = self._left - len(data), data[: max(0, int(min(self._left, len(data))))]
                target.sendall(data)
                self._until_held -= len(data)
                if self._until_held <= 0:
                    self._until_held = math.inf
                    self.freeze()
                if self._left <= 0:
                    break
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.thaw()
        super().__exit__(kind, error, trace)


def at(listener: Listener, address: Address | None = None) -> Address:
    """The address of a listener; TLS and authority as in the other address."""
    model = address or Address("127.0.0.1")
    return Address("127.0.0.1", listener.port, model.uses_tls, model.ca_file)
