"""A disk that is full, held by others, stuck or broken: true refusals, and all is well again without a restart."""

import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from client_app.core.network.address import Address
from client_app.core.timeline.timeline import SendState
from server_app.app import WORKERS
from shared.codec import encode
from shared.errors import Code, Refusal
from shared.events import PresenceChanged
from shared.framing import frame
from shared.requests import (
    AnyRequest,
    CreateChannel,
    DeleteMessage,
    EditMessage,
    FetchHistory,
    Login,
    MarkRead,
    Register,
    Resume,
    SendMessage,
)
from shared.types import GENERAL

from ..client_app.core.headless import Company, Headless
from ..peer import PASSWORD, Peer
from .child import Child
from .conftest import ChildFactory
from .sick_disk import SickDisk, SmallDisk

WaitUntil = Callable[..., None]
SOON = "import server_app.storage.writer as writer; writer.STUCK_SECONDS = 1.5"
"""A disk counts as stuck a little sooner than usual."""
FEW = "import server_app.storage.writer as writer; writer.MAX_WAITING = 10; writer.STUCK_SECONDS = 60"
"""Fewer may wait for the writer than usual."""


def message(number: int, size: int = 1000) -> SendMessage:
    return SendMessage(channel_id=GENERAL, client_id=f"client-id-{number}", body=f"{number} ".ljust(size, "x"))


def outcomes(peer: Peer, requests: list[SendMessage]) -> list[int | Refusal]:
    """Each message's number in the channel or why it was refused, when all were sent at once."""
    ids = [peer.ask(request) for request in requests]
    found: list[int | Refusal] = []
    for request, request_id in zip(requests, ids, strict=True):
        try:
            found.append(peer.answer(request, request_id).seq)
        except Refusal as refusal:
            found.append(refusal)
    return found


def refusal_of(peer: Peer, request: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        peer.request(request)
    return refused.value


def require_unavailable(refusal: Refusal, sentence: str) -> None:
    assert refusal.code is Code.UNAVAILABLE
    assert sentence in refusal.message
    assert refusal.retry_after


def stored(database: Path) -> dict[str, int]:
    """The number of each message that is in the database, by its sender's id for it."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN")  # both looks are at one moment
        rows = connection.execute("SELECT client_id, seq FROM messages ORDER BY seq").fetchall()
        ((last_seq,),) = connection.execute("SELECT last_seq FROM channels WHERE id = 1")
    assert [seq for _, seq in rows] == list(range(1, len(rows) + 1)), "there are holes"
    assert last_seq == len(rows)
    return dict(rows)


def require_life(child: Child, alice: Peer, token: str) -> None:
    """Whatever needs no writing goes on: reading, coming back by token, presence."""
    assert alice.request(FetchHistory(channel_id=GENERAL, limit=100)).messages
    alice.heard(PresenceChanged)
    with child.connect() as carol:
        user_id = carol.resume(token).user_id
        assert carol.request(FetchHistory(channel_id=GENERAL, limit=1)).messages
        while user_id not in alice.next_event(PresenceChanged).online_ids:
            pass


# --- full -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def house(start_child: ChildFactory) -> Callable[..., tuple[Child, Peer, Peer, str]]:
    """A function that makes a server on a disk, with alice and bob inside and carol's token."""

    def make(disk: SickDisk | SmallDisk, before: str = "") -> tuple[Child, Peer, Peer, str]:
        environment = disk.environment if isinstance(disk, SickDisk) else None
        child = start_child(disk.database, before=before, environment=environment)
        alice, bob = child.connect().register("alice"), child.connect().register("bob")
        with child.connect() as carol:
            token = carol.register("carol").token
        assert outcomes(alice, [message(0)]) == [1]
        return child, alice, bob, token

    return make


EVERY_KIND_OF_WRITING: list[AnyRequest] = [
    SendMessage(channel_id=GENERAL, client_id="client-id-x", body="x"),
    EditMessage(channel_id=GENERAL, seq=1, body="edited"),
    DeleteMessage(channel_id=GENERAL, seq=1),
    CreateChannel(name="plans"),
    MarkRead(channel_id=GENERAL, seq=1),
]
FROM_STRANGERS: list[AnyRequest] = [
    Register(name="dave", password=PASSWORD, device="test"),
    Login(name="alice", password=PASSWORD, device="test"),
]


@pytest.mark.parametrize("kind", ["tiny_disk", "sick_disk"])
def test_a_full_disk_refuses_whatever_is_written_and_heals_when_there_is_room(
    kind: str, request: pytest.FixtureRequest, house: Callable[..., tuple[Child, Peer, Peer, str]]
) -> None:
    disk: SmallDisk | SickDisk = request.getfixturevalue(kind)
    child, alice, bob, token = house(disk)
    disk.fill() if isinstance(disk, SmallDisk) else disk.begin("full-write")
    first = [message(number) for number in range(1, 30)]
    later = [message(number) for number in range(100, 130)]
    for peer, requests in ((alice, first), (bob, later)):
        for outcome in outcomes(peer, requests):
            assert isinstance(outcome, Refusal)
            require_unavailable(outcome, "disk is full")
    for each in EVERY_KIND_OF_WRITING:
        require_unavailable(refusal_of(alice if not isinstance(each, MarkRead) else bob, each), "disk is full")
    for each in FROM_STRANGERS:
        with child.connect() as stranger:
            require_unavailable(refusal_of(stranger, each), "disk is full")
    require_life(child, alice, token)
    assert stored(disk.database) == {"client-id-0": 1}, "what was refused changed nothing"
    disk.make_room() if isinstance(disk, SmallDisk) else disk.heal("full-write")
    assert outcomes(alice, first) == list(range(2, 31))
    assert outcomes(bob, later) == list(range(31, 61))
    assert outcomes(alice, first) == list(range(2, 31)), "once more is not twice"
    assert len(stored(disk.database)) == 60
    assert child.log().count("the disk is full") == 1
    assert child.log().count("all is well again") == 1
    assert "Traceback" not in child.log()
    alice.close()
    bob.close()
    assert child.stop() == 0


def test_what_people_typed_while_the_disk_was_full_goes_out_by_itself_in_order_and_once(
    sick_disk: SickDisk, start_child: ChildFactory, tmp_path: Path
) -> None:
    sooner = "import server_app.storage.failures as failures; failures.RETRY_SECONDS = 0.1"
    child = start_child(sick_disk.database, before=sooner, environment=sick_disk.environment)
    host, port = child.address
    alice = Headless(Company(), tmp_path / "alice", Address(host=host, port=port, uses_tls=False))
    try:
        alice.register("alice").open()
        sick_disk.begin("full-write")
        typed = [f"number {number}" for number in range(10)]
        for body in typed:
            alice.client.send(GENERAL, body)
        alice.until(lambda: alice.bodies() == typed and "the disk is full" in child.log())
        assert stored(sick_disk.database) == {}
        sick_disk.heal("full-write")
        with child.connect() as bob:
            bob.register("bob")
            alice.until(lambda: len(stored(sick_disk.database)) == len(typed))
            assert bob.bodies() == typed
        alice.until(lambda: all(row.state is SendState.SENT for row in alice.client.rows(GENERAL)))
        assert alice.bodies() == typed
    finally:
        alice.close()


def test_a_server_that_starts_on_a_full_disk_says_so(tiny_disk: SmallDisk, start_child: ChildFactory) -> None:
    """Once without a database, once with one that was left in good order."""
    tiny_disk.fill()
    for leaves_one in (False, True):
        if leaves_one:
            tiny_disk.make_room()
            child = start_child(tiny_disk.database)
            with child.connect() as alice:
                alice.register("alice").say("hello")
            assert child.stop() == 0
            tiny_disk.fill()
        child = Child(tiny_disk.database, tiny_disk.folder.parent / f"start-{leaves_one}.log")
        assert child.wait() == 2
        assert "disk is full" in child.log()
        assert child.log().startswith("server.py: ")
        assert child.log().count("\n") == 1
    tiny_disk.make_room()
    with start_child(tiny_disk.database).connect() as alice:
        assert alice.log_in("alice").bodies() == ["hello"]


def test_a_full_disk_for_temporary_files_stops_nobody(sick_disk: SickDisk, start_child: ChildFactory) -> None:
    """A large batch in a large database has more to undo than SQLite would keep in memory by itself."""
    faulty = sick_disk.environment | {"SICK_FILES": "etilqs_"}
    child = start_child(sick_disk.database, environment=faulty)
    with child.connect() as alice:
        alice.register("alice")
        fill_with_messages(sick_disk.database, 20_000)
        sick_disk.begin("full-write")
        requests = [
            SendMessage(id=number, channel_id=GENERAL, client_id=uuid.uuid4().hex, body=f"number {number}")
            for number in range(1000, 1090)
        ]
        alice.send_bytes(b"".join(frame(encode(request)) for request in requests))
        seqs = [alice.answer(request, request.id).seq for request in requests]
        assert seqs == list(range(20_001, 20_091))


def fill_with_messages(database: Path, count: int) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        rows = [(seq, f"{seq * 2654435761 % 2**32:08x}") for seq in range(1, count + 1)]
        connection.executemany(
            "INSERT INTO messages (channel_id, seq, author_id, client_id, kind, body, created_at)"
            " VALUES (1, ?, 1, ?, 'text', 'x', 0)",
            rows,
        )
        connection.execute("UPDATE channels SET last_seq = ? WHERE id = 1", (count,))


# --- held by another program ------------------------------------------------------------------------------------------

HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def test_while_another_program_holds_the_database_writers_are_refused_and_nothing_piles_up(
    start_child: ChildFactory, tmp_path: Path
) -> None:
    child = start_child(before="import server_app.storage.engine as engine; engine.BUSY_SECONDS = 0.2")
    alice, bob = child.connect().register("alice"), child.connect().register("bob")
    assert outcomes(alice, [message(0)]) == [1]
    with child.connect() as carol:
        token = carol.register("carol").token
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, child.database], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        for peer, start in ((alice, 100), (bob, 200), (alice, 300)):
            began = time.monotonic()
            for outcome in outcomes(peer, [message(number) for number in range(start, start + 80)]):
                assert isinstance(outcome, Refusal)
                require_unavailable(outcome, "holds the server’s database")
            assert time.monotonic() - began < 12, "they wait once for all, not each for itself"
        require_life(child, alice, token)
        assert stored(child.database) == {"client-id-0": 1}
        holder.communicate()
    assert outcomes(alice, [message(100)]) == [2]
    assert child.log().count("another program holds the database") == 1
    assert "Traceback" not in child.log()


# --- stuck ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["stuck-sync", "stuck-write"])
def test_a_stuck_disk_leaves_open_what_it_has_and_refuses_what_is_new(
    fault: str, sick_disk: SickDisk, house: Callable[..., tuple[Child, Peer, Peer, str]], wait_until: WaitUntil
) -> None:
    child, alice, bob, token = house(sick_disk, SOON)
    reader = child.connect().log_in("bob")
    sick_disk.begin(fault)
    requests = [message(1), message(2)]
    stuck = alice.ask(requests[0])
    wait_until(lambda: sick_disk.is_waiting(fault))
    queued = alice.ask(requests[1])
    refusals: list[Refusal] = []
    wait_until(lambda: is_refused(bob, refusals))
    require_unavailable(refusals[0], "does not answer")
    for request_id in (stuck, queued):
        with pytest.raises(TimeoutError):
            alice.done(request_id, deadline=0.05)
    with child.connect() as dave:
        require_unavailable(refusal_of(dave, FROM_STRANGERS[1]), "does not answer")
    require_life(child, reader, token)
    sick_disk.heal(fault)
    assert [alice.answer(request, each).seq for request, each in zip(requests, (stuck, queued), strict=True)] == [2, 3]
    wait_until(lambda: outcomes(bob, [message(3)]) == [4])
    assert stored(child.database) == {f"client-id-{number}": number + 1 for number in range(4)}
    assert child.log().count("the disk does not answer") == 1
    assert "Traceback" not in child.log()


def is_refused(peer: Peer, refusals: list[Refusal]) -> bool:
    """Whether a change of a message that does not exist is refused now, for whatever reason, or waits."""
    request = EditMessage(channel_id=GENERAL, seq=999, body="nothing")
    try:
        peer.answer(request, peer.ask(request), deadline=0.05)
    except Refusal as refusal:
        refusals.append(refusal)
        return True
    except TimeoutError:
        return False
    raise AssertionError("there is no such message")


def test_only_so_many_wait_for_a_stuck_disk(
    sick_disk: SickDisk, house: Callable[..., tuple[Child, Peer, Peer, str]], wait_until: WaitUntil
) -> None:
    _, alice, bob, _ = house(sick_disk, FEW)
    sick_disk.begin("stuck-sync")
    alice.ask(message(1))
    wait_until(lambda: sick_disk.is_waiting("stuck-sync"))
    refusals: list[Refusal] = []
    wait_until(lambda: is_refused(bob, refusals))
    require_unavailable(refusals[0], "is busy")
    sick_disk.heal("stuck-sync")
    wait_until(lambda: is_refused(bob, refusals) and refusals[-1].code is Code.NOT_FOUND)


def test_when_reading_gets_stuck_those_who_come_later_are_refused_at_once(
    sick_disk: SickDisk, house: Callable[..., tuple[Child, Peer, Peer, str]], wait_until: WaitUntil
) -> None:
    child, _, _, token = house(sick_disk, "import server_app.pools as pools; pools.STUCK_SECONDS = 4.0")
    sick_disk.begin("stuck-read")
    stuck = [child.connect() for _ in range(WORKERS)]
    ids = [peer.ask(Resume(token=token)) for peer in stuck]
    refusals: list[Refusal] = []

    def is_answered() -> bool:
        with child.connect() as peer:
            try:
                peer.login = peer.request(Resume(token=token), deadline=0.2)
            except Refusal as refusal:
                refusals.append(refusal)
            except TimeoutError:
                pass
            return peer.login is not None

    wait_until(lambda: is_answered() or refusals)
    require_unavailable(refusals[0], "is busy")
    sick_disk.heal("stuck-read")
    for peer, request_id in zip(stuck, ids, strict=True):
        try:
            peer.answer(Resume(token=token), request_id)
        except Refusal as refusal:  # Its next step came while the other threads had not come to an end yet.
            require_unavailable(refusal, "is busy")
        peer.close()
    wait_until(is_answered)
    assert "workers: nothing has come to an end" in child.log()


# --- broken -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["broken-sync", "broken-write"])
def test_a_disk_with_errors_refuses_and_what_was_refused_stays_so_even_if_the_server_is_killed(
    fault: str, sick_disk: SickDisk, house: Callable[..., tuple[Child, Peer, Peer, str]], start_child: ChildFactory
) -> None:
    child, alice, bob, token = house(sick_disk)
    sick_disk.begin(fault)
    for peer, numbers in ((alice, range(1, 30)), (bob, range(30, 60))):
        for outcome in outcomes(peer, [message(number) for number in numbers]):
            assert isinstance(outcome, Refusal)
            require_unavailable(outcome, "disk reports errors")
    require_life(child, alice, token)
    child.kill()
    sick_disk.heal(fault)
    assert child.log().count("the disk reports errors") == 1
    assert "Traceback" not in child.log()
    child = start_child(sick_disk.database, environment=sick_disk.environment)
    with child.connect() as alice:
        alice.log_in("alice")
        assert stored(child.database) == {"client-id-0": 1}
        sick_disk.begin(fault)
        assert isinstance(outcomes(alice, [message(1)])[0], Refusal)
        sick_disk.heal(fault)
        assert outcomes(alice, [message(1), message(0)]) == [2, 1]
    assert child.stop() == 0
    assert stored(child.database) == {"client-id-0": 1, "client-id-1": 2}


def test_what_cannot_be_read_is_said_to_be_so_and_can_be_read_again_later(
    sick_disk: SickDisk, house: Callable[..., tuple[Child, Peer, Peer, str]]
) -> None:
    child, alice, bob, token = house(sick_disk)
    sick_disk.begin("broken-read")
    # Of some calls that fail SQLite says that the disk is broken, of others that the file is.
    for _ in range(20):
        refusal = refusal_of(bob, FetchHistory(channel_id=GENERAL))
        assert (refusal.code, "disk" in refusal.message) == (Code.UNAVAILABLE, True)
    with child.connect() as carol:
        assert refusal_of(carol, Resume(token=token)).code is Code.UNAVAILABLE
    sick_disk.heal("broken-read")
    assert len(bob.bodies()) == 1
    assert outcomes(alice, [message(1)]) == [2]
    assert 1 <= child.log().count("ERROR hearth.storage: reading: ") <= 2, "once for each kind"
    assert "Traceback" not in child.log()


def require_damaged(refusal: Refusal) -> None:
    assert (refusal.code, refusal.retry_after) == (Code.UNAVAILABLE, None)
    assert "is damaged, or its disk is" in refusal.message


def test_a_damaged_database_is_called_that_and_nobody_is_told_to_try_again(
    start_child: ChildFactory, tmp_path: Path
) -> None:
    child = start_child()
    with child.connect() as alice:
        alice.register("alice")
        assert len(outcomes(alice, [message(number) for number in range(50)])) == 50
    assert child.stop() == 0
    with closing(sqlite3.connect(child.database)) as connection:
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'messages'")
        ((page_size,),) = connection.execute("PRAGMA page_size")
    with child.database.open("r+b") as file:
        file.seek((page - 1) * page_size)
        file.write(b"\xff" * page_size)
    child = start_child()
    with child.connect() as alice:
        alice.log_in("alice")
        for request in (FetchHistory(channel_id=GENERAL), message(100)):
            require_damaged(refusal_of(alice, request))
    assert child.log().count("THE DATABASE IS DAMAGED") == 2, "once for reading, once for writing"
