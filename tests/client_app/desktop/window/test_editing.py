"""One's own messages are written anew in the composer and taken back after a question; everybody sees it."""

import pytest

from client_app.core import actions
from client_app.core.actions import BY_ID
from client_app.core.timeline.timeline import Entry
from client_app.desktop.composer.editing import NEEDS_CONNECTION, STRIP
from server_app.app import App
from shared.requests import DeleteMessage, EditMessage
from shared.types import GENERAL
from tests.client_app.core.network import Relay
from tests.conftest import ConnectFactory, ServerFactory

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    """The owner, who said two things."""
    alice = open_window(server).come_in("alice")
    for text in ("first", "secnod"):
        alice.say(text)
        alice.until(lambda text=text: alice.sent[-1:] == [text])  # type: ignore[misc]  # a default binds the text
    return alice


def last(person: Person) -> Entry:
    return person.entries[-1]


def begin(alice: Person) -> None:
    """Press ↑ where nothing is typed."""
    alice.composer.text.focus_force()
    alice.press("Up", alice.composer.text)
    assert alice.composer.strip == STRIP


def rewrite(alice: Person, text: str) -> None:
    """Type this in the place of what is edited."""
    alice.composer.text.delete("1.0", "end")
    alice.type(text)


def confirm(alice: Person) -> None:
    dialog = alice.dialog()
    assert dialog is not None
    dialog.confirm()
    alice.app.root.update()


def test_up_edits_ones_last_message_and_enter_saves_it(alice: Person, connect: ConnectFactory) -> None:
    connect().register("bob").say("third")
    alice.until_last_is("third")
    begin(alice)
    assert alice.composer.get() == "secnod"
    rewrite(alice, "second")
    alice.press("Return", alice.composer.text)
    assert (alice.composer.get(), alice.composer.strip) == ("", "")
    alice.until(lambda: alice.texts == ["first", "second", "third"])
    assert [entry.is_edited for entry in alice.entries] == [False, True, False]


def test_up_moves_the_cursor_where_something_is_typed(alice: Person) -> None:
    alice.type("one\ntwo")
    alice.press("Up", alice.composer.text)
    assert alice.composer.text.index("insert").startswith("1.")
    assert alice.composer.strip == ""
    alice.composer.clear()
    begin(alice)
    rewrite(alice, "one\ntwo")
    alice.press("Up", alice.composer.text)
    assert alice.composer.text.index("insert").startswith("1.")
    assert alice.composer.get() == "one\ntwo"


def test_escape_brings_back_the_draft_that_stood_there(alice: Person) -> None:
    alice.type("half a sent")
    alice.app.window.conversation.editing.begin(1)
    assert alice.composer.get() == "first"
    rewrite(alice, "something else")
    alice.press("Escape", alice.composer.text)
    assert (alice.composer.get(), alice.composer.strip) == ("half a sent", "")
    assert alice.app.client.draft(GENERAL) == "half a sent"
    assert alice.texts == ["first", "secnod"]


def test_an_edit_waits_in_its_channel_and_the_draft_of_another_is_left_alone(alice: Person) -> None:
    client = alice.app.client
    client.create_channel("plans")
    alice.until(lambda: client.open_channel_id != GENERAL)
    alice.type("a draft")
    client.open_channel(GENERAL)
    begin(alice)
    rewrite(alice, "second, but not yet")
    plans = client.channels.named("plans")
    assert plans is not None
    client.open_channel(plans.channel_id)
    assert (alice.composer.get(), alice.composer.strip) == ("a draft", "")
    client.open_channel(GENERAL)
    assert (alice.composer.get(), alice.composer.strip) == ("second, but not yet", STRIP)


def test_a_slash_word_edits_too_and_leaves_nothing_behind(alice: Person) -> None:
    alice.say("/edit")
    assert (alice.composer.get(), alice.composer.strip) == ("secnod", STRIP)
    alice.press("Escape", alice.composer.text)
    assert alice.composer.get() == ""
    alice.say("/edit /me is how one says it")
    alice.until_last_is("/me is how one says it")
    assert (alice.composer.get(), alice.composer.strip) == ("", "")


def test_an_empty_edit_asks_to_delete(alice: Person) -> None:
    begin(alice)
    rewrite(alice, "")
    alice.press("Return", alice.composer.text)
    dialog = alice.dialog()
    assert dialog is not None
    dialog.cancel()
    assert alice.composer.strip == STRIP
    rewrite(alice, "")
    alice.press("Return", alice.composer.text)
    confirm(alice)
    assert alice.composer.strip == ""
    alice.until(lambda: last(alice).is_deleted)
    assert alice.texts == ["first", ""]


def test_deleting_asks_first_and_the_one_before_is_next(alice: Person) -> None:
    for text in ("secnod", "first"):
        alice.say("/delete")
        assert alice.dialog() is not None
        confirm(alice)
        alice.until(lambda text=text: text not in alice.texts)  # type: ignore[misc]  # a default binds the text
    alice.say("/delete")
    assert "no message of yours" in alice.app.window.toast.text or "not possible" in alice.app.window.toast.text
    alice.composer.clear()
    alice.press("Up", alice.composer.text)
    assert alice.composer.strip == ""


def test_a_refused_edit_comes_back_with_the_sentence(alice: Person) -> None:
    begin(alice)
    rewrite(alice, "second")
    alice.app.client.delete(GENERAL, 2)
    alice.press("Return", alice.composer.text)
    alice.until(lambda: alice.composer.strip)
    assert alice.composer.get() == "second"
    assert alice.composer.complaint
    alice.press("Escape", alice.composer.text)
    assert (alice.composer.get(), alice.composer.complaint) == ("", "")


def test_an_edit_refused_while_another_is_written_has_its_turn_after_that(alice: Person) -> None:
    begin(alice)
    rewrite(alice, "second")
    alice.app.client.delete(GENERAL, 2)
    alice.press("Return", alice.composer.text)
    alice.app.window.conversation.editing.begin(1)
    rewrite(alice, "1st")
    alice.until(lambda: "" in alice.texts)
    assert alice.composer.get() == "1st"
    alice.press("Return", alice.composer.text)
    alice.until(lambda: alice.composer.get() == "second")
    alice.until(lambda: alice.composer.complaint)
    alice.press("Escape", alice.composer.text)
    assert alice.composer.get() == ""


def test_whoever_turns_to_another_message_comes_back_to_the_first(alice: Person) -> None:
    begin(alice)
    rewrite(alice, "second")
    alice.app.window.conversation.editing.begin(1)
    assert alice.composer.get() == "first"
    alice.press("Escape", alice.composer.text)
    assert (alice.composer.get(), alice.composer.strip) == ("second", STRIP)


def test_without_a_connection_the_text_stays_and_is_saved_later(
    server: App, start_server: ServerFactory, alice: Person
) -> None:
    port = server.address[1]
    begin(alice)
    server.stop(2)
    alice.until(lambda: alice.app.window.conversation.banner.is_down)
    rewrite(alice, "second")
    alice.press("Return", alice.composer.text)
    assert alice.composer.complaint == NEEDS_CONNECTION
    assert (alice.composer.get(), alice.composer.strip) == ("second", STRIP)
    actions.perform(alice.app.client, alice.app.window, BY_ID["delete"])
    confirm(alice)
    dialog = alice.dialog()
    assert dialog is not None
    dialog.cancel()
    start_server(port=port)
    alice.app.client.reconnect_now()
    alice.until(lambda: not alice.app.window.conversation.banner.is_down)
    alice.press("Return", alice.composer.text)
    alice.until(lambda: alice.texts == ["first", "second"])


def test_others_see_it_at_once_and_whoever_was_away_when_they_are_back(
    server: App, open_window: OpenWindow, connect: ConnectFactory
) -> None:
    alice = connect().register("alice")
    for text in ("first", "second", "third"):
        alice.say(text)
    with Relay(server.address) as relay:
        bob = open_window(server, "bob", port=relay.port).come_in("bob")
        bob.until(lambda: bob.texts == ["first", "second", "third"])
        alice.request(EditMessage(channel_id=GENERAL, seq=1, body="first, anew"))
        alice.request(DeleteMessage(channel_id=GENERAL, seq=2))
        bob.until(lambda: bob.texts == ["first, anew", "", "third"])
        relay.freeze()
        relay.cut()
        bob.until(lambda: bob.app.window.conversation.banner.is_down)
        alice.request(EditMessage(channel_id=GENERAL, seq=3, body="third, anew"))
        alice.request(DeleteMessage(channel_id=GENERAL, seq=1))
        relay.thaw()
        bob.until(lambda: bob.texts == ["", "", "third, anew"])
        assert [entry.is_deleted for entry in bob.entries] == [True, True, False]
