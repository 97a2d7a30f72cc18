"""Searching in the window: from a few letters to the place where it was said."""

import pytest

from client_app.core.actions import BY_ID
from client_app.core.search.found import Progress
from client_app.core.signals import Phase
from server_app.app import App
from shared.requests import CreateChannel, DeleteMessage, EditMessage
from shared.types import GENERAL
from tests.client_app.core.network import Relay
from tests.conftest import ConnectFactory

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    return open_window(server).come_in("alice")


def search(person: Person, query: str, action: str = "search-here") -> list[str]:
    """Open the search, type, and wait for the answer."""
    person.app.window.perform(BY_ID[action])
    person.app.window.search.field.put(query)
    results = person.app.client.search
    person.until(lambda: results.results.wish.query == query and results.results.progress is Progress.DONE)
    return person.app.window.search.texts


def test_what_was_found_is_opened_where_it_was_said(alice: Person, connect: ConnectFactory) -> None:
    bob = connect().register("bob")
    plans = bob.request(CreateChannel(name="plans", topic="")).channel_id
    bob.say("The café opens at nine")
    for number in range(120):
        bob.say(f"filler {number}")
    bob.say("café again", plans)
    pane, window = alice.app.window.search, alice.app.window
    assert search(alice, "CAFE") == ["The café opens at nine"]
    assert window.arrangement.is_searching
    assert pane.messages.painter.sought is not None
    alice.press("F3")
    alice.until(lambda: "The café opens at nine" in alice.in_view)
    assert search(alice, "cafe") == ["The café opens at nine"]
    alice.click(pane._scope._canvas)
    alice.until(lambda: pane.texts == ["café again", "The café opens at nine"])
    assert pane.status == "2 messages"
    pane.field._enter()
    assert alice.app.client.settings.recent_searches == ("cafe",)
    alice.press("Return", pane.messages.canvas)
    alice.until(lambda: alice.app.client.open_channel_id == plans)
    # What becomes of it is followed; what is lost is found no more.
    bob.request(EditMessage(channel_id=GENERAL, seq=1, body="The café opens at ten"))
    alice.until(lambda: pane.texts == ["café again", "The café opens at ten"])
    connect().log_in("alice")
    bob.request(DeleteMessage(channel_id=GENERAL, seq=1))
    alice.until(lambda: pane.texts == ["café again"])
    alice.press("Escape", window.conversation.composer.text)
    assert not window.arrangement.is_searching


def test_what_is_typed_is_completed(alice: Person, connect: ConnectFactory) -> None:
    connect().register("bob").say("something of bob’s")
    field = alice.app.window.search.field
    alice.app.window.perform(BY_ID["search"])
    alice.until(lambda: field.suggestions.labels[:2] == ("from:", "in:"))
    field.put("something")
    assert not field.suggestions.labels, "what is looked for is given, and what was found lies open"
    for text in ("f", "fr"):
        field.entry.set("")
        field.entry.set(text)
        field._follow()
    assert field.suggestions.labels == ("from:",)
    alice.press("Down", field.entry.editor)
    alice.press("Return", field.entry.editor)
    assert field.get() == "from:"
    assert "bob" in field.suggestions.labels
    for _ in range(field.suggestions.labels.index("bob") + 1):
        alice.press("Down", field.entry.editor)
    alice.press("Return", field.entry.editor)
    assert field.get() == "from:bob "
    field.put("from:bob")
    assert not field.suggestions.labels, "nobody is offered what stands there already"
    alice.until(lambda: alice.app.window.search.texts == ["something of bob’s"])
    alice.press("Escape", field.entry.editor)
    alice.press("Escape", field.entry.editor)
    assert not alice.app.window.arrangement.is_searching


def test_each_state_is_told_in_words(server: App, open_window: OpenWindow) -> None:
    with Relay(server.address) as relay:
        alice = open_window(server, port=relay.port).come_in("alice")
        pane = alice.app.window.search
        alice.app.window.perform(BY_ID["search-here"])
        assert pane.words.startswith("Type a word, or the beginning of one;")
        assert search(alice, "nothing of the kind") == []
        assert pane.words == "No messages match “nothing of the kind” in #general."
        assert search(alice, "from:nobody") == []
        assert pane.words == "There is nobody named “nobody” here."
        relay.freeze()
        relay.cut()
        alice.until(lambda: alice.app.client.phase is Phase.RECONNECTING)
        pane.field.put("something else")
        assert pane.words == "Search needs the server. It goes on as soon as the connection is back."
        relay.thaw()
        alice.until(lambda: pane.words == "No messages match “something else” in #general.")


def test_a_narrow_window_shows_what_was_found_over_the_messages(alice: Person) -> None:
    alice.say("apple")
    alice.until_last_is("apple")
    alice.app.root.geometry("760x520+0+0")
    alice.until(lambda: alice.app.window.winfo_width() == 760)
    assert search(alice, "apple") == ["apple"]
    assert alice.app.window.search.winfo_manager() == "place"
    alice.press("Return", alice.app.window.search.messages.canvas)
    alice.say("/search app")
    alice.until(lambda: alice.app.window.search.field.get() == "app")
    assert alice.app.client.settings.recent_searches == ("app", "apple")
    alice.app.client.log_out()
    alice.until(lambda: not alice.is_in)
    assert not alice.app.client.settings.recent_searches
    assert alice.app.window.search.field.get() == ""
    assert not alice.app.window.arrangement.is_searching
