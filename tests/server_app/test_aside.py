"""What goes its own way on a connection keeps nobody waiting, and is bounded."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from server_app.route import Step, Where
from server_app.routes import ROUTES
from server_app.session import MOST_ASIDE
from shared.requests import Found, Ping, Search, SendMessage
from shared.types import GENERAL

from ..peer import Peer


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Searches wait for it, on their workers."""
    opened = threading.Event()

    def slow(_context: object, request: Search, _value: None) -> Found:
        opened.wait(5)
        return Found(sentence=request.query)

    monkeypatch.setitem(ROUTES, Search, replace(ROUTES[Search], steps=(Step(Where.WORKER, slow),)))
    yield opened
    opened.set()


def test_a_message_sent_behind_a_slow_search_is_answered_first(alice: Peer, gate: threading.Event) -> None:
    search = Search(query="apple")
    asked = alice.ask(search)
    assert alice.say("hello").seq == 1
    message = SendMessage(channel_id=GENERAL, client_id="client-id-2", body="again")
    assert alice.request(message).seq == 2
    assert asked not in alice._replies
    gate.set()
    assert alice.answer(search, asked).sentence == "apple"


def test_so_many_go_their_own_way_and_the_next_waits_with_all_behind_it(alice: Peer, gate: threading.Event) -> None:
    searches = [Search(query=str(number)) for number in range(MOST_ASIDE + 1)]
    asked = [alice.ask(search) for search in searches]
    ping = alice.ask(Ping())
    gate.set()
    told = [alice.answer(search, number).sentence for search, number in zip(searches, asked, strict=True)]
    assert told == [str(number) for number in range(MOST_ASIDE + 1)]
    alice.answer(Ping(), ping)
