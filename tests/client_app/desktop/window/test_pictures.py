"""Pictures from one end to the other: attached, sent, fetched, shown."""

from pathlib import Path

from client_app.desktop.dialogs.settings import PLAY_PICTURES, SHOW_PICTURES, SettingsDialog
from client_app.desktop.message_list.painted import Painted
from client_app.desktop.message_list.picture_painter import SHOW_PICTURE, Slot
from server_app.app import App
from shared.types import GENERAL

from ..painted import texts_on
from ..pictures.files import halves
from .conftest import OpenWindow
from .person import Person


def row(person: Person, text: str) -> Painted:
    painted = person.app.window.conversation.messages.painted.values()
    return next(each for each in painted if each.row.entry.text == text)


def slots(person: Person, text: str) -> tuple[Slot, ...]:
    return person.app.window.conversation.messages.painter.pictures.slots(row(person, text))


def send(person: Person, text: str, *paths: Path) -> None:
    """Attach files, write something beside them, and wait until everybody has it."""
    person.app.client.attach(GENERAL, paths)
    person.say(text)
    person.until(lambda: text in person.sent)


def test_pictures_that_are_sent_are_seen_and_stay_where_they_are(
    server: App, open_window: OpenWindow, tmp_path: Path
) -> None:
    alice = open_window(server).come_in("alice")
    send(alice, "two", *(halves(tmp_path / f"{name}.png", (1200, 900)) for name in "ab"))
    messages = alice.app.window.conversation.messages
    alice.until(lambda: slots(alice, "two") and all(slot.is_done for slot in slots(alice, "two")))
    assert [slot.placed.attachment.name for slot in slots(alice, "two")] == ["a.png", "b.png"]
    assert row(alice, "two").row.cards == (), "a picture needs no card"
    alice.app.window.show_settings()
    dialog = alice.dialog()
    assert isinstance(dialog, SettingsDialog)
    dialog.show_pictures.set(SHOW_PICTURES["click"])
    dialog._choose_showing(SHOW_PICTURES["click"])
    assert texts_on(messages.canvas).count(SHOW_PICTURE) == 2
    dialog._choose_playing(PLAY_PICTURES["never"])
    assert not messages.painter.pictures.may_play
    dialog._choose_showing(SHOW_PICTURES["always"])
    alice.until(lambda: all(slot.is_done for slot in slots(alice, "two")))
    dialog.close()
