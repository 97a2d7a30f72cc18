"""The misbehaving network does what it is asked to, and passes everything on while it is asked for nothing."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from .proxy import Proxy

DEADLINE = 30.0


def echo(listening: socket.socket) -> None:
    """Give back to each peer what it says, until it hangs up."""

    def serve(peer: socket.socket) -> None:
        with contextlib.suppress(OSError), peer:
            while data := peer.recv(65536):
                peer.sendall(data)

    with contextlib.suppress(OSError):
        while True:
            threading.Thread(target=serve, args=(listening.accept()[0],), daemon=True).start()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """A proxy in front of a server that echoes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=echo, args=(listening,), daemon=True).start()
        proxy = Proxy(listening.getsockname())
        yield proxy
        proxy.close()
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def client(proxy: Proxy) -> Iterator[socket.socket]:
    """A connection through the proxy over which something went already."""
    with socket.create_connection(proxy.address, timeout=DEADLINE) as client:
        assert echoed(client, b"hello") == b"hello"
        yield client


def echoed(client: socket.socket, data: bytes) -> bytes:
    """Send this and read as much, or less where the connection ends."""

    def send() -> None:
        with contextlib.suppress(OSError):
            client.sendall(data)

    threading.Thread(target=send, daemon=True).start()
    received = bytearray()
    with contextlib.suppress(ConnectionError):
        while len(received) < len(data) and (piece := client.recv(65536)):
            received += piece
    return bytes(received)


def test_more_than_the_buffers_hold_goes_through_in_order(client: socket.socket) -> None:
    data = bytes(range(256)) * 8192
    assert echoed(client, data) == data


@pytest.mark.parametrize("choice", range(4))
def test_a_cut_ends_the_connection(proxy: Proxy, client: socket.socket, choice: int) -> None:
    proxy.cut(choice, everybody=True)
    with contextlib.suppress(ConnectionError):
        assert client.recv(1) == b""


def test_a_tear_lets_some_bytes_through_and_then_none(proxy: Proxy, client: socket.socket) -> None:
    proxy.tear(7)
    data = b"x" * 100_000
    received = echoed(client, data)
    assert len(received) < 4001


def test_what_is_delayed_comes_later_and_whole(proxy: Proxy, client: socket.socket) -> None:
    proxy.delay(0.2)
    began = time.monotonic()
    assert echoed(client, b"hello") == b"hello"
    assert time.monotonic() - began > 0.2


def test_what_is_swallowed_leaves_the_connection_standing(proxy: Proxy, client: socket.socket) -> None:
    proxy.swallow(0)
    client.settimeout(0.3)
    client.sendall(b"hello")
    with pytest.raises(TimeoutError):
        client.recv(1)


def test_nobody_comes_through_while_the_cable_is_pulled(proxy: Proxy, client: socket.socket) -> None:
    proxy.bar(is_barred=True)
    with contextlib.suppress(ConnectionError):
        assert client.recv(1) == b""
    with socket.create_connection(proxy.address, timeout=DEADLINE) as another, contextlib.suppress(ConnectionError):
        assert another.recv(1) == b""
    proxy.bar(is_barred=False)
    with socket.create_connection(proxy.address, timeout=DEADLINE) as another:
        assert echoed(another, b"hello") == b"hello"
