"""Frames over a real socket pair, however it is cut or broken."""

import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest

from client_app.core.network.wire import Bell, LostError, Wire
from shared.errors import ProtocolViolation
from shared.framing import frame
from shared.limits import MAX_FRAME


class Line:
    """A wire and the far end of it."""

    def __init__(self) -> None:
        near, self.far = socket.socketpair()
        self.bell = Bell()
        self.wire = Wire(near, self.bell)

    def read(self, count: int) -> list[bytes]:
        """Turn until so many payloads came."""
        payloads: list[bytes] = []
        until = time.monotonic() + 10
        while len(payloads) < count:
            assert time.monotonic() < until
            payloads += self.wire.turn(0.1)
        return payloads

    def close(self) -> None:
        self.far.close()
        self.wire.close()
        self.bell.close()


@pytest.fixture
def line() -> Iterator[Line]:
    line = Line()
    yield line
    line.close()


def test_payloads_arrive_however_the_stream_was_cut(line: Line) -> None:
    stream = frame(b"one") + frame(b"two") + frame(b"three")
    for start in range(0, len(stream), 5):
        line.far.sendall(stream[start : start + 5])
    assert line.read(3) == [b"one", b"two", b"three"]


def test_more_than_the_network_takes_at_once_is_sent_in_turns(line: Line) -> None:
    payload = b"x" * MAX_FRAME
    heard = bytearray()

    def read() -> None:
        while len(heard) < 4 * (MAX_FRAME + 4):
            heard.extend(line.far.recv(65536))

    for _ in range(4):
        line.wire.put(payload)
    reader = threading.Thread(target=read)
    reader.start()
    while reader.is_alive():
        line.wire.turn(0.01)
    assert bytes(heard) == frame(payload) * 4


def test_the_bell_ends_a_wait_and_many_rings_are_one(line: Line) -> None:
    for _ in range(100_000):
        line.bell.ring()
    began = time.monotonic()
    assert line.wire.turn(10) == []
    assert time.monotonic() - began < 5
    began = time.monotonic()
    line.wire.turn(0.05)
    assert time.monotonic() - began >= 0.04, "the rings were forgotten"


def test_a_bell_that_is_closed_may_still_be_rung() -> None:
    bell = Bell()
    bell.close()
    bell.ring()


def test_what_came_before_the_end_counts_and_then_the_end_is_told(line: Line) -> None:
    line.far.sendall(frame(b"goodbye"))
    line.far.close()
    assert line.read(1) == [b"goodbye"]
    with pytest.raises(LostError, match="closed the connection"):
        line.wire.turn(0.1)


def test_last_words_are_heard_though_sending_fails_already(line: Line) -> None:
    line.far.sendall(frame(b"your session is over"))
    line.far.close()
    line.wire.put(b"are you there?")
    assert line.wire.turn(0.1) == [b"your session is over"]
    with pytest.raises(LostError):
        line.wire.turn(0.1)


def test_a_connection_that_is_reset_is_lost_with_a_sentence() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    near = socket.create_connection(listening.getsockname())
    far, _ = listening.accept()
    bell = Bell()
    wire = Wire(near, bell)
    far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    far.close()
    with pytest.raises(LostError, match="connection"):
        wire.turn(5)
    wire.close()
    bell.close()
    listening.close()


@pytest.mark.parametrize("length", [0, MAX_FRAME + 1, 2**32 - 1])
def test_a_length_that_cannot_be_is_refused_before_its_payload_comes(line: Line, length: int) -> None:
    line.far.sendall(struct.pack(">I", length))
    with pytest.raises(ProtocolViolation):
        line.read(1)


def test_it_is_known_for_how_long_nothing_was_heard_after_something_was_sent(line: Line) -> None:
    sent = line.wire.last_sent
    assert line.wire.silence() == 0.0
    line.wire.put(b"x")
    assert line.wire.last_sent > sent
    first = line.wire.silence()
    line.wire.put(b"y")
    assert line.wire.silence() > first > 0.0
    line.far.sendall(b"\0")
    line.wire.turn(1)
    assert line.wire.silence() == 0.0
