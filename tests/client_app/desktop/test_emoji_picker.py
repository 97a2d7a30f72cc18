"""The emoji picker: found by letters, walked through by keys, in one's colour of skin."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from client_app.core.client import Client
from client_app.desktop.emoji_picker import EmojiPicker
from client_app.desktop.emoji_picker.cells import COLUMNS, FOUND, RECENT, Cells, Section
from client_app.desktop.toolkit import Root

from .painted import texts_on


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
def client(tmp_path: Path) -> Any:
    client = Client(tmp_path, use_keyring=False)
    yield client
    client.close()


@pytest.fixture
def picker(root: Root, client: Client, chosen: list[str]) -> EmojiPicker:
    picker = EmojiPicker(root, client)
    root.focus_force()
    picker.show(100, 100, chosen.append)
    root.update()
    return picker


@pytest.fixture
def press(picker: EmojiPicker, root: Root) -> Callable[[str], None]:
    def press_key(*keys: str) -> None:
        for key in keys:
            picker.entry._entry.event_generate(f"<{key}>")
            root.update()

    return press_key


def test_a_few_letters_and_return_choose_one_and_it_is_remembered(
    picker: EmojiPicker, chosen: list[str], client: Client, press: Callable[..., None]
) -> None:
    picker.type("tad")
    assert (picker.choices.marked, picker.name) == ("🎉", ":tada:")
    press("Return")
    assert (chosen, picker.is_open) == (["🎉"], False)
    assert client.settings.recent_emoji == ("🎉",)
    picker.show(0, 0, chosen.append)
    assert picker.choices.marked == "🎉", "the last one is offered first"


def test_the_arrows_tab_and_pages_walk_through_all_of_it(picker: EmojiPicker, press: Callable[..., None]) -> None:
    assert (picker.choices.section, picker.choices.marked) == (RECENT, "👍")
    press("Right")
    assert picker.choices.marked == "❤️"
    press("Left", "Left")
    assert picker.choices.marked == "👍"
    press("Down")
    assert picker.choices.marked == "😀"
    press("Tab")
    assert picker.choices.section == "Smileys & Emotion"
    press("Tab")
    assert (picker.choices.section, picker.choices.marked) == ("People & Body", "👋")
    press("Shift-Tab", "Shift-Tab")
    assert picker.choices.section == RECENT
    press("Shift-Tab")
    press("Next", "Next", "Next")
    assert picker.choices.section == "Flags"


def test_escape_gives_the_keyboard_back(root: Root, client: Client, press: Callable[..., None]) -> None:
    """Checked with a field that had it before."""
    import tkinter

    field = tkinter.Entry(root)
    field.pack()
    field.focus_force()
    root.update()
    picker = EmojiPicker(root, client)
    picker.show(50, 50, lambda _: None)
    root.update()
    picker.entry._entry.event_generate("<Escape>")
    root.update()
    assert not picker.is_open
    assert root.focus_get() is field


def test_a_colour_of_skin_is_used_from_then_on(
    picker: EmojiPicker, client: Client, chosen: list[str], press: Callable[..., None]
) -> None:
    picker.type("thumbsup")
    press("Alt-Key-4")
    assert (picker.choices.marked, client.settings.skin_tone) == ("👍🏽", 3)
    press("Return")
    assert chosen == ["👍🏽"]
    picker.show(0, 0, chosen.append)
    picker.type("wave")
    assert picker.choices.marked == "👋🏽"


def test_where_nothing_is_found_it_says_so_and_return_does_nothing(
    picker: EmojiPicker, chosen: list[str], press: Callable[..., None]
) -> None:
    picker.type("qqqq")
    press("Return", "Down", "Right", "Next")
    assert texts_on(picker.choices.canvas) == ["Nothing is called that."]
    assert (chosen, picker.name, picker.is_open) == ([], "", True)


def test_a_click_chooses_and_a_click_elsewhere_closes(picker: EmojiPicker, chosen: list[str], root: Root) -> None:
    canvas = picker.choices.canvas
    canvas.event_generate("<Motion>", x=60, y=45)
    assert picker.name == ":heart:"
    canvas.event_generate("<Button-1>", x=60, y=45)
    assert (chosen, picker.is_open) == (["❤️"], False)
    picker.show(100, 100, chosen.append)
    root.event_generate("<Button-1>", x=5, y=690)
    assert not picker.is_open


def test_all_of_it_is_in_the_window_however_small_that_is(picker: EmojiPicker, root: Root) -> None:
    for width, height, x, y in ((480, 400, 470, 390), (900, 700, 890, 0), (760, 520, 0, 519)):
        root.geometry(f"{width}x{height}")
        root.update()
        picker.show(x, y, lambda _: None, above=True)
        root.update()
        assert 0 <= picker.winfo_x() <= width - picker.winfo_width()
        assert 0 <= picker.winfo_y() <= height - picker.winfo_height()


def test_only_what_is_in_view_is_drawn_and_all_of_it_in_the_end(
    picker: EmojiPicker, until: Callable[[Callable[[], bool]], None]
) -> None:
    until(lambda: picker.choices.is_complete)
    assert len(picker.choices.canvas.find_all()) < 120
    picker.choices.go_to("Flags")
    until(lambda: picker.choices.is_complete)
    assert len(picker.choices.canvas.find_all()) < 120


def test_it_opens_at_once_again_and_the_first_time(root: Root, client: Client) -> None:
    """By the processor's time, because the tests run beside each other."""
    spent = []
    picker = None
    for _ in range(5):
        start = time.process_time()
        picker = picker or EmojiPicker(root, client)
        picker.show(100, 100, lambda _: None)
        root.update_idletasks()
        spent.append(time.process_time() - start)
        picker.close()
    print("to open:", *(f"{seconds * 1000:.0f} ms" for seconds in spent))
    assert sorted(spent)[2] < 0.1


# --- places -----------------------------------------------------------------------------------------------------------


def letters(count: int) -> tuple[str, ...]:
    return tuple(chr(ord("a") + number) for number in range(count))


def test_places_are_known_without_drawing() -> None:
    cells = Cells([Section("one", letters(COLUMNS + 2)), Section("two", letters(3))], 10, 20)
    assert cells.height == 20 + 2 * 10 + 20 + 10
    assert (cells.index_at(0, 5), cells.index_at(0, 20), cells.index_at(95, 20)) == (None, 0, None)
    assert cells.index_at(15, 35) == COLUMNS + 1
    assert cells.index_at(25, 35) is None
    assert (cells.section_at(0), cells.section_at(41)) == ("one", "two")
    assert [line.top for line in cells.seen(25, 45)] == [20, 30, 40]


def test_moving_stays_within_the_rows() -> None:
    cells = Cells([Section(FOUND, letters(COLUMNS + 2)), Section("two", letters(3))], 10, 20)
    assert cells.moved(0, -1, 0) == 0
    assert cells.moved(8, 1, 0) == 9
    assert cells.moved(8, 0, 1) == 10, "the last of a shorter row"
    assert cells.moved(10, 0, 1) == 12
    assert cells.moved(13, 1, 0) == 13
    assert cells.moved(13, 0, 5) == 13
    assert cells.moved(13, 0, -9) == 2
