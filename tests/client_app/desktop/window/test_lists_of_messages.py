"""What is pinned, what was saved and what was said before, in dialogs that lead to where it was said."""

import pytest

from client_app.core.actions import BY_ID, MESSAGE_ACTIONS, perform_on
from client_app.core.signals import Phase
from client_app.desktop.dialogs.found import FoundMessages
from client_app.desktop.dialogs.pins import PinsDialog
from client_app.desktop.dialogs.saved import SavedDialog
from client_app.desktop.dialogs.versions import VersionsDialog
from server_app.app import App
from shared.requests import CreateChannel, EditMessage, SetPin, SetSaved
from shared.types import GENERAL
from tests.client_app.core.network import Relay
from tests.conftest import ConnectFactory

from .conftest import OpenWindow
from .person import Person

OF_MESSAGES = {action.id: action for action in MESSAGE_ACTIONS}


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    return open_window(server).come_in("alice")


def open_list(person: Person, action: str) -> FoundMessages:
    person.app.window.perform(BY_ID[action])
    dialog = person.dialog()
    assert isinstance(dialog, FoundMessages)
    person.until(lambda: dialog.texts or "Asking" not in dialog.words)
    return dialog


def click_first(person: Person, dialog: FoundMessages) -> None:
    painted = next(each for each in dialog.messages.painted.values() if each.row.entry.seq)
    person.click(dialog.messages.canvas, painted.row.text_x + 2, painted.y + painted.row.body[0].y + 5)


def test_nothing_pinned_says_how_to_pin(alice: Person) -> None:
    assert "Nothing is pinned here." in open_list(alice, "pins").words


def test_a_click_on_a_pin_goes_to_the_message_far_up(alice: Person, connect: ConnectFactory) -> None:
    bob = connect().register("bob")
    for number in range(200):
        bob.say(f"message {number}")
    alice.until_last_is("message 199")
    connect().log_in("alice").request(SetPin(channel_id=GENERAL, seq=3, is_on=True))
    dialog = open_list(alice, "pins")
    assert dialog.texts == ["message 2"]
    click_first(alice, dialog)
    alice.until(lambda: "message 2" in alice.in_view)
    assert alice.dialog() is None
    entry = next(entry for entry in alice.entries if entry.seq == 3)
    assert entry.is_pinned


def test_the_keyboard_walks_over_the_list_and_enter_goes_there(alice: Person, connect: ConnectFactory) -> None:
    phone = connect().log_in("alice")
    for seq in (1, 2):
        phone.say(f"message {seq}")
        phone.request(SetPin(channel_id=GENERAL, seq=seq, is_on=True))
    alice.until_last_is("message 2")
    dialog = open_list(alice, "pins")
    canvas = dialog.messages.canvas
    alice.until(lambda: alice.app.root.focus_get() is canvas)
    alice.press("Down", canvas)
    entry = dialog.messages.cursor.entry
    assert entry is not None
    assert entry.text == "message 1"
    alice.press("Return", canvas)
    assert alice.dialog() is None
    assert "message 1" in alice.in_view


def test_an_open_list_follows_what_others_pin_and_unpins_by_its_menu(alice: Person, connect: ConnectFactory) -> None:
    alice.say("one")
    alice.until(lambda: alice.sent == ["one"])
    dialog = open_list(alice, "pins")
    phone = connect().log_in("alice")
    phone.request(SetPin(channel_id=GENERAL, seq=1, is_on=True))
    alice.until(lambda: dialog.texts == ["one"])
    entry = next(entry for entry in dialog.messages.entries if entry.seq)
    unpin = next(action for action in dialog.deeds() if action.label == "Unpin")
    dialog.deeds()[unpin](entry)
    alice.until(lambda: not dialog.texts and dialog.words)


def test_what_was_saved_is_found_from_another_channel(alice: Person, connect: ConnectFactory) -> None:
    phone = connect().log_in("alice")
    plans = phone.request(CreateChannel(name="plans")).channel_id
    phone.say("the plan", plans)
    phone.request(SetSaved(channel_id=plans, seq=1, is_on=True))
    dialog = open_list(alice, "saved")
    assert isinstance(dialog, SavedDialog)
    assert dialog.texts == ["the plan"]
    click_first(alice, dialog)
    alice.until(lambda: alice.app.client.open_channel_id == plans and alice.in_view[-1:] == ["the plan"])


def test_lists_go_on_where_one_scrolls_down(alice: Person, connect: ConnectFactory) -> None:
    phone = connect().log_in("alice")
    for seq in range(1, 81):
        phone.say(f"message {seq}")
        phone.request(SetSaved(channel_id=GENERAL, seq=seq, is_on=True))
    dialog = open_list(alice, "saved")
    assert dialog.texts[0] == "message 80"
    assert isinstance(dialog, SavedDialog)
    messages = dialog.messages
    assert len(dialog.texts) == 50
    messages.scroll_to_end()
    assert len(dialog.texts) == 50
    first = messages.entries[messages.viewport.index].text
    alice.until(lambda: len(dialog.texts) == 80)
    assert dialog.texts == [f"message {seq}" for seq in range(80, 0, -1)]
    assert messages.entries[messages.viewport.index].text == first, "it stays where one was"


def test_earlier_versions_are_shown_with_the_latest_on_top(alice: Person, connect: ConnectFactory) -> None:
    alice.say("one")
    alice.until(lambda: alice.sent == ["one"])
    phone = connect().log_in("alice")
    for body in ("two", "three"):
        phone.request(EditMessage(channel_id=GENERAL, seq=1, body=body))
    alice.until_last_is("three")
    perform_on(alice.app.client, alice.app.window, OF_MESSAGES["versions"], alice.entries[-1])
    dialog = alice.dialog()
    assert isinstance(dialog, VersionsDialog)
    alice.until(lambda: dialog.texts == ["two", "one"])


def test_ctrl_p_and_the_pin_in_the_header_open_the_list(alice: Person) -> None:
    alice.press("Control-p", alice.composer.text)
    first = alice.dialog()
    assert isinstance(first, PinsDialog)
    first.close()
    alice.app.window.conversation.header.pins_button.invoke()
    assert isinstance(alice.dialog(), PinsDialog)


def test_an_open_list_asks_anew_when_the_connection_is_back(
    server: App, open_window: OpenWindow, connect: ConnectFactory
) -> None:
    with Relay(server.address) as relay:
        alice = open_window(server, port=relay.port).come_in("alice")
        alice.say("one")
        alice.until(lambda: alice.sent == ["one"])
        dialog = open_list(alice, "pins")
        relay.freeze()
        relay.cut()
        alice.until(lambda: alice.app.client.phase is Phase.RECONNECTING)
        connect().log_in("alice").request(SetPin(channel_id=GENERAL, seq=1, is_on=True))
        relay.thaw()
        alice.app.client.reconnect_now()
        alice.until(lambda: dialog.texts == ["one"])
