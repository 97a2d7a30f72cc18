"""What is new in a channel: the line, the bar above it, and the keys that mark things as read."""

import pytest

from client_app.core.actions import MESSAGE_ACTIONS
from client_app.core.timeline.timeline import EntryKind
from server_app.app import App
from shared.types import GENERAL
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person

SAID = 90


@pytest.fixture
def bob(connect: ConnectFactory, server: App) -> Peer:
    return connect(server).register("bob")


@pytest.fixture
def alice(open_window: OpenWindow, server: App, bob: Peer) -> Person:
    """Alice before a channel in which much was said since she read it last, with the newest of it in view."""
    alice = open_window(server).come_in("alice")
    plans = alice.app.client
    plans.create_channel("plans")
    alice.until(lambda: "plans" in alice.rows())
    for number in range(1, SAID + 1):
        bob.say(f"message {number}")
    alice.until(lambda: alice.rows()["general"] == SAID)
    plans.open_channel(GENERAL)
    alice.until(lambda: alice.texts and alice.texts[-1] == f"message {SAID}")
    alice.press("Control-End")
    return alice


def bar(alice: Person) -> str:
    return alice.app.window.conversation.new_bar.words


def has_line_in_view(alice: Person) -> bool:
    painted = alice.app.window.conversation.messages.painted.values()
    return any(each.row.entry.kind is EntryKind.UNREAD for each in painted)


def menu_says(alice: Person, text: str, label: str) -> None:
    """Choose an item of a message's menu."""
    conversation = alice.app.window.conversation
    entry = next(each for each in alice.entries if each.text == text)
    action = next(each for each in MESSAGE_ACTIONS if each.label == label)
    conversation.messages.pointer.events.perform(action, entry)
    alice.app.root.update()


def test_what_is_new_and_out_of_view_is_told_and_one_key_leads_there(alice: Person) -> None:
    assert bar(alice).startswith(f"{SAID} new messages")
    assert alice.rows()["general"] == 0, "what was looked at is read"
    alice.press("Shift-Prior", alice.composer.text)
    alice.until(lambda: "message 1" in alice.in_view)
    alice.until(lambda: has_line_in_view(alice) and not bar(alice))


def test_a_click_on_the_bar_leads_there_as_well(alice: Person) -> None:
    alice.click(alice.app.window.conversation.new_bar.label.winfo_children()[-1])
    alice.until(lambda: "message 1" in alice.in_view and has_line_in_view(alice))


def test_the_line_is_there_until_the_channel_is_left(alice: Person, bob: Peer) -> None:
    alice.press("Shift-Prior", alice.composer.text)
    alice.until(lambda: has_line_in_view(alice))
    alice.press("Control-End")
    alice.until(lambda: f"message {SAID}" in alice.in_view)
    assert bar(alice)
    alice.app.client.open_channel(alice.app.client.channels.named("plans").channel_id)  # type: ignore[union-attr]
    alice.app.client.open_channel(GENERAL)
    alice.until(lambda: f"message {SAID}" in alice.in_view)
    assert not bar(alice)


@pytest.mark.parametrize("way", ["the button", "Escape"])
def test_to_mark_as_read_takes_line_and_bar_away(alice: Person, way: str) -> None:
    if way == "the button":
        alice.app.window.conversation.new_bar.button.invoke()
    else:
        alice.press("Escape", alice.composer.text)
    alice.app.root.update()
    assert not bar(alice)
    assert alice.app.client.new(GENERAL) is None


def test_unread_from_here_stays_unread_while_one_looks_at_it(alice: Person, bob: Peer) -> None:
    menu_says(alice, "message 88", "Mark unread from here")
    alice.until(lambda: alice.rows()["general"] == 3)
    assert has_line_in_view(alice)
    bob.say("one more")
    alice.until_last_is("one more")
    assert alice.rows()["general"] == 4
    alice.press("Escape", alice.composer.text)
    alice.until(lambda: alice.rows()["general"] == 0)


def test_all_is_marked_as_read_by_one_key_and_taken_back_by_one_click(alice: Person) -> None:
    menu_says(alice, "message 80", "Mark unread from here")
    alice.press("Shift-Escape", alice.composer.text)
    toast = alice.app.window.toast
    assert alice.rows()["general"] == 0
    assert toast.text == "One channel is read."
    toast.button.invoke()
    alice.until(lambda: alice.rows()["general"] == 11)
    assert not toast.text


def test_what_was_said_while_one_was_at_another_window_is_new(
    alice: Person, bob: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alice.app, "is_focused", lambda: False)
    bob.say("where are you?")
    alice.until(lambda: alice.rows()["general"] == 1)
    monkeypatch.undo()
    alice.app.window.conversation.window_focused()
    alice.until(lambda: alice.rows()["general"] == 0)
    new = alice.app.client.new(GENERAL)
    assert new
    assert (new.first_seq, new.count) == (SAID + 1, 1)
