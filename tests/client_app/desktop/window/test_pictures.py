"""Pictures from one end to the other: attached, sent, fetched, shown."""

from pathlib import Path

import pytest
from PIL import Image

from client_app.desktop.dialogs.settings import PLAY_PICTURES, SHOW_PICTURES, SettingsDialog
from client_app.desktop.message_list.painted import Painted
from client_app.desktop.message_list.picture_painter import SHOW_PICTURE, Slot
from server_app.app import App
from shared.types import GENERAL

from ..painted import texts_on
from ..pictures.files import halves, moving
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


def test_a_click_opens_the_viewer_in_which_one_looks_through_the_channel(
    server: App, open_window: OpenWindow, tmp_path: Path
) -> None:
    alice = open_window(server).come_in("alice")
    send(alice, "two", *(halves(tmp_path / f"{name}.png", (1200, 900)) for name in "ab"))
    send(alice, "one", halves(tmp_path / "small.png", (40, 30)))
    messages, window = alice.app.window.conversation.messages, alice.app.window
    first = slots(alice, "two")[0].placed
    alice.click(messages.canvas, first.x + 9, row(alice, "two").y + first.y + 9)
    viewer = window.looking.viewer

    def name() -> str:
        return viewer.seen.attachment.name if viewer.seen is not None else ""

    alice.until(lambda: viewer.is_whole)
    assert name() == "a.png"
    assert viewer.view.is_fitting
    assert viewer.winfo_width() == alice.app.root.winfo_width(), "over the whole window"
    for key, now in (("Right", "b.png"), ("Right", "small.png"), ("Right", "small.png"), ("Home", "a.png")):
        alice.press(key, viewer.canvas)
        assert name() == now
    alice.until(lambda: viewer.is_whole)
    fitting = viewer.view.scale
    alice.press("plus", viewer.canvas)
    assert viewer.view.scale > fitting
    alice.press("0", viewer.canvas)
    assert viewer.view.is_fitting
    viewer.canvas.event_generate("<Motion>", x=100, y=100)
    viewer.canvas.event_generate("<Button-4>", x=100, y=100)
    assert viewer.view.scale > fitting
    alice.press("0", viewer.canvas)
    for event in ("<Button-1>", "<ButtonRelease-1>", "<Button-1>", "<ButtonRelease-1>"):
        viewer.canvas.event_generate(event, x=300, y=300)
    assert viewer.view.scale == 1.0, "a double click shows each pixel"
    before = viewer.view
    viewer.canvas.event_generate("<Button-1>", x=500, y=400)
    viewer.canvas.event_generate("<B1-Motion>", x=480, y=360)
    assert viewer.view.y < before.y
    alice.until(lambda: viewer.is_whole)
    alice.press("Escape", viewer.canvas)
    assert viewer.seen is None
    assert not viewer.winfo_ismapped()
    messages.canvas.focus_force()
    alice.app.root.update()
    messages.cursor.put_on(next(index for index, entry in enumerate(messages.entries) if entry.text == "one"))
    alice.press("Return", messages.canvas)
    assert name() == "small.png"
    viewer.bar.buttons["Jump to message"].invoke()
    alice.until(lambda: viewer.seen is None)
    window.view_pictures(messages.entries[-1])
    alice.app.client.log_out()
    alice.until(lambda: viewer.seen is None)


def test_a_moving_picture_plays_while_all_of_it_is_seen_and_for_nobody_who_wants_none_to_move(
    server: App, open_window: OpenWindow, tmp_path: Path
) -> None:
    alice = open_window(server).come_in("alice")
    send(alice, "film", moving(tmp_path / "film.gif", 4, (300, 200)))
    alice.app.window.view_pictures(alice.entries[-1])
    viewer = alice.app.window.looking.viewer
    alice.until(lambda: viewer.playing.is_on)
    first = viewer.canvas.find_withtag("picture")
    alice.until(lambda: viewer.canvas.find_withtag("picture") != first)
    assert viewer.canvas.coords("picture") == [viewer.view.place[0], viewer.view.place[1]]
    alice.press("plus", viewer.canvas)
    assert not viewer.playing.is_on
    alice.until(lambda: viewer.playing.is_on)
    viewer.zoom(8)
    alice.until(lambda: viewer.is_whole)
    assert not viewer.playing.is_on, "of a part it would be another film"
    alice.app.client.save_settings(play_pictures="never")
    alice.press("0", viewer.canvas)
    alice.until(lambda: viewer.is_whole)
    assert not viewer.playing.is_on
    alice.press("Escape", viewer.canvas)


def test_a_picture_is_saved_and_copied_from_the_viewer(
    server: App, open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = open_window(server).come_in("alice")
    path = tmp_path / "a.png"
    Image.new("RGBA", (600, 400), (0, 0, 0, 0)).save(path)
    send(alice, "one", path)
    window, target = alice.app.window, tmp_path / "saved.png"
    window.files.choose_target = lambda _name: str(target)
    window.view_pictures(alice.entries[-1])
    viewer = window.looking.viewer
    alice.until(lambda: viewer.is_whole)
    alice.press("Control-s", viewer.canvas)
    alice.until(lambda: target.exists() and target.stat().st_size and window.toast.text)
    with Image.open(target) as saved:
        assert saved.size == (600, 400)
    monkeypatch.setenv("PATH", str(tmp_path))
    alice.press("Control-c", viewer.canvas)
    alice.until(lambda: "copied instead" in window.toast.text)
    assert Path(alice.app.root.clipboard_get()).is_file()
    script = tmp_path / "xclip"
    script.write_text(f'#!/bin/sh\nPATH=/usr/bin:/bin\necho "$@" > {tmp_path}/called\ncat > {tmp_path}/copied\n')
    script.chmod(0o700)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    alice.press("Control-c", viewer.canvas)
    alice.until(lambda: window.toast.text == "The picture is copied.")
    assert "image/png" in (tmp_path / "called").read_text()
    with Image.open(tmp_path / "copied") as copied:
        assert (copied.format, copied.size) == ("PNG", (600, 400))
        assert copied.getchannel("A").getextrema() == (0, 0), "what can be seen through is copied so"


def test_what_is_gone_says_so_in_the_viewer_and_can_be_tried_again(
    server: App, open_window: OpenWindow, tmp_path: Path
) -> None:
    alice = open_window(server).come_in("alice")
    send(alice, "one", halves(tmp_path / "a.png", (1200, 900)))
    window = alice.app.window
    alice.until(lambda: all(slot.is_done for slot in slots(alice, "one")))
    stored = [each for each in tmp_path.glob("hearth.files/*/*") if len(each.name) == 64]
    assert len(stored) == 1
    away = stored[0].rename(tmp_path / "away")
    window.view_pictures(alice.entries[-1])
    viewer = window.looking.viewer
    alice.until(lambda: "Press R" in viewer.words)
    alice.until(lambda: viewer._photo is not None)  # the small one is shown all the same
    away.rename(stored[0])
    alice.press("r", viewer.canvas)
    alice.until(lambda: viewer.is_whole)
    assert viewer.words == ""
    alice.app.client.delete(GENERAL, alice.entries[-1].seq)
    alice.until(lambda: viewer.seen is None)  # what was taken back is not looked at any more
