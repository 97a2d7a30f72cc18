"""Pictures on their way to the server: seen at once, in the box in which they stay."""

import os
from pathlib import Path

import pytest
from PIL import Image

from client_app.core.timeline.timeline import SendState
from client_app.desktop.message_list.attachments import CANCEL
from client_app.desktop.message_list.menu import message_menu
from client_app.desktop.message_list.painted import Painted
from client_app.desktop.message_list.pending_painter import CROSS
from client_app.desktop.message_list.picture_painter import Slot
from client_app.desktop.message_list.row import DISCARD, EDIT, RETRY
from client_app.desktop.pictures import Unreadable
from client_app.desktop.pictures.measuring import measure
from server_app.app import App
from server_app.file_store import FileStore
from server_app.storage import failures
from tests.client_app.core.network import Relay

from ..painted import texts_on
from ..pictures.files import halves, hostile
from .conftest import OpenWindow
from .person import Person


def row(alice: Person) -> Painted:
    return list(alice.app.window.conversation.messages.painted.values())[-1]


def slots(alice: Person) -> tuple[Slot, ...]:
    return alice.app.window.conversation.messages.painter.pictures.slots(row(alice))


def photo(path: Path, size: tuple[int, int] = (600, 400)) -> Path:
    """One of which half a megabyte has to be brought."""
    Image.frombytes("RGB", size, os.urandom(3 * size[0] * size[1])).save(path)
    return path


def brightness(alice: Person) -> float:
    """Of the middle of the first picture of the last row, as it is on the screen."""
    slot, messages = slots(alice)[0], alice.app.window.conversation.messages
    assert slot.photo is not None
    tk, name = messages.canvas.tk, str(slot.photo.middle)
    values = tk.splitlist(tk.call(name, "get", slot.placed.width // 4, slot.placed.height // 2))
    return sum(map(int, values)) / len(values)


def test_a_picture_is_seen_while_it_is_sent_and_stays_where_it_is(
    server: App, open_window: OpenWindow, tmp_path: Path
) -> None:
    with Relay(server.address) as line:
        alice = open_window(server, port=line.port).come_in("alice")
        messages, attaching = alice.app.window.conversation.messages, alice.app.window.conversation.desk.attaching
        attaching.add([photo(tmp_path / "a.png"), halves(tmp_path / "small.png", (40, 30))])
        (tmp_path / "words.bin").write_text("words")
        attaching.add([tmp_path / "words.bin"])
        line.freeze()
        alice.say("look")
        alice.until(lambda: len(slots(alice)) == 2 and all(slot.is_done for slot in slots(alice)))
        assert [card.name for card in row(alice).row.cards] == ["words.bin"]
        assert any(text.startswith("Waiting") for text in texts_on(messages.canvas))
        assert {CANCEL, CROSS} >= {text for text in texts_on(messages.canvas) if text in (CANCEL, CROSS)} != set()
        before = row(alice).row
        assert alice.entries[-1].state is SendState.PENDING
        line.hold(after=300_000)
        line.thaw()
        alice.until(lambda: line.is_frozen)
        alice.until(lambda: any(" of " in text or text.endswith("%") for text in texts_on(messages.canvas)))
        line.thaw()
        alice.until(lambda: row(alice).row.entry.state is SendState.SENT)
        assert slots(alice)[0].photo is not None, "what was seen is seen until the other one is here"
        after = row(alice).row
        assert [(each.x, each.y, each.width, each.height) for each in after.pictures] == [
            (each.x, each.y, each.width, each.height) for each in before.pictures
        ]
        assert after.height == before.height
        alice.until(lambda: all(slot.is_done for slot in slots(alice)))
        assert not any(text.startswith("Waiting") or text == CANCEL for text in texts_on(messages.canvas))


def test_a_picture_that_is_called_back_lies_above_the_text_again_and_one_that_failed_says_why(
    server: App, open_window: OpenWindow, tmp_path: Path
) -> None:
    with Relay(server.address) as line:
        alice = open_window(server, port=line.port).come_in("alice")
        messages, desk = alice.app.window.conversation.messages, alice.app.window.conversation.desk
        path = halves(tmp_path / "red.png", (600, 400))
        line.freeze()
        desk.attaching.add([path])
        alice.say("no")
        alice.until(lambda: slots(alice) and slots(alice)[0].is_done)
        dim = brightness(alice)
        slot = slots(alice)[0]
        painter, placed = messages.painter, slot.placed
        y = placed.y + placed.height - 18
        x = next(
            x for x in range(placed.x, placed.x + placed.width) if painter.pictures.word_at(row(alice), placed, x, y)
        )
        alice.click(messages.canvas, placed.x + 9, row(alice).y + placed.y + 9)
        assert len(alice.entries) == 1, "a click elsewhere does nothing"
        alice.click(messages.canvas, x + 12, row(alice).y + y)
        assert alice.entries == []
        assert alice.composer.get() == "no"
        path.unlink()
        alice.press("Return", alice.composer.text)
        line.thaw()
        alice.until(lambda: alice.entries and alice.entries[-1].state is SendState.FAILED)
        assert alice.entries[-1].error == "“red.png” is not there any more."
        assert row(alice).row.actions == (RETRY, EDIT, DISCARD)
        assert CANCEL not in texts_on(messages.canvas)
        assert {"Send again", "Edit", "Delete"} <= set(labels(alice))
        halves(path, (600, 400))
        os.utime(path, ns=(0, alice.entries[-1].uploads[0].modified_at))
        left = next(left for label, left, _ in painter.action_edges(row(alice).row) if label == EDIT)
        alice.click(messages.canvas, left + 3, row(alice).y + row(alice).row.actions_y + 3)
        assert alice.composer.get() == "no", "what was typed is not lost"
        assert [each.name for each in alice.composer.above.attachments.uploads] == ["red.png"]
        alice.press("Return", alice.composer.text)
        assert "Cancel sending" in labels(alice)
        alice.until(lambda: alice.sent == ["no"] and slots(alice) and slots(alice)[0].is_done)
        assert brightness(alice) != pytest.approx(dim), "what is there is not dim"


def labels(alice: Person) -> list[str]:
    """What the menu of the last message offers."""
    messages = alice.app.window.conversation.messages
    items = message_menu(alice.entries[-1], "", messages.clipboard, messages.events)
    return [item.label for item in items if item is not None]


def test_while_the_server_has_no_room_it_is_said_and_then_it_goes_on(
    server: App, open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = open_window(server).come_in("alice")
    messages, attaching = alice.app.window.conversation.messages, alice.app.window.conversation.desk.attaching
    (tmp_path / "words.bin").write_text("words")
    monkeypatch.setattr(failures, "RETRY_SECONDS", 0.1)
    for path in (halves(tmp_path / "red.png", (600, 400)), tmp_path / "words.bin"):
        with monkeypatch.context() as small_disk:
            small_disk.setattr(FileStore, "has_room", lambda _self, _size: False)
            attaching.add([path])
            alice.say(path.name)
            alice.until(lambda: any(text.startswith("The server") for text in texts_on(messages.canvas)))
        alice.until(lambda path=path: path.name in alice.sent)  # type: ignore[misc]  # a default binds it


def test_what_no_picture_is_stays_a_file_and_what_stands_on_its_side_is_measured_upright(tmp_path: Path) -> None:
    for name, path in hostile(tmp_path).items():
        if name != "half a png":
            with pytest.raises(Unreadable):
                measure(path)
    sideways = halves(tmp_path / "sideways.jpg", (60, 40), exif=_turned())
    assert measure(sideways) == (40, 60)


def _turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif
