"""A stop loses nothing: what was read is answered, what was not read can be sent again, and the database is let go."""

import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server_app.app import App
from server_app.limits import Limits
from shared.errors import Refusal
from shared.events import ServerStopping
from shared.framing import frame
from shared.requests import FetchHistory, Posted, Register, SendMessage
from shared.types import GENERAL, Seq

from ..conftest import Certificate, ConnectFactory, ServerFactory
from ..peer import PASSWORD, HungUp, Peer
from .test_failures_of_the_field import address_of

SERVER = Path(__file__).parents[2] / "server.py"
FREE = Limits().without_rates_and_caps()
OUTSTANDING = 16


def stop_in_background(app: App, seconds: float) -> threading.Thread:
    stopping = threading.Thread(target=app.stop, args=(seconds,))
    stopping.start()
    return stopping


def test_what_was_read_before_a_stop_is_stored_and_answered(
    tmp_path: Path, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=FREE)
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    with closing(sqlite3.connect(tmp_path / "hearth.db", isolation_level=None)) as holder:
        # While somebody else holds the database, whatever is asked waits.
        holder.execute("BEGIN IMMEDIATE")
        asked = [message(number) for number in range(20)]
        ids = [alice.ask(request) for request in asked]
        wait_until_read(alice)
        stopping = stop_in_background(app, 20)
        assert alice.next_event(ServerStopping).retry_after < 1
        bob.next_event(ServerStopping)
        late = bob.ask(FetchHistory(channel_id=GENERAL))
        holder.execute("ROLLBACK")
    answers = [alice.answer(request, request_id) for request, request_id in zip(asked, ids, strict=True)]
    assert [answer.seq for answer in answers] == list(range(1, 21))
    with pytest.raises(HungUp):
        bob.done(late)
    alice.wait_until_closed()
    stopping.join()
    assert len(connect(start_server(limits=FREE)).resume(alice.token).bodies()) == 20


def wait_until_read(peer: Peer) -> None:
    """Wait until the server has read what this peer asked: nonsense after it is answered as soon as it is read."""
    peer.send_bytes(frame(b'{"type":"nonsense","id":9999}'))
    with pytest.raises(Refusal):
        peer.done(9999)


def test_a_long_way_through_many_threads_is_gone_to_its_end(
    tmp_path: Path, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server()
    with closing(sqlite3.connect(tmp_path / "hearth.db", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        alice, bob = connect(app), connect(app)
        requests = [Register(name=name, password=PASSWORD) for name in ("alice", "bob")]
        ids = [peer.ask(request) for peer, request in zip((alice, bob), requests, strict=True)]
        for peer in (alice, bob):
            wait_until_read(peer)
        stopping = stop_in_background(app, 20)
        holder.execute("ROLLBACK")
    for peer, request, request_id in zip((alice, bob), requests, ids, strict=True):
        assert peer.answer(request, request_id).snapshot.me.name == request.name
    stopping.join()


def test_a_stop_does_not_wait_for_a_peer_that_reads_nothing(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=FREE, tls=False)
    deaf = connect(app, receive_buffer=4096).register("deaf")
    alice = connect(app).register("alice")
    for number in range(300):
        alice.say("🔥" * 4000, client_id=f"message-{number}")
    began = time.monotonic()
    app.stop(20)
    assert time.monotonic() - began < 10
    deaf.close()


def message(number: int) -> SendMessage:
    return SendMessage(channel_id=GENERAL, client_id=f"{uuid.uuid4().hex}-{number}", body=f"message {number}")


class Writer:
    """Says one thing after the other with many unanswered, until the server is gone; then knows what became of each."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.answered: dict[str, Seq] = {}
        self.unanswered: list[SendMessage] = []
        self.refusals: list[Refusal] = []
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        waiting: list[tuple[SendMessage, int]] = []
        try:
            for number in range(1_000_000):
                request = message(number)
                waiting.append((request, 0))
                waiting[-1] = (request, self.peer.ask(request))
                if len(waiting) >= OUTSTANDING:
                    self._take(*waiting[0])
                    waiting.pop(0)
        except (HungUp, OSError):
            self._take_what_came(waiting)

    def _take_what_came(self, waiting: list[tuple[SendMessage, int]]) -> None:
        for request, request_id in waiting:
            try:
                self._take(request, request_id)
            except (HungUp, OSError):
                self.unanswered.append(request)

    def _take(self, request: SendMessage, request_id: int) -> None:
        try:
            self.answered[request.client_id] = self.peer.answer(request, request_id).seq
        except Refusal as refusal:
            self.refusals.append(refusal)


Start = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, certificate: Certificate) -> Iterator[Start]:
    """A function that starts a server process on the same database again and again; none is left when the test ends."""
    command = [sys.executable, str(SERVER), "--no-limits", "--port", "0", "--db", str(tmp_path / "hearth.db")]
    command += ["--cert", str(certificate.certificate), "--key", str(certificate.key), "--bcrypt-rounds", "4"]
    children: list[subprocess.Popen[str]] = []

    def start_one() -> "subprocess.Popen[str]":
        pipe = subprocess.PIPE
        children.append(subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd="/"))
        return children[-1]

    yield start_one
    for child in children:
        child.kill()
        child.communicate()


def test_a_stop_amid_many_writes_loses_none_and_doubles_none(
    tmp_path: Path, start: Start, wait_until: Callable[..., None]
) -> None:
    child = start()
    address = address_of(child)
    writers = [Writer(Peer(address).register(f"writer{number}")) for number in range(8)]
    wait_until(lambda: sum(len(writer.answered) for writer in writers) >= 400)
    began = time.monotonic()
    child.send_signal(signal.SIGTERM)
    for writer in writers:
        writer.thread.join()
    _, log = child.communicate(timeout=20)
    print(f"stopped amid writes in {time.monotonic() - began:.2f} s")
    assert child.returncode == 0
    assert "Traceback" not in log
    assert [refusal.code for writer in writers for refusal in writer.refusals] == []
    retry_all(address_of(start()), writers)
    stored = messages_in(tmp_path / "hearth.db")
    said = {client_id: seq for writer in writers for client_id, seq in writer.answered.items()}
    assert sorted(stored) == sorted((seq, client_id) for client_id, seq in said.items())
    assert [seq for seq, _ in sorted(stored)] == list(range(1, len(stored) + 1))


def retry_all(address: tuple[str, int], writers: list[Writer]) -> None:
    """What a client does when it is back: it sends again what was not answered."""
    for writer in writers:
        with Peer(address).resume(writer.peer.token) as peer:
            for request in writer.unanswered:
                answer: Posted = peer.request(request)
                writer.answered[request.client_id] = answer.seq


def messages_in(database: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT seq, client_id FROM messages").fetchall()


def test_whoever_waits_for_a_slow_server_is_not_sent_away_for_not_logging_in(
    tmp_path: Path, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=Limits(login_seconds=0.3))
    with closing(sqlite3.connect(tmp_path / "hearth.db", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        alice, silent = connect(app), connect(app)
        request = Register(name="alice", password=PASSWORD)
        request_id = alice.ask(request)
        # Who asked nothing is sent away, and came later than she.
        silent.wait_until_closed()
        holder.execute("ROLLBACK")
    assert alice.answer(request, request_id).snapshot.me.name == "alice"


# --- one server for one database --------------------------------------------------------------------------------------


def test_a_second_server_on_one_database_is_refused_with_a_sentence(tmp_path: Path, start: Start) -> None:
    first = start()
    address_of(first)
    second = start()
    _, said = second.communicate(timeout=30)
    assert second.returncode == 2
    assert said.count("\n") == 1
    assert f"belongs to another server that is running (process {first.pid})" in said
    # However it ended, the next one may have it.
    first.kill()
    address_of(start())
    assert (tmp_path / "hearth.db.lock").stat().st_mode & 0o077 == 0


def test_a_server_waits_for_the_one_that_is_just_stopping(tmp_path: Path, start_server: ServerFactory) -> None:
    app = start_server()
    releasing = threading.Timer(0.3, app.stop)
    releasing.start()
    start_server()
    releasing.join()
