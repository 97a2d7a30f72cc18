"""Who is writing, as the window shows it: below the composer, and beside a conversation in the left pane."""

import time
from typing import Any

import pytest

from client_app.desktop.composer.typing_line import LEAST_PAUSE, typing_words
from client_app.desktop.lists import ItemRow
from server_app.app import App
from shared.events import PersonTyping
from shared.requests import MarkRead, Typing
from shared.types import GENERAL, UserId
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person

A_FRAME = 16.0
"""Milliseconds."""


@pytest.fixture
def bob(connect: ConnectFactory, server: App) -> Peer:
    return connect(server).register("bob")


@pytest.fixture
def alice(open_window: OpenWindow, server: App, bob: Peer) -> Person:
    return open_window(server).come_in("alice")


def after_a_turn(peer: Peer) -> list[PersonTyping]:
    """Everything of that kind that the server told this peer until what was asked last was answered."""
    peer.request(MarkRead(channel_id=GENERAL, seq=0))
    return peer.heard(PersonTyping)


def marks(alice: Person) -> dict[str, tuple[str, ...]]:
    """The signs behind the titles of the left pane."""
    return {
        row.title: row.marks for row in alice.app.window.sidebar.list._all if isinstance(row, ItemRow) and row.marks
    }


def test_who_writes_is_told_below_the_composer_until_it_is_said(alice: Person, bob: Peer) -> None:
    bob.request(Typing(channel_id=GENERAL))
    alice.until(lambda: alice.composer.typing == "bob is typing…")
    bob.say("that was it")
    alice.until(lambda: not alice.composer.typing)


def test_a_conversation_tells_it_in_the_left_pane_too(alice: Person, bob: Peer) -> None:
    direct = bob.direct(alice.app.client.me.id)  # type: ignore[union-attr]
    bob.say("hello", direct)
    alice.until(lambda: "bob" in alice.rows())
    bob.request(Typing(channel_id=direct))
    alice.until(lambda: marks(alice) == {"bob": ("more",)})
    assert not alice.composer.typing, "general is open"
    alice.app.client.open_channel(direct)
    alice.until(lambda: alice.composer.typing == "bob is typing…")
    alice.app.client.open_channel(GENERAL)
    alice.until(lambda: not alice.composer.typing)


def test_what_alice_writes_is_told_and_what_is_nobodys_business_is_not(alice: Person, bob: Peer) -> None:
    alice.type("/me w")
    assert after_a_turn(bob) == []
    alice.composer.clear()
    alice.type("hel")
    assert bob.next_event(PersonTyping).user_id == alice.app.client.me.id  # type: ignore[union-attr]
    alice.type("lo")
    assert after_a_turn(bob) == [], "once in two seconds"


def test_where_one_may_not_write_any_more_no_sentence_is_shown(alice: Person, bob: Peer) -> None:
    client = alice.app.client
    client.create_channel("plans")
    alice.until(lambda: "plans" in alice.rows())
    plans = client.channels.named("plans")
    assert plans
    client.leave_channel(plans.channel_id)
    alice.until(lambda: "plans" not in alice.rows())
    client.typed(plans.channel_id)
    assert client.session
    client.session.typists.typed(plans.channel_id)
    bob.say("a sign that the answer is there")
    alice.until_last_is("a sign that the answer is there")
    assert not alice.app.window.toast.text


def test_thirty_who_write_at_once_cost_next_to_nothing(
    alice: Person, server: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As their news arrive: no frame is late, and the words change no more than twice a second."""
    session, window = alice.app.client.session, alice.app.window
    assert session
    line = window.conversation.composer._foot.typing
    alice.until(lambda: line._pause is None)
    said: list[str] = []
    configure = line._label.configure

    def note(**options: Any) -> None:
        said.append(options["text"])
        configure(**options)

    monkeypatch.setattr(line._label, "configure", note)
    slowest, begun = 0.0, time.perf_counter()
    for number in range(300):
        started = time.perf_counter()
        session.take(PersonTyping(GENERAL, UserId(100 + number % 30)), alice.app.client._telling.emit)
        if number % 7 == 0:
            session.typists.said(GENERAL, UserId(100 + number % 30))
        alice.app.client.tell()
        alice.app.root.update()
        slowest = max(slowest, time.perf_counter() - started)
    passed = 1000 * (time.perf_counter() - begun)
    assert len(said) <= 1 + passed / LEAST_PAUSE
    alice.until(lambda: alice.composer.typing == "Several people are typing…")
    assert slowest * 1000 < 5 * A_FRAME, "with room for a busy machine; alone it is below one frame"


def test_with_nobody_writing_nothing_moves(alice: Person, bob: Peer) -> None:
    line = alice.composer._foot.typing
    bob.request(Typing(channel_id=GENERAL))
    alice.until(lambda: line._blink is not None)
    bob.say("done")
    alice.until(lambda: line._blink is None and not line.winfo_manager())


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["alice"], "alice is typing…"),
        (["alice", "bob"], "alice and bob are typing…"),
        (["alice", "bob", "carol"], "Several people are typing…"),
    ],
)
def test_the_words_say_up_to_two_names(names: list[str], words: str) -> None:
    assert typing_words(names) == words
