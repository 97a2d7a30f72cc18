"""Every dialog does what it says, on a real server."""

import tkinter
from collections.abc import Iterator

import pytest

from client_app.core.actions import BY_ID
from client_app.desktop.dialogs.pick import Picker
from client_app.desktop.dialogs.sessions import SessionsDialog
from client_app.desktop.switcher import Choice, found
from client_app.desktop.widgets.fields import LabelledEntry
from client_app.desktop.window.menus import channel_menu
from server_app.app import App
from shared.types import GENERAL
from tests.conftest import ConnectFactory
from tests.peer import PASSWORD

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    """The owner, logged in."""
    return open_window(server).come_in("alice")


def fields(person: Person) -> list[LabelledEntry]:
    dialog = person.dialog()
    assert dialog is not None
    return [child for child in dialog.body.winfo_children() if isinstance(child, LabelledEntry)]


def confirm(person: Person) -> None:
    dialog = person.dialog()
    assert dialog is not None
    dialog.confirm()


def test_a_new_channel_is_made_and_opened(alice: Person) -> None:
    alice.press("Control-Shift-N", alice.app.window.conversation.composer.text)
    name, topic = fields(alice)
    confirm(alice)
    assert name.complaint == "Give the channel a name."
    name.set("Big plans")
    topic.set("for the summer")
    confirm(alice)
    alice.until(lambda: "big-plans" in alice.rows())
    alice.until(lambda: alice.app.root.title() == "big-plans – Hearth")
    assert alice.app.client.channels.named("big-plans").topic == "for the summer"  # type: ignore[union-attr]


def test_a_channel_gets_another_name_and_topic(alice: Person) -> None:
    alice.app.client.create_channel("plans")
    alice.until(lambda: alice.app.root.title() == "plans – Hearth")
    alice.app.window.ask_rename()
    fields(alice)[0].set("projects")
    confirm(alice)
    alice.until(lambda: "projects" in alice.rows())
    alice.app.window.ask_topic()
    fields(alice)[0].set("what we build")
    confirm(alice)
    alice.until(lambda: alice.app.client.channels.named("projects").topic == "what we build")  # type: ignore[union-attr]


def test_a_channel_that_was_left_can_be_joined_again(alice: Person) -> None:
    alice.app.client.create_channel("plans")
    alice.until(lambda: alice.app.root.title() == "plans – Hearth")
    alice.say("/leave")
    alice.until(lambda: "plans" not in alice.rows())
    alice.app.window.perform(BY_ID["join"])
    picker = alice.dialog()
    assert isinstance(picker, Picker)
    assert picker.titles == ("plans",)
    picker.take()
    alice.until(lambda: "plans" in alice.rows())


def test_the_switcher_finds_a_person_by_a_few_letters(alice: Person, connect: ConnectFactory) -> None:
    connect().register("bob")
    alice.until(lambda: "bob" in str(alice.roster()))
    alice.press("Control-k", alice.app.window.conversation.composer.text)
    picker = alice.dialog()
    assert isinstance(picker, Picker)
    assert list(picker.titles) == ["general", "bob"]
    picker.type("bo")
    assert list(picker.titles) == ["bob"]
    picker.take()
    alice.until(lambda: alice.app.root.title() == "bob – Hearth")


def test_a_new_password_is_asked_for_twice(alice: Person, connect: ConnectFactory) -> None:
    alice.app.window.ask_password()
    old, new, again = fields(alice)
    old.set(PASSWORD)
    new.set("another horse")
    again.set("another hors")
    confirm(alice)
    assert again.complaint == "The two passwords are not the same."
    again.set("another horse")
    confirm(alice)
    alice.until(lambda: "Your password is changed" in alice.app.window.toast.text)
    connect().log_in("alice", "another horse")


def test_devices_are_listed_and_one_can_be_logged_out(alice: Person, connect: ConnectFactory) -> None:
    other = connect().log_in("alice", device="phone")
    alice.app.window.show_sessions()
    dialog = alice.dialog()
    assert isinstance(dialog, SessionsDialog)
    alice.until(lambda: dialog.devices)
    assert "phone" in dialog.devices
    dialog.log_out("phone")
    other.wait_until_closed()
    alice.until(lambda: "phone" not in dialog.devices)


def test_a_channels_menu_offers_what_may_be_done_with_it(alice: Person, connect: ConnectFactory) -> None:
    client, root = alice.app.client, alice.app.root
    items = channel_menu(root, client, alice.app.window, GENERAL)
    enabled = {item.label: item.is_enabled for item in items if item}
    assert enabled == {
        "Mark as read": False,
        "Notifications": True,
        "Mute": True,
        "Rename…": True,
        "Set the topic…": True,
        "Settings…": True,
    }
    bob = connect().register("bob")
    direct = bob.direct(bob.user_id)
    assert channel_menu(root, client, alice.app.window, direct) == ()


def every_widget(widget: tkinter.Misc) -> Iterator[tkinter.Misc]:
    """All that is within it."""
    for child in widget.winfo_children():
        yield child
        yield from every_widget(child)


def test_help_lists_the_table(alice: Person) -> None:
    alice.press("Control-slash", alice.app.window.conversation.composer.text)
    dialog = alice.dialog()
    assert dialog is not None
    alice.app.root.update()
    labels = [label for label in every_widget(dialog.body) if isinstance(label, tkinter.Label)]
    assert len(labels) > 60
    cut_off = [str(label.cget("text")) for label in labels if label.winfo_width() < label.winfo_reqwidth()]
    assert cut_off == []
    dialog.close()
    alice.app.root.geometry("760x520+0+0")
    alice.until(lambda: alice.app.root.winfo_height() == 520)
    alice.press("Control-slash", alice.app.window.conversation.composer.text)
    dialog = alice.dialog()
    assert dialog is not None
    alice.app.root.update()
    assert dialog.winfo_height() <= 520, "what closes it is in reach"


def test_escape_gives_the_keyboard_back(alice: Person) -> None:
    alice.app.window.show_settings()
    dialog = alice.dialog()
    assert dialog is not None
    alice.until(dialog.winfo_viewable)
    dialog.focus_force()
    alice.press("Escape", dialog)
    assert alice.dialog() is None
    assert alice.app.root.focus_get() is alice.app.window.conversation.composer.text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["general", "plans", "bob", "planet-bob"]),
        ("pla", ["plans", "planet-bob"]),
        ("bob", ["bob", "planet-bob"]),
        ("#", ["general", "plans", "planet-bob"]),
        ("@b", ["bob"]),
        ("gnl", ["general"]),
        ("zzz", []),
    ],
)
def test_the_best_match_comes_first(typed: str, expected: list[str]) -> None:
    choices = [
        Choice("1", "general"),
        Choice("2", "plans"),
        Choice("3", "bob", is_person=True),
        Choice("4", "planet-bob"),
    ]
    assert [choice.title for choice in found(choices, typed)] == expected


def test_a_person_is_found_by_what_they_are_called_and_by_their_name() -> None:
    choices = [
        Choice("1", "Robert Smith", is_person=True, also="bob"),
        Choice("2", "carol", is_person=True, also="carol"),
        Choice("3", "smithy"),
    ]
    assert [each.key for each in found(choices, "smi")] == ["3", "1"]
    assert [each.key for each in found(choices, "@bo")] == ["1"]
    assert [each.detail for each in choices] == ["@bob", "", ""]
