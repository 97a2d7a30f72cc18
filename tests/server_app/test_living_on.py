"""What must not end does not: the writer, the workers and the housekeeper outlive whatever goes wrong in them."""

from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from sqlalchemy import event

from server_app.app import App
from server_app.limits import Limits
from shared.errors import Code, Refusal
from shared.events import PresenceChanged
from shared.requests import FetchHistory, SendMessage
from shared.types import GENERAL

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer

FREE = Limits().without_rates_and_caps()


def stumble(*_: Any, **__: Any) -> NoReturn:
    raise ZeroDivisionError("nobody foresaw this")


def messages(count: int) -> list[SendMessage]:
    return [SendMessage(channel_id=GENERAL, client_id=f"client-id-{n}", body=f"number {n}") for n in range(count)]


def codes(peer: Peer, requests: list[SendMessage]) -> set[Code | None]:
    """How they were refused, when all were sent at once; None for those that were not."""
    found: set[Code | None] = set()
    for request_id in [peer.ask(request) for request in requests]:
        try:
            peer.done(request_id)
            found.add(None)
        except Refusal as refusal:
            found.add(refusal.code)
    return found


def test_a_writer_whose_connection_is_gone_takes_a_new_one(
    start_server: ServerFactory, connect: ConnectFactory, caplog: pytest.LogCaptureFixture
) -> None:
    app = start_server(limits=FREE)
    alice = connect(app).register("alice")
    connection = app._writer._connection
    assert connection is not None
    connection.connection.dbapi_connection.close()  # type: ignore[union-attr]  # it has one
    with pytest.raises(Refusal):
        alice.say("number 0", client_id="client-id-0")
    assert alice.say("number 0", client_id="client-id-0").seq == 1
    assert codes(alice, messages(50)) == {None}


@pytest.mark.parametrize("moment", ["begin", "commit"])
def test_a_batch_that_fails_where_no_job_is_at_fault_is_refused_and_stored_when_sent_again(
    moment: str, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(limits=FREE)
    alice = connect(app).register("alice")
    event.listen(app._writing, moment, stumble)
    requests = messages(50)
    assert codes(alice, requests) == {Code.INTERNAL}
    event.remove(app._writing, moment, stumble)
    assert alice.bodies() == []
    assert codes(alice, requests) == {None}
    assert alice.bodies() == [request.body for request in requests]


def test_facts_that_cannot_be_told_are_stored_and_acknowledged_all_the_same(
    server: App, alice: Peer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("server_app.hub.encode", stumble)
        assert alice.say("nobody hears of it").seq == 1
    assert "facts could not be told" in caplog.text
    assert alice.say("but of this").seq == 2


def test_a_batch_that_cannot_even_be_answered_does_not_end_the_writer(
    server: App, alice: Peer, bob: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SendMessage(channel_id=GENERAL, client_id="client-id-1", body="unanswered")
    with monkeypatch.context() as patch:
        patch.setattr(server._hub, "publish", stumble)
        request_id = alice.ask(request)
        with pytest.raises(TimeoutError):
            alice.answer(request, request_id, deadline=0.3)
    assert bob.say("next").seq == 2


def test_workers_outlive_what_they_run(
    server: App, alice: Peer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(server._reading, "connect", stumble)
        for _ in range(20):
            with pytest.raises(Refusal) as refused:
                alice.request(FetchHistory(channel_id=GENERAL))
            assert refused.value.code is Code.INTERNAL
    assert alice.request(FetchHistory(channel_id=GENERAL)).messages == ()


def test_the_housekeeper_outlives_its_duties(
    server: App,
    alice: Peer,
    connect: ConnectFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    wait_until: Callable[..., None],
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("server_app.presence.Presence.news", stumble)
        wait_until(lambda: caplog.text.count("a duty of the house failed") > 1)
    bob = connect().register("bob")
    while bob.user_id not in alice.next_event(PresenceChanged).online_ids:
        pass
