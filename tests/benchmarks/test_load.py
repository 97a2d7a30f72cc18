"""The generator against real servers: a right one is measured, a faulty one is found out."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import native, servers, subjects
from benchmarks.dialects import Hearth, Irc, Refused
from benchmarks.figures import Plan
from benchmarks.load import Generator, Target
from benchmarks.native import Native
from benchmarks.rooms import LoadFailed, PythonRoom
from benchmarks.transcript import StreamFault


class Room(socketserver.ThreadingTCPServer):
    """An IRC server with one room, which may spoil what it passes on."""

    daemon_threads = True

    def __init__(self, spoil: Callable[[int, bytes], bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Seat)
        self.spoil = spoil
        self.lock = threading.Lock()
        self.seats: list[Seat] = []
        self.said = 0


class Seat(socketserver.StreamRequestHandler):
    server: Room

    def handle(self) -> None:
        for line in self.rfile:
            verb = line.split()[0]
            if verb == b"NICK":
                self.wfile.write(b":here 001 you :welcome\r\nPING :there?\r\n")
            elif verb == b"JOIN":
                with self.server.lock:
                    self.server.seats.append(self)
                self.wfile.write(b":here 366 you #load :end\r\n")
            elif verb == b"PRIVMSG":
                self.pass_on(line)

    def pass_on(self, line: bytes) -> None:
        with self.server.lock:
            spoiled = self.server.spoil(self.server.said, line)
            self.server.said += 1
            for seat in self.server.seats:
                if seat is not self:
                    seat.wfile.write(spoiled)


@contextmanager
def room(spoil: Callable[[int, bytes], bytes]) -> Iterator[Target]:
    with Room(spoil) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Target(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


def honest(_: int, line: bytes) -> bytes:
    return line


def test_every_delivery_of_an_honest_server_is_counted(kind: Native | None) -> None:
    with room(honest) as target, Generator(target, Irc(), 5, senders=2, native=kind) as generator:
        run = generator.run(40)
        assert (run.messages, run.deliveries) == (40, 160)
        assert len(run.latencies) > 0
        assert run.latency_ms(0.5) <= run.latency_ms(0.99)
        assert generator.run(10).deliveries == 40


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda count, line: b"" if count == 3 else line, id="lost"),
        pytest.param(lambda count, line: line * 2 if count == 3 else line, id="doubled"),
        pytest.param(lambda count, line: line.replace(b"MARK0", b"MARK1") if count == 3 else line, id="renumbered"),
    ],
)
def test_a_server_that_spoils_one_message_is_found_out(
    kind: Native | None, spoil: Callable[[int, bytes], bytes]
) -> None:
    with (
        room(spoil) as target,
        Generator(target, Irc(), 3, senders=1, native=kind) as generator,
        pytest.raises(StreamFault),
    ):
        generator.run(40)


def test_a_message_that_was_delivered_but_not_acknowledged_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = PythonRoom.heard
    monkeypatch.setattr(PythonRoom, "heard", lambda room: replace(heard(room), receipts=7))
    with (
        room(honest) as target,
        Generator(target, Irc(), 3) as generator,
        pytest.raises(LoadFailed, match="0 receipts arrived where 10 were due"),
    ):
        generator.run(10)


@pytest.mark.parametrize("durable", [True, False])
def test_the_thread_per_connection_server_is_a_right_one(tmp_path: Path, kind: Native | None, durable: bool) -> None:
    port = servers.free_port()
    command = servers.thread_per_connection(tmp_path, port, durable=durable)
    with (
        servers.running(command, port, tmp_path / "log"),
        Generator(Target(port), Hearth(1, 6, 2), 6, senders=2, native=kind) as generator,
    ):
        assert generator.run(50).deliveries == 300


def test_hearth_over_tls_delivers_everything(tmp_path: Path, kind: Native | None) -> None:
    plan = Plan(tmp_path, print, native=kind)
    with subjects.loaded(plan, subjects.HEARTH, 6, tls=True, senders=2) as loaded:
        run, _ = loaded.run(50)
    assert run.deliveries == 300


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    command = ["sh", "-c", "echo no such luck; exit 1"]
    with (
        pytest.raises(servers.StartFailed, match="no such luck"),
        servers.running(command, servers.free_port(), tmp_path / "log"),
    ):
        pass


def test_a_refusal_is_told_in_the_servers_words() -> None:
    with pytest.raises(Refused, match="closed for today"):
        Irc().answer(b"ERROR :closed for today\r\n")


def test_without_a_compiler_python_does_the_work_and_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said: list[str] = []
    assert native.build(tmp_path, said.append) is None
    assert "no C compiler" in said[0]
