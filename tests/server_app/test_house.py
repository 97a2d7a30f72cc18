"""What the house does by itself: it ends old sessions, survives its own mistakes, and stops in order."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from server_app.app import App
from server_app.deadline import Deadline
from server_app.limits import Limits
from server_app.services.sessions import LIFETIME_MS
from shared.errors import Code, Refusal
from shared.events import ServerStopping, SessionEnded
from shared.requests import ListSessions, SendMessage
from shared.types import GENERAL

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer


def age_sessions(database: Path, milliseconds: int) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE sessions SET last_seen_at = last_seen_at - ?", (milliseconds,))


def test_a_session_that_nobody_used_for_long_is_over(alice: Peer, connect: ConnectFactory, tmp_path: Path) -> None:
    token = alice.token
    alice.close()
    age_sessions(tmp_path / "hearth.db", LIFETIME_MS + 1000)
    with pytest.raises(Refusal, match="Log in again"):
        connect().resume(token)


def test_the_housekeeper_notes_who_is_here_and_ends_what_is_over(
    start_server: ServerFactory,
    connect: ConnectFactory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
) -> None:
    monkeypatch.setattr("server_app.housekeeper.SESSIONS_SECONDS", 0.2)
    monkeypatch.setattr("server_app.clock.SETTLED_MS", 0)
    app = start_server(limits=Limits().without_rates_and_caps())
    alice = connect(app).register("alice")
    connect(app).log_in("alice", device="old phone").close()
    wait_until(lambda: len(app._hub.connected_sessions()) == 1)
    age_sessions(tmp_path / "hearth.db", LIFETIME_MS + 1000)
    wait_until(lambda: [each.is_current for each in alice.request(ListSessions()).sessions] == [True])
    assert alice.heard(SessionEnded) == []


def test_a_mistake_in_a_service_costs_one_bland_refusal(
    server: App, alice: Peer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    with monkeypatch.context() as patch:
        patch.setattr("server_app.storage.messages.add_messages", stumble)
        with pytest.raises(Refusal) as refused:
            alice.say("a secret body")
    assert refused.value.code is Code.INTERNAL
    assert "nobody foresaw" not in refused.value.message
    assert "connection 1" in caplog.text
    assert "a secret body" not in caplog.text
    assert alice.say("better").seq == 1


def test_when_a_batch_stumbles_its_messages_are_stored_one_by_one(
    start_server: ServerFactory, connect: ConnectFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server_app.storage import messages

    alice = connect(start_server(limits=Limits().without_rates_and_caps())).register("alice")
    add_messages = messages.add_messages

    def only_one(connection: Any, new: Any, last_seqs: Any) -> None:
        if len(new) > 1:
            raise ZeroDivisionError("too many")
        add_messages(connection, new, last_seqs)

    monkeypatch.setattr(messages, "add_messages", only_one)
    requests = [SendMessage(channel_id=GENERAL, client_id=f"client-id-{n}", body=str(n)) for n in range(50)]
    ids = [alice.ask(request) for request in requests]
    seqs = [alice.answer(request, request_id).seq for request, request_id in zip(requests, ids, strict=True)]
    assert seqs == list(range(1, 51))


def test_too_many_who_log_in_at_once_are_told_to_come_back(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(bcrypt_rounds=10, limits=Limits(hashing_queue=1))
    peers = [connect(app) for _ in range(8)]
    outcomes: list[Code | None] = []

    def register(number: int) -> None:
        try:
            peers[number].register(f"user{number}")
            outcomes.append(None)
        except Refusal as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=register, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) == {None, Code.UNAVAILABLE}


def test_stopping_answers_what_was_asked_and_tells_everybody(server: App, alice: Peer) -> None:
    request = SendMessage(channel_id=GENERAL, client_id="client-id", body="just in time")
    request_id = alice.ask(request)
    assert alice.answer(request, request_id).seq == 1
    server.stop(3)
    assert alice.next_event(ServerStopping).retry_after > 0
    alice.wait_until_closed()
    server.stop(3)


def test_many_servers_live_in_one_process(start_server: ServerFactory, connect: ConnectFactory, tmp_path: Path) -> None:
    apps = [start_server(database=str(tmp_path / f"{number}.db")) for number in range(3)]
    for app in apps:
        assert len(connect(app).register("alice").snapshot.users) == 1


def test_a_deadline_is_carried_through() -> None:
    deadline = Deadline(100)
    assert 99 < deadline.left() <= 100
    assert Deadline(-1).left() == 0.0
