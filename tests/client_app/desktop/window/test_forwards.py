"""Forwarding in the window: from the menu or the strip, to several places, and after a question into public ones."""

import pytest

from client_app.core.actions import offers, perform_on
from client_app.desktop.dialogs.forward import ForwardDialog
from server_app.app import App
from shared.types import GENERAL
from tests.conftest import ConnectFactory

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def alice(server: App, open_window: OpenWindow, connect: ConnectFactory) -> Person:
    """The owner, before what bob said in general; there are plans and, in private, secrets."""
    alice = open_window(server).come_in("alice")
    for name, private in (("plans", False), ("secrets", True)):
        alice.app.client.create_channel(name, private=private)
        alice.until(lambda name=name: alice.app.client.channels.named(name))  # type: ignore[misc]  # a default binds it
    connect(server).register("bob").say("the original")
    alice.app.client.open_channel(GENERAL)
    alice.until_last_is("the original")
    return alice


def ask(alice: Person) -> ForwardDialog:
    """Choose it in the menu of the last message."""
    client, entry = alice.app.client, alice.entries[-1]
    forward = next(action for action in offers(client, entry) if action.id == "forward")
    perform_on(client, alice.app.window, forward, entry)
    dialog = alice.dialog()
    assert isinstance(dialog, ForwardDialog)
    return dialog


def take(dialog: ForwardDialog, name: str) -> None:
    dialog.type(name)
    dialog.take()


def open_channel(alice: Person, name: str) -> None:
    row = alice.app.client.channels.named(name)
    assert row is not None
    alice.app.client.open_channel(row.channel_id)
    alice.app.client.tell()


def test_a_message_is_forwarded_to_channels_and_people_that_a_few_letters_find(alice: Person) -> None:
    dialog = ask(alice)
    assert {"plans", "secrets", "general", "bob"} <= set(dialog.titles)
    take(dialog, "pla")
    take(dialog, "bo")
    assert dialog.words == "To #plans, bob."
    dialog.comment.set("see above")
    dialog.take()
    assert alice.dialog() is None
    open_channel(alice, "plans")
    alice.until(lambda: alice.sent[-2:] == ["the original", "see above"])
    assert alice.entries[-2].forwarded == "bob"
    painted = [each.row for each in alice.app.window.conversation.messages.painted.values() if each.row.forwarded]
    assert ["".join(run.text for run in row.forwarded.line.runs) for row in painted if row.forwarded] == [
        "Forwarded from bob"
    ]


def test_what_was_said_in_private_becomes_public_only_after_a_question(alice: Person) -> None:
    open_channel(alice, "secrets")
    alice.say("the secret")
    alice.until(lambda: alice.sent[-1:] == ["the secret"])
    dialog = ask(alice)
    take(dialog, "plans")
    dialog.take()
    assert str(dialog.confirm_button.cget("text")) == "Forward anyway"
    dialog.take()
    assert alice.dialog() is None
    open_channel(alice, "plans")
    alice.until(lambda: alice.sent[-1:] == ["the secret"])


def test_without_a_place_it_stays_and_says_so(alice: Person) -> None:
    dialog = ask(alice)
    dialog.take()
    assert alice.dialog() is dialog
    dialog.cancel()


def test_several_messages_are_forwarded_at_once(alice: Person) -> None:
    alice.say("and mine")
    alice.until(lambda: alice.sent[-1:] == ["and mine"])
    conversation = alice.app.window.conversation
    for entry in alice.entries[-2:]:
        conversation.messages.picks.toggle(entry)
    conversation.pick_bar.forward()
    dialog = alice.dialog()
    assert isinstance(dialog, ForwardDialog)
    take(dialog, "plans")
    dialog.take()
    open_channel(alice, "plans")
    alice.until(lambda: alice.sent[-2:] == ["the original", "and mine"])
