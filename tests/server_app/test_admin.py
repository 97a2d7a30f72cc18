"""`server.py admin`: the same on a server that runs, where it is felt at once, and on one that does not."""

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server_app.admin import command_line, local_socket
from server_app.admin.orders import RESULTS, AnyOrder
from server_app.admin.tables import as_text
from shared.errors import Code, Refusal
from shared.events import SessionEnded, UserChanged
from shared.requests import FetchAudit, KickPerson
from shared.rights import ADMIN, MODERATOR, OWNER
from shared.types import AuditAction

from ..peer import Peer
from .child import ROOT, Child
from .conftest import ChildFactory

Admin = Callable[..., "subprocess.CompletedProcess[str]"]


def run(database: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command line in a process of its own, from another folder."""
    return subprocess.run(
        [sys.executable, str(ROOT / "server.py"), "admin", *arguments, "--db", str(database)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd="/",
        env={**os.environ, "HEARTH_BCRYPT_ROUNDS": "4"},
        check=False,
    )


def done(database: Path, *arguments: str) -> Any:
    """The JSON document that a command prints."""
    finished = run(database, *arguments, "--json")
    assert (finished.returncode, finished.stderr) == (0, "")
    return json.loads(finished.stdout)


def refused(database: Path, *arguments: str, code: int = 1) -> str:
    """The sentence with which a command is refused."""
    finished = run(database, *arguments)
    assert (finished.returncode, finished.stdout) == (code, "")
    assert finished.stderr.count("\n") == 1
    return finished.stderr.removeprefix("server.py: ").rstrip()


@pytest.fixture
def house(start_child: ChildFactory) -> Child:
    """A server in a process of its own."""
    return start_child()


@pytest.fixture
def alice(house: Child) -> Peer:
    """The owner."""
    return house.connect().register("alice")


@pytest.fixture
def bob(house: Child, alice: Peer) -> Peer:
    """A member."""
    return house.connect().register("bob")


# --- a server that runs -----------------------------------------------------------------------------------------------


def test_a_role_is_given_and_felt_at_once(house: Child, alice: Peer, bob: Peer) -> None:
    assert done(house.database, "role", "BOB", "moderator") == {"sentence": "bob is moderator now."}
    assert bob.next_event(UserChanged).user.role_id == MODERATOR
    carol = house.connect().register("carol")
    bob.request(KickPerson(user_id=carol.user_id))
    (_kick, entry) = alice.request(FetchAudit()).entries
    assert (entry.action, entry.actor_id, entry.user_id) == (AuditAction.ROLE_GIVEN, None, bob.user_id)


def test_the_server_is_handed_over_and_has_one_owner_ever(house: Child, alice: Peer, bob: Peer) -> None:
    done(house.database, "role", "bob", "owner")
    roles = {event.user.id: event.user.role_id for event in alice.heard(UserChanged)}
    assert roles == {bob.user_id: OWNER, alice.user_id: ADMIN}
    assert "is the owner" in refused(house.database, "role", "bob", "member")
    assert "is the owner" in refused(house.database, "ban", "bob")
    assert [each["role"] for each in done(house.database, "users")["people"]] == ["admin", "owner"]


def test_a_ban_ends_sessions_and_an_unban_lets_in(house: Child, alice: Peer, bob: Peer) -> None:
    done(house.database, "ban", "bob", "--reason", "spam", "--for", "2d")
    assert "spam" in bob.next_event(SessionEnded).message
    bob.wait_until_closed()
    (ban,) = done(house.database, "bans")["bans"]
    assert (ban["name"], ban["ban"]["created_by"]) == ("bob", None)
    assert ban["ban"]["until"] - ban["ban"]["created_at"] == 2 * 24 * 60 * 60 * 1000
    done(house.database, "unban", "bob")
    house.connect().log_in("bob")
    assert done(house.database, "bans") == {"bans": []}


def test_a_password_is_reset_printed_once_and_ends_all_sessions(house: Child, alice: Peer, bob: Peer) -> None:
    finished = run(house.database, "reset-password", "bob")
    password, *rest = finished.stdout.splitlines()
    assert len(rest) == 1
    assert "reset" in bob.next_event(SessionEnded).message
    with pytest.raises(Refusal):
        house.connect().log_in("bob")
    with pytest.raises(Refusal):
        house.connect().resume(bob.token)
    house.connect().log_in("bob", password)
    (entry,) = alice.request(FetchAudit()).entries
    assert (entry.action, entry.actor_id, entry.detail) == (AuditAction.PASSWORD_RESET, None, "")
    assert password not in house.log()


def test_an_invite_lets_somebody_in_with_its_role(start_child: ChildFactory) -> None:
    house = start_child(options=("--no-limits", "--registration", "invite"))
    house.connect().register("alice")
    made = done(house.database, "invite", "--role", "moderator", "--uses", "2", "--for", "1h")
    assert (made["role"], made["max_uses"]) == ("moderator", 2)
    assert house.connect().register("bob", invite=made["code"]).snapshot.me.role_id == MODERATOR
    assert "admin role NAME owner" in refused(house.database, "invite", "--role", "owner")


def test_people_are_listed_in_columns(house: Child, alice: Peer, bob: Peer) -> None:
    done(house.database, "ban", "bob")
    head, first, second = run(house.database, "users").stdout.splitlines()
    assert head.split() == ["ID", "NAME", "ROLE", "SINCE", "IS"]
    assert (first.split()[:3], second.split()[:3]) == (["1", "alice", "owner"], ["2", "bob", "member"])
    assert second.endswith("  banned")
    assert head.index("SINCE") == first.index("20") == second.index("20")


def test_files_are_counted_for_each_person_and_once_on_the_disk(house: Child, alice: Peer, bob: Peer) -> None:
    for peer, contents in ((alice, (b"the same",)), (bob, (b"the same", b"x" * 2048))):
        peer.say_with(*(peer.upload(content) for content in contents))
    assert done(house.database, "files") == {
        "contents": 2,
        "size": 2056,
        "people": [{"name": "bob", "files": 2, "size": 2056}, {"name": "alice", "files": 1, "size": 8}],
    }
    lines = run(house.database, "files").stdout.splitlines()
    assert [line.split() for line in lines[:2]] == [["WHO", "FILES", "SIZE"], ["bob", "2", "2", "KB"]]
    assert lines[-1] == "2 different files take 2 KB on the disk."


def test_the_log_is_read_with_names(house: Child, alice: Peer, bob: Peer) -> None:
    done(house.database, "role", "bob", "moderator")
    bob.request(KickPerson(user_id=house.connect().register("carol").user_id, reason="rude"))
    (entry,) = done(house.database, "audit", "carol", "rude")["entries"]
    assert (entry["actor"], entry["action"], entry["person"]) == ("bob", "person_kicked", "carol")
    assert [each["actor"] for each in done(house.database, "audit")["entries"]] == ["bob", None]
    assert len(done(house.database, "audit", "--count", "1")["entries"]) == 1


def test_only_its_owner_reaches_the_socket_and_it_goes_with_the_server(house: Child) -> None:
    path = local_socket.socket_path(house.database)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert house.stop() == 0
    assert not path.exists()


def test_what_a_killed_server_left_is_in_nobodys_way(start_child: ChildFactory) -> None:
    house = start_child()
    house.connect().register("alice")
    house.kill()
    assert local_socket.socket_path(house.database).exists()
    assert len(done(house.database, "users")["people"]) == 1
    again = start_child()
    again.connect().register("bob")
    assert len(done(again.database, "users")["people"]) == 2


def test_a_database_with_a_long_path_is_reached_as_well(start_child: ChildFactory, tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30) / ("and-longer" * 10)
    folder.mkdir(parents=True)
    house = start_child(folder / f"{'hearth' * 20}.db")
    house.connect().register("alice")
    assert [each["name"] for each in done(house.database, "users")["people"]] == ["alice"]


def test_nonsense_at_the_socket_hurts_nobody(house: Child) -> None:
    for nonsense in (b"", b"{", b"[]", b'{"order": "none"}', b"\xff" * 1000, b" " * 100_000):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(30)
            connection.connect(str(local_socket.socket_path(house.database)))
            try:
                connection.sendall(nonsense)
                connection.shutdown(socket.SHUT_WR)
                connection.recv(4096)
            except OSError:
                assert len(nonsense) > local_socket.MAX_QUESTION
    assert done(house.database, "users") == {"people": []}


# --- a server that does not run ---------------------------------------------------------------------------------------


def test_on_a_stopped_server_all_of_it_works_the_same(start_child: ChildFactory) -> None:
    house = start_child()
    alice, bob = house.connect().register("alice"), house.connect().register("bob")
    house.connect().register("carol")
    assert house.stop() == 0
    done(house.database, "role", "carol", "admin")
    password = done(house.database, "reset-password", "alice")["password"]
    done(house.database, "ban", "bob", "--reason", "spam")
    assert [each["is_online"] for each in done(house.database, "users")["people"]] == [False] * 3
    assert len(done(house.database, "audit")["entries"]) == 3
    again = start_child()
    with pytest.raises(Refusal):
        again.connect().resume(alice.token)
    with pytest.raises(Refusal) as banned:
        again.connect().resume(bob.token)
    assert banned.value.code is Code.BANNED
    snapshot = again.connect().log_in("alice", password).snapshot
    assert {user.name: user.role_id for user in snapshot.users}["carol"] == ADMIN


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert "There is no database" in refused(tmp_path / "none.db", "users")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_cannot_be_asked_while_it_runs_is_to_be_stopped_first(
    house: Child, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command_line, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(command_line, "IS_SUPPORTED", False)
    monkeypatch.setattr(local_socket, "IS_SUPPORTED", False)
    assert command_line.main(["users", "--db", str(house.database)], {}) == 1
    assert "stop it first" in capsys.readouterr().err


# --- what is typed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("unknown",),
        ("role", "bob"),
        ("ban",),
        ("ban", "bob", "--for", "soon"),
        ("ban", "bob", "--for", "99999w"),
        ("ban", "bob", "--reason", "two\nlines"),
        ("ban", "--address", "203.0.113.7", "--with-address"),
        ("invite", "--uses", "0"),
        ("audit", "--count", "many"),
        ("reset-password", "bob", "a password on the command line"),
    ],
)
def test_what_is_mistyped_is_one_sentence_and_exit_code_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert "See server.py admin" in refused(tmp_path / "none.db", *arguments, code=2)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("role", "nobody", "admin"), "nobody called “nobody”"),
        (("role", "bob", "king"), "There are: owner, admin, moderator, member, guest."),
        (("ban", "--address", "here"), "is not an address"),
        (("ban", "bob", "--with-address"), "cannot be banned"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(
    house: Child, bob: Peer, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refused(house.database, *arguments)
    bob.say("nothing of it was done by halves")


def test_the_database_is_found_as_the_server_finds_it(house: Child, tmp_path: Path) -> None:
    house.connect().register("alice")
    file = tmp_path / "hearth.toml"
    file.write_text(f"db = '{house.database}'\n")
    command = [sys.executable, str(ROOT / "server.py"), "admin", "users"]
    by_variable = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "HEARTH_DB": str(house.database)}
    )
    by_file = subprocess.run([*command, "--config", str(file)], capture_output=True, text=True, check=True)
    assert "alice" in by_variable.stdout
    assert by_file.stdout == by_variable.stdout


def test_each_order_has_a_result() -> None:
    assert set(RESULTS) == set(AnyOrder.__args__)  # type: ignore[attr-defined]  # a Union has them


def test_what_people_wrote_cannot_steer_the_terminal() -> None:
    from server_app.admin.orders import Entry, Log

    entry = Entry(id=1, at=0, actor="a", action="person_kicked", person="b", channel=None, detail="\x1b[31m\u202ered")
    text = as_text(Log(entries=(entry,)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.endswith("\ufffd[31m\ufffdred")
