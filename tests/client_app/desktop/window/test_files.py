"""Files in the window: attached in every way there is, sent with words, shown as cards, saved, and opened with care."""

import io
from pathlib import Path

import pytest
from PIL import Image

from client_app.core.actions import offers, perform_on
from client_app.core.files import key_of
from client_app.core.timeline.timeline import SendState
from client_app.desktop.composer import pasting
from client_app.desktop.dialogs.pins import PinsDialog
from client_app.desktop.message_list import MessageList
from client_app.desktop.message_list.attachments import CANCEL, DOWNLOAD, OPEN, SAVE_AS, FileCard
from client_app.desktop.message_list.painted import Painted
from client_app.desktop.text import display_text
from server_app.app import App
from shared.limits import MAX_BODY
from shared.types import GENERAL
from tests.client_app.core.network import Relay
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def alice(server: App, open_window: OpenWindow) -> Person:
    return open_window(server).come_in("alice")


@pytest.fixture
def bob(alice: Person, server: App, connect: ConnectFactory) -> Peer:
    """Somebody else; he comes once alice is there, who owns the house."""
    return connect(server).register("bob")


def names(alice: Person) -> list[str]:
    """What lies above the text."""
    return [each.name for each in alice.composer.above.attachments.uploads]


def card_of(alice: Person, name: str, messages: MessageList | None = None) -> tuple[Painted, FileCard]:
    rows = (messages or alice.app.window.conversation.messages).painted.values()
    return next((row, card) for row in rows for card in row.row.cards if card.name == name)


def click(alice: Person, name: str, word: str, messages: MessageList | None = None) -> None:
    """Click on a word of a file's card."""
    messages = messages or alice.app.window.conversation.messages
    row, card = card_of(alice, name, messages)
    look, painter = messages.painter.look, messages.painter.files
    y = card.y + card.head * 3 // 4
    x = next(x for x in range(card.x, card.x + card.width) if painter.word_at(row, card, x, y, look) == word)
    alice.click(messages.canvas, x + 3, row.y + y)


def written_on(alice: Person, name: str) -> list[str]:
    """What stands on a card."""
    canvas = alice.app.window.conversation.messages.canvas
    row, card = card_of(alice, name)
    box = (card.x, row.y + card.y, card.x + card.width, row.y + card.y + card.height)
    items = [item for item in canvas.find_overlapping(*box) if canvas.tk.call(str(canvas), "type", item) == "text"]
    return [str(canvas.tk.call(str(canvas), "itemcget", item, "-text")) for item in items]


def test_files_are_chosen_shown_taken_away_and_sent_with_a_caption(alice: Person, bob: Peer, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("report.pdf", "data.csv", "talk.mp3")]
    for path in paths:
        path.write_bytes(path.name.encode() * 100)
    desk, strip = alice.app.window.conversation.desk, alice.composer.above.attachments
    desk.attaching.choose = lambda: [str(path) for path in paths]
    alice.press("Control-Shift-U", alice.composer.text)
    assert names(alice) == ["report.pdf", "data.csv", "talk.mp3"]
    alice.app.root.update()
    alice.click(strip.canvas, *strip.cross_of(strip.uploads[1].key))
    assert names(alice) == ["report.pdf", "talk.mp3"]
    strip.focus_set()
    alice.app.root.update()
    alice.press("Right", strip.canvas)
    assert strip.chosen is not None
    assert strip.chosen.name == "talk.mp3"
    alice.press("Delete", strip.canvas)
    assert names(alice) == ["report.pdf"]
    alice.say("the report")
    assert names(alice) == []
    alice.until(lambda: "the report" in alice.sent)
    (attachment,) = bob.newest().attachments
    assert (attachment.name, attachment.size) == ("report.pdf", 1000)
    # Without words, too.
    picture = tmp_path / "lake.png"
    Image.new("RGB", (300, 100), "blue").save(picture)
    desk.attaching.add([picture, *paths[2:]])
    alice.until(lambda: strip.canvas.find_withtag("picture"))
    desk.attaching.remove(strip.uploads[0].key)
    alice.press("Return", alice.composer.text)
    alice.until(lambda: alice.sent.count("") == 1)
    assert [each.name for each in bob.newest().attachments] == ["talk.mp3"]
    assert bob.newest().body == ""


def test_what_is_dropped_or_pasted_lies_above_the_text(alice: Person, tmp_path: Path) -> None:
    path = tmp_path / "a file with spaces.txt"
    path.write_text("x")
    drops, root = alice.app.window.conversation.drops, alice.app.root
    assert drops.is_ready
    assert drops.enter() == "copy"
    assert drops.is_shown
    drops.leave()
    assert not drops.is_shown
    assert drops.dropped(root.tk.call("list", str(path), str(path))) == "copy"
    assert names(alice) == [path.name, path.name]
    address = path.as_uri()
    root.clipboard_clear()
    root.clipboard_append(f"copy\n{address}", type="x-special/gnome-copied-files")
    alice.composer.text.event_generate("<<Paste>>")
    assert names(alice) == [path.name] * 3
    assert alice.composer.get() == ""
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(content, "PNG")
    words = " ".join(f"0x{byte:02x}" for byte in content.getvalue())
    assert bytes(int(word, 16) for word in words.split()) == content.getvalue()
    assert pasting.paths_of("file:///a%20b\r\nfile://elsewhere/c\nhttps://d\n") == [Path("/a b")]


def test_a_long_text_that_is_pasted_may_become_a_file(alice: Person, bob: Peer) -> None:
    composer, root = alice.composer, alice.app.root
    offer = composer.above.offer
    alice.type("before ")

    def paste(text: str) -> None:
        root.clipboard_clear()
        root.clipboard_append(text)
        composer.text.event_generate("<<Paste>>")
        root.update()

    paste("short")
    assert offer.words == ""
    paste("line\n" * 50)
    assert "250 characters in 51 lines" in offer.words
    offer.keep_button.invoke()
    assert offer.words == ""
    assert composer.get() == "before short" + "line\n" * 50, "nothing is lost"
    composer.clear()
    alice.type("see ")
    paste("word " * 1000)
    assert offer.is_needed
    alice.press("Return", composer.text)
    alice.until(lambda: names(alice) == ["message.txt"])
    assert composer.get() == "see "
    alice.press("Return", composer.text)
    alice.until(lambda: "see" in alice.sent)
    (attachment,) = bob.newest().attachments
    assert attachment.size == 5000 > MAX_BODY


def test_files_of_others_are_cards_that_are_saved_and_opened_after_asking(
    alice: Person, bob: Peer, tmp_path: Path
) -> None:
    client, desk = alice.app.client, alice.app.window.files
    downloads, opened = tmp_path / "downloads", list[Path]()
    desk.downloads, desk.open_file = lambda: downloads, opened.append
    desk.choose_target = lambda name: str(tmp_path / f"as {name}")
    report, script, disguised = b"%PDF " * 20, b"#!/bin/sh\n", b"\x7fELF" + b"x" * 60
    files = [
        bob.upload(report, "report.pdf"),
        bob.upload(script, "run.sh"),
        bob.upload(disguised, "picture of a cat.txt"),
    ]
    bob.say_with(*files, body="files")
    alice.until_last_is("files")
    assert {"report.pdf", "100 bytes", OPEN, DOWNLOAD, SAVE_AS} <= set(written_on(alice, "report.pdf"))
    for number in (1, 2):
        click(alice, "report.pdf", DOWNLOAD)
        alice.until(lambda count=number: downloads.exists() and len([*downloads.iterdir()]) == count)  # type: ignore[misc]  # a default binds it
        alice.until(lambda: DOWNLOAD in written_on(alice, "report.pdf"))
    assert sorted(path.name for path in downloads.iterdir()) == ["report (2).pdf", "report.pdf"]
    alice.until(lambda: "Saved as" in alice.app.window.toast.text)
    click(alice, "report.pdf", SAVE_AS)
    alice.until((tmp_path / "as report.pdf").exists)
    click(alice, "report.pdf", OPEN)
    alice.until(lambda: opened)
    assert (opened[0].name, opened[0].read_bytes()) == ("report.pdf", report)
    assert opened[0].stat().st_mode & 0o111 == 0, "it cannot be executed"
    # By its ending before it is fetched, by its content before it is opened.
    for name, kind in (("run.sh", "a script"), ("picture of a cat.txt", "a program")):
        click(alice, name, OPEN)
        alice.until(alice.dialog)
        dialog = alice.dialog()
        assert dialog is not None
        assert len(opened) == 1, f"{name} is {kind}"
        dialog.close()
    click(alice, "run.sh", OPEN)
    alice.until(alice.dialog)
    alice.dialog().confirm()  # type: ignore[union-attr]  # it is there
    alice.until(lambda: len(opened) == 2)
    # The menu has them, too.
    entry = alice.entries[-1]
    by_id = {action.id: action for action in offers(client, entry)}
    perform_on(client, alice.app.window, by_id["copy-file-names"], entry)
    assert alice.app.root.clipboard_get() == "report.pdf\nrun.sh\npicture of a cat.txt"
    perform_on(client, alice.app.window, by_id["save-files"], entry)
    alice.until(lambda: len(list(downloads.iterdir())) == 5)
    # So have other lists of messages.
    client.pins.set(GENERAL, entry.seq, is_on=True)
    alice.until(lambda: alice.entries[-1].is_pinned)
    alice.app.window.show_pins()
    pins = alice.dialog()
    assert isinstance(pins, PinsDialog)
    alice.until(lambda: pins.messages.painted and pins.texts)
    click(alice, "report.pdf", DOWNLOAD, pins.messages)
    alice.until(lambda: len(list(downloads.iterdir())) == 6)


def test_texts_show_their_first_lines_and_more_of_them_on_a_click(alice: Person, bob: Peer) -> None:
    lines = [f"import line_{number}" for number in range(40)]
    lines[1] += " # so long that nobody wants to read all of it" * 5
    bob.say_with(bob.upload("\n".join(lines).encode(), "program.py"), body="look")
    bob.say_with(bob.upload(b"no\0text at all", "noise.txt"), body="and look")
    alice.until_last_is("and look")
    alice.until(lambda: card_of(alice, "program.py")[1].lines)

    def shown() -> list[str]:
        return ["".join(run.text for run in line.runs) for line in card_of(alice, "program.py")[1].lines]

    assert shown()[:1] + shown()[2:] == lines[:1] + lines[2:6]
    assert shown()[1].endswith("…")
    assert lines[1].startswith(shown()[1].removesuffix("…"))
    assert all(line.width <= card_of(alice, "program.py")[1].width for line in card_of(alice, "program.py")[1].lines)
    alice.until(lambda: card_of(alice, "program.py")[1].lines[0].runs[0].face.color)
    (word, *_), *_ = (line.runs for line in card_of(alice, "program.py")[1].lines)
    assert word.text == "import", "code has its colours here, too"
    row, card = card_of(alice, "program.py")
    messages = alice.app.window.conversation.messages
    alice.click(messages.canvas, card.x + 40, row.y + card.y + card.height - 12)
    messages.scroll_to_end()
    alice.until(lambda: len(shown()) == len(lines))
    assert card_of(alice, "noise.txt")[1].lines == ()
    assert is_asked_once(alice)


def is_asked_once(alice: Person) -> bool:
    """What was read once is not fetched again, however often it is drawn."""
    alice.app.window.conversation.messages.redraw()
    return all(alice.app.client.files.progress(key_of(each)) is None for each in alice.entries[-1].attachments)


def test_a_name_that_lies_about_its_ending_is_shown_as_it_is(alice: Person, bob: Peer) -> None:
    bob.say_with(bob.upload(b"x", "photo\u202egnp.exe"), body="look")
    alice.until_last_is("look")
    (attachment,) = alice.entries[-1].attachments
    assert "\u202e" not in attachment.name
    _, card = card_of(alice, attachment.name)
    assert display_text(card.name).endswith(".exe")


def test_an_upload_shows_how_far_it_is_and_can_be_taken_back(
    server: App, open_window: OpenWindow, tmp_path: Path
) -> None:
    path = tmp_path / "film.mkv"
    path.write_bytes(bytes(6_000_000))
    with Relay(server.address) as relay:
        alice = open_window(server, port=relay.port).come_in("alice")
        alice.app.window.conversation.desk.attaching.add([path])
        relay.freeze()
        alice.say("a film")
        assert alice.entries[-1].state is SendState.PENDING
        assert CANCEL in written_on(alice, "film.mkv")
        relay.thaw()
        key = alice.entries[-1].uploads[0].key
        files = alice.app.client.files
        alice.until(lambda: (reached := files.progress(key)) is not None and reached.done > 1_000_000)
        relay.freeze()
        assert any(" of 5.7 MB" in words for words in written_on(alice, "film.mkv"))
        click(alice, "film.mkv", CANCEL)
        assert alice.entries == []
        assert alice.composer.get() == "a film", "what was typed is there again"
        assert names(alice) == ["film.mkv"]
        relay.thaw()
        alice.press("Return", alice.composer.text)
        alice.until(lambda: alice.sent == ["a film"])
        assert key_of(alice.entries[-1].attachments[0])
        assert alice.app.client.attached(GENERAL) == ()
