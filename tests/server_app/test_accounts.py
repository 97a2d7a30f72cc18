"""Making accounts, logging in, changing the password, and the sessions that come of it."""

import sqlite3
from pathlib import Path

import pytest

from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import SessionEnded, UserRegistered
from shared.requests import ChangePassword, Hello, ListSessions, RevokeSession
from shared.rights import MEMBER, OWNER
from shared.types import Registration, SessionId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import PASSWORD, Peer


def test_the_first_account_is_the_owner_and_everybody_hears_of_the_next(alice: Peer, bob: Peer) -> None:
    assert alice.snapshot.me.role_id == OWNER
    assert bob.snapshot.me.role_id == MEMBER
    assert alice.next_event(UserRegistered).user == bob.snapshot.me
    assert [user.name for user in bob.snapshot.users] == ["alice", "bob"]


@pytest.mark.parametrize("name", ["ALICE", "Alice ", "аlice", "alice\u200b", "al", "a" * 21, "two words", ""])
def test_names_that_are_taken_imitated_or_malformed_are_refused(
    alice: Peer, connect: ConnectFactory, name: str
) -> None:
    with pytest.raises(Refusal) as refused:
        connect().register(name)
    assert refused.value.code in (Code.CONFLICT, Code.BAD_REQUEST)
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("password", ["short", "ü" * 37, "with\0nul-byte"])
def test_passwords_that_bcrypt_would_cut_are_refused_aloud(connect: ConnectFactory, password: str) -> None:
    with pytest.raises(Refusal, match=r"[Pp]assword"):
        connect().register("alice", password)


def test_names_are_found_whatever_their_case(alice: Peer, connect: ConnectFactory) -> None:
    assert connect().log_in("AlIcE").user_id == alice.user_id


def test_a_closed_server_takes_its_first_account_and_no_other(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(registration=Registration.CLOSED)
    assert connect(app).request(Hello()).registration is Registration.CLOSED
    connect(app).register("alice")
    with pytest.raises(Refusal, match="takes no new accounts"):
        connect(app).register("bob")


def test_a_server_by_invitation_says_whom_to_ask(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(registration=Registration.INVITE)
    connect(app).register("alice")
    with pytest.raises(Refusal, match="Ask its owner"):
        connect(app).register("bob")


def test_a_full_server_takes_no_more_accounts(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(limits=Limits(accounts=1))
    connect(app).register("alice")
    with pytest.raises(Refusal, match="full"):
        connect(app).register("bob")


def test_a_new_password_ends_the_other_sessions_and_only_those(alice: Peer, connect: ConnectFactory) -> None:
    other = connect().log_in("alice")
    alice.request(ChangePassword(old_password=PASSWORD, new_password="battery staple"))
    assert "password" in other.next_event(SessionEnded).message
    other.wait_until_closed()
    alice.say("still here")
    with pytest.raises(Refusal, match="wrong"):
        connect().log_in("alice")
    connect().log_in("alice", "battery staple")


def test_a_password_is_changed_only_by_whoever_knows_it(alice: Peer) -> None:
    with pytest.raises(Refusal, match="not that"):
        alice.request(ChangePassword(old_password="a wrong guess", new_password="battery staple"))


def test_sessions_are_listed_newest_first_and_only_ones_own_can_be_revoked(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    connect().log_in("alice", device="phone")
    sessions = alice.request(ListSessions()).sessions
    assert [(each.device, each.is_current) for each in sessions] == [("phone", False), ("test", True)]
    for session_id in (sessions[0].id, SessionId(999)):
        with pytest.raises(Refusal, match="no such session"):
            bob.request(RevokeSession(session_id=session_id))


def test_the_session_that_was_away_longest_makes_room(start_server: ServerFactory, connect: ConnectFactory) -> None:
    app = start_server(limits=Limits(sessions_per_account=2))
    first = connect(app).register("alice")
    connect(app).log_in("alice")
    connect(app).log_in("alice")
    first.next_event(SessionEnded)
    first.wait_until_closed()


def test_a_password_is_hashed_anew_when_the_rounds_have_risen(
    start_server: ServerFactory, connect: ConnectFactory, tmp_path: Path
) -> None:
    app = start_server(bcrypt_rounds=4)
    connect(app).register("alice").close()
    app.stop(2)
    app = start_server(bcrypt_rounds=5)
    connect(app).log_in("alice").close()
    connect(app).log_in("alice").close()
    app.stop(2)
    with sqlite3.connect(tmp_path / "hearth.db") as database:
        assert database.execute("SELECT substr(password_hash, 1, 7) FROM users").fetchall() == [("$2b$05$",)]
    database.close()


def test_the_database_holds_neither_passwords_nor_tokens(alice: Peer, tmp_path: Path) -> None:
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("hearth.db*"))
    assert b"alice" in stored
    assert PASSWORD.encode() not in stored
    assert alice.token.encode() not in stored
