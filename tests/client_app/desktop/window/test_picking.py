"""The keyboard and the strip for several messages, in the whole window."""

import pytest

from client_app.core.actions import MESSAGE_ACTIONS, perform_on
from server_app.app import App
from shared.types import GENERAL
from tests.conftest import ConnectFactory

from .conftest import OpenWindow
from .person import Person

PICK = next(action for action in MESSAGE_ACTIONS if action.id == "pick")


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    alice = open_window(server).come_in("alice")
    for text in ("one", "two", "three"):
        alice.say(text)
        alice.until(lambda text=text: alice.sent[-1:] == [text])  # type: ignore[misc]  # a default binds the text
    return alice


def pick(person: Person, *texts: str) -> None:
    for text in texts:
        entry = next(entry for entry in person.entries if entry.text == text)
        perform_on(person.app.client, person.app.window, PICK, entry)
    person.app.root.update()


def confirm(person: Person) -> str:
    dialog = person.dialog()
    assert dialog is not None
    title = str(dialog.title())
    dialog.confirm()
    person.app.root.update()
    return title


def test_the_strip_counts_copies_and_goes(alice: Person) -> None:
    strip = alice.app.window.conversation.pick_bar
    pick(alice, "three", "one")
    assert strip.words == "2 messages selected"
    strip.copy()
    copied = alice.app.root.clipboard_get().splitlines()
    assert [line.split("] ")[1] for line in copied] == ["alice: one", "alice: three"]
    assert strip.words == ""


def test_several_are_deleted_after_one_question(alice: Person, connect: ConnectFactory) -> None:
    connect().register("bob").say("from bob")
    alice.until_last_is("from bob")
    pick(alice, "one", "from bob")
    alice.app.window.conversation.pick_bar.delete()
    assert confirm(alice) == "Delete 2 messages?"
    alice.until(lambda: [entry.is_deleted for entry in alice.entries] == [True, False, False, True])
    alice.until(lambda: alice.app.window.conversation.pick_bar.words == "")


def test_what_others_said_stays_where_one_may_not_delete_it(
    server: App, open_window: OpenWindow, connect: ConnectFactory
) -> None:
    owner = connect().register("owner")
    owner.say("from above")
    bob = open_window(server, "bob").come_in("bob")
    bob.say("mine")
    bob.until(lambda: bob.sent == ["from above", "mine"])
    strip = bob.app.window.conversation.pick_bar
    pick(bob, "from above")
    assert not strip.may_delete
    pick(bob, "mine")
    assert strip.may_delete
    strip.delete()
    assert confirm(bob) == "Delete this message?"
    bob.until(lambda: [entry.is_deleted for entry in bob.entries] == [False, True])


def test_escape_ends_it_from_the_composer_and_another_channel_too(alice: Person) -> None:
    strip = alice.app.window.conversation.pick_bar
    pick(alice, "one")
    alice.press("Escape", alice.composer.text)
    assert strip.words == ""
    pick(alice, "one")
    alice.app.client.create_channel("plans")
    alice.until(lambda: alice.app.client.open_channel_id != GENERAL)
    assert strip.words == ""


def test_f6_walks_through_the_parts_of_the_window_and_escape_comes_back_to_the_composer(alice: Person) -> None:
    window, root = alice.app.window, alice.app.root
    root.focus_force()
    alice.composer.text.focus_force()
    root.update()
    walked = []
    for _ in range(4):
        alice.press("F6")
        walked.append(root.focus_get())
    middle = window.conversation
    parts = [window.roster.list.canvas, window.sidebar.list.canvas, middle.messages.canvas, middle.composer.text]
    assert walked == parts
    alice.press("Shift-F6")
    assert middle.messages.cursor.entry is not None
    assert middle.messages.cursor.entry.text == "three"
    alice.press("e")
    assert middle.composer.get() == "three", "the letter edits it"
    alice.press("Escape")
    alice.press("Shift-F6")
    alice.press("Escape")
    assert root.focus_get() is middle.composer.text
