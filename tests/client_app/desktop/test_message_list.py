"""The message list: it follows at the end, holds still elsewhere, and lets people select, copy and click."""

import datetime
import tkinter
from collections.abc import Callable
from dataclasses import replace

import pytest

from client_app.core.timeline import Entry, EntryKind, SendState, Splice
from client_app.desktop.message_list import Introduction, MessageEvents, MessageList
from client_app.desktop.message_list.painter import Painted
from client_app.desktop.toolkit import Root
from shared.types import UserId

from .conftest import MONDAY, Say, Until


class Told:
    """What the list told."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, object]] = []
        self.events = MessageEvents(
            *(lambda *arguments, name=name: self.calls.append((name, *arguments)) for name in MessageEvents.__slots__)
        )

    def of(self, name: str) -> list[object]:
        return [call[1] if len(call) > 1 else None for call in self.calls if call[0] == name]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def messages(root: Root, told: Told) -> MessageList:
    messages = MessageList(root, root, told.events)
    messages.pack(fill="both", expand=True)
    root.update()
    return messages


Append = Callable[..., None]


@pytest.fixture
def append(messages: MessageList) -> Append:
    def add(*entries: Entry) -> None:
        messages.apply((Splice(len(messages.entries), 0, entries),))
        messages.update()

    return add


def row_of(messages: MessageList, key: str) -> Painted:
    return next(painted for painted in messages.painted.values() if painted.row.entry.key == key)


def bottom_of(messages: MessageList, key: str) -> int:
    painted = row_of(messages, key)
    return painted.y + painted.row.height


def texts_on(canvas: tkinter.Canvas) -> str:
    return "\n".join(canvas.itemcget(item, "text") for item in canvas.find_all() if canvas.type(item) == "text")


def pixel_y(messages: MessageList, key: str) -> float:
    """Where Tk itself has the row's topmost item, in pixels."""
    box = messages.canvas.bbox(row_of(messages, key).tag)
    assert box is not None
    return box[1]


def point_of(messages: MessageList, key: str, position: int = 0) -> tuple[int, int]:
    """A point on the canvas within the first line of a message's text."""
    painted = row_of(messages, key)
    placed = painted.row.body[0]
    width = messages.typesetter.text_width(painted.row.font, painted.row.entry.text[:position])
    return painted.row.text_x + width + 1, painted.y + placed.y + placed.line.height // 2


def click(messages: MessageList, x: int, y: int, times: int = 1, modifiers: str = "") -> None:
    for _ in range(times):
        messages.canvas.event_generate(f"<{modifiers}Button-1>", x=x, y=y)
        messages.canvas.event_generate(f"<{modifiers}ButtonRelease-1>", x=x, y=y)
    messages.update()


def drag(messages: MessageList, start: tuple[int, int], end: tuple[int, int]) -> None:
    messages.canvas.event_generate("<Button-1>", x=start[0], y=start[1])
    for x, y in (((start[0] + end[0]) // 2, (start[1] + end[1]) // 2), end):
        messages.canvas.event_generate("<B1-Motion>", x=x, y=y)
    messages.canvas.event_generate("<ButtonRelease-1>", x=end[0], y=end[1])
    messages.update()


# --- following and holding still --------------------------------------------------------------------------------------


def test_the_pane_goes_on_scrolling_after_the_eighth_and_the_ten_thousandth_message(
    messages: MessageList, append: Append, say: Say
) -> None:
    height = messages.canvas.winfo_height()
    for number in range(60):
        append(say(number))
        assert 0 < height - bottom_of(messages, f"m{number}") <= 20
    messages.apply((Splice(60, 0, tuple(say(number) for number in range(60, 10_000))),))
    for number in range(10_000, 10_010):
        append(say(number))
        assert 0 < height - bottom_of(messages, f"m{number}") <= 20
        assert f"message {number}" in texts_on(messages.canvas)


def test_only_what_is_in_view_is_on_the_canvas(messages: MessageList, say: Say) -> None:
    messages.set_entries([say(number) for number in range(100_000)])
    messages.update()
    assert len(messages.painted) < 40
    assert len(messages.canvas.find_all()) < 250


def test_nothing_moves_while_one_reads_further_up(messages: MessageList, append: Append, say: Say, told: Told) -> None:
    messages.set_entries([say(number) for number in range(100)])
    messages.scroll(-900)
    messages.update()
    key = messages.entries[messages.viewport.index + 2].key
    before = pixel_y(messages, key)
    append(say(100), say(101))
    append(say(102))
    assert pixel_y(messages, key) == before
    assert not messages.is_at_end
    assert told.of("new_below") == [2, 3]
    messages.scroll_to_end()
    assert told.of("new_below") == [2, 3, 0]
    assert messages.is_at_end


def test_older_messages_arrive_without_a_jump_of_a_single_pixel(messages: MessageList, say: Say) -> None:
    messages.set_entries([say(number) for number in range(1000, 1050)])
    messages.scroll_to_start()
    messages.scroll(37)
    messages.update()
    key = messages.entries[messages.viewport.index + 1].key
    before = pixel_y(messages, key)
    for page in range(10):
        first = 1000 - 50 * (page + 1)
        messages.apply((Splice(0, 0, tuple(say(first + n, "older " * (n % 60)) for n in range(50))),))
        messages.update()
        assert pixel_y(messages, key) == before


def test_older_messages_that_change_the_first_rows_do_not_make_the_others_jump(messages: MessageList, say: Say) -> None:
    day = Entry("d", EntryKind.DAY, MONDAY, text="Monday")
    messages.set_entries([day, *(say(number) for number in range(100, 150))])
    messages.scroll_to_start()
    messages.update()
    before = pixel_y(messages, "m101")
    grouped = replace(messages.entries[1], is_grouped=True)
    messages.apply((Splice(0, 1, (day, say(98), say(99))), Splice(3, 1, (grouped,))))
    messages.update()
    assert row_of(messages, "m100").row.entry.is_grouped
    assert pixel_y(messages, "m101") == before


def test_ones_own_message_is_shown_wherever_one_was(messages: MessageList, append: Append, say: Say) -> None:
    messages.set_entries([say(number) for number in range(100)])
    messages.scroll(-2000)
    append(say(100, is_own=True, state=SendState.PENDING))
    assert messages.is_at_end
    assert bottom_of(messages, "m100") <= messages.canvas.winfo_height()


def test_a_pending_message_that_is_sent_stays_where_it_is(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    messages.set_entries([say(number) for number in range(30)])
    append(say(30, is_own=True, state=SendState.PENDING))
    before = row_of(messages, "m30").y
    messages.apply((Splice(30, 1, (say(30, is_own=True),)),))
    assert row_of(messages, "m30").y == before
    assert told.of("new_below") == []


def test_resizing_keeps_the_end_in_view_and_a_reader_in_place(root: Root, messages: MessageList, say: Say) -> None:
    messages.set_entries([say(number, "several words of text " * 12) for number in range(200)])
    root.geometry("600x500")
    root.update()
    assert messages.is_at_end
    assert 0 < messages.canvas.winfo_height() - bottom_of(messages, "m199") <= 20
    messages.scroll(-3000)
    first = messages.entries[messages.viewport.index].key
    root.geometry("900x700")
    root.update()
    assert messages.entries[messages.viewport.index].key == first


def test_few_messages_stand_at_the_bottom(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1))
    assert row_of(messages, "m1").y > 300
    messages.scroll(-500)
    assert row_of(messages, "m1").y > 300
    assert messages.is_at_end


def test_a_channel_opens_where_one_asks_for(messages: MessageList, say: Say) -> None:
    entries = [say(number) for number in range(300)]
    messages.set_entries(entries, anchor="m100")
    messages.update()
    assert row_of(messages, "m100").y == messages.canvas.winfo_height() // 4
    place = messages.position()
    messages.set_entries(entries)
    assert messages.is_at_end
    messages.restore(place)
    assert row_of(messages, "m100").y == messages.canvas.winfo_height() // 4


def test_more_is_asked_for_once_near_either_end(messages: MessageList, say: Say, told: Told) -> None:
    messages.set_entries([say(number) for number in range(200)])
    messages.set_has_more(older=True, newer=True)
    assert (len(told.of("need_older")), len(told.of("need_newer"))) == (0, 1)
    for _ in range(30):
        messages.scroll_page(-1)
    assert (len(told.of("need_older")), len(told.of("need_newer"))) == (1, 1)
    messages.set_has_more(older=False)
    messages.scroll_page(-1)
    assert len(told.of("need_older")) == 1


def test_reaching_and_leaving_the_end_is_told(messages: MessageList, append: Append, say: Say, told: Told) -> None:
    messages.set_entries([say(number) for number in range(100)])
    assert len(told.of("reached_end")) == 1
    append(say(100))
    assert len(told.of("reached_end")) == 2
    messages.scroll(-300)
    assert len(told.of("left_end")) == 1
    append(say(101))
    assert len(told.of("reached_end")) == 2


@pytest.mark.parametrize("key", ["<Prior>", "<Home>", "<Up>"])
def test_keys_scroll_up_and_end_comes_back(messages: MessageList, say: Say, key: str) -> None:
    messages.set_entries([say(number) for number in range(100)])
    messages.canvas.focus_force()
    messages.update()
    messages.canvas.event_generate(key)
    assert not messages.is_at_end
    messages.canvas.event_generate("<End>")
    assert messages.is_at_end


def test_the_wheel_scrolls(messages: MessageList, say: Say) -> None:
    messages.set_entries([say(number) for number in range(100)])
    messages.update()
    before = row_of(messages, "m95").y
    messages.canvas.event_generate("<Button-4>", x=300, y=300)
    assert row_of(messages, "m95").y == before + 60
    messages.canvas.event_generate("<Button-5>", x=300, y=300)
    assert row_of(messages, "m95").y == before


# --- selecting and clicking -------------------------------------------------------------------------------------------


def test_dragging_within_a_message_copies_plain_text(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "hello wide world"))
    drag(messages, point_of(messages, "m1", 6), point_of(messages, "m1", 10))
    assert messages.selected_text() == "wide"
    messages.canvas.event_generate("<Control-c>")
    messages.canvas.focus_force()
    messages.update()
    messages.canvas.event_generate("<Control-c>")
    assert messages.clipboard_get() == "wide"
    assert messages.selection_get(selection="PRIMARY") == "wide"


def test_dragging_across_messages_copies_who_said_what_and_when(
    messages: MessageList, append: Append, say: Say
) -> None:
    append(say(1, "first words"), say(2, "waves", is_action=True), say(3, "last words", author="bob"))
    drag(messages, point_of(messages, "m1", 6), point_of(messages, "m3", 4))
    assert messages.selected_text() == "[09:01] alice: words\n[09:02] * alice waves\n[09:03] bob: last"


def test_everything_can_be_selected_also_what_is_out_of_view(messages: MessageList, say: Say) -> None:
    messages.set_entries([say(number) for number in range(500)])
    messages.canvas.focus_force()
    messages.update()
    messages.canvas.event_generate("<Control-a>")
    assert len(messages.selected_text().splitlines()) == 500
    assert messages.clear_selection()
    assert not messages.clear_selection()


def test_double_click_selects_a_word_and_triple_the_message(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "hello wide world"))
    x, y = point_of(messages, "m1", 7)
    click(messages, x, y, times=2)
    assert messages.selected_text() == "wide"
    click(messages, x, y)
    assert messages.selected_text() == "hello wide world"


def test_shift_click_extends_the_selection(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "hello wide world"))
    click(messages, *point_of(messages, "m1", 0))
    click(messages, *point_of(messages, "m1", 10), modifiers="Shift-")
    assert messages.selected_text() == "hello wide"


def test_a_selection_stays_on_its_text_when_older_messages_come(
    messages: MessageList, append: Append, say: Say
) -> None:
    append(say(1, "hello wide world"))
    drag(messages, point_of(messages, "m1", 0), point_of(messages, "m1", 5))
    messages.apply((Splice(0, 0, (say(-1), say(0))),))
    assert messages.selected_text() == "hello"


def test_dragging_beyond_the_edge_scrolls_on(messages: MessageList, say: Say, until: Until) -> None:
    messages.set_entries([say(number) for number in range(300)])
    messages.update()
    x, y = point_of(messages, "m295")
    messages.canvas.event_generate("<Button-1>", x=x, y=y)
    messages.canvas.event_generate("<B1-Motion>", x=x, y=-80)
    until(lambda: "message 250" in messages.selected_text())
    messages.canvas.event_generate("<ButtonRelease-1>", x=x, y=-80)


def test_a_link_is_a_hand_and_opens_with_a_click(messages: MessageList, append: Append, say: Say, told: Told) -> None:
    append(say(1, "see https://hearth.example/a_(b), please"))
    x, y = point_of(messages, "m1", 10)
    messages.canvas.event_generate("<Motion>", x=x, y=y)
    assert str(messages.canvas.cget("cursor")) == "hand2"
    click(messages, x, y)
    click(messages, *point_of(messages, "m1", 1))
    assert told.of("link") == ["https://hearth.example/a_(b)"]


def test_the_menu_of_a_message_copies_it_and_its_link(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "see https://hearth.example/"))
    for label, copied in (("Copy message", "see https://hearth.example/"), ("Copy link", "https://hearth.example/")):
        items = messages.pointer.menu_items(messages.entries[0], "https://hearth.example/")
        next(item for item in items if item is not None and item.label == label).run()
        assert messages.clipboard_get() == copied


def test_the_menu_of_a_failed_message_can_retry_and_delete_it(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    append(say(1, state=SendState.FAILED, error="Too fast.", client_id="c-1"))
    items = messages.pointer.menu_items(messages.entries[0], "")
    for label in ("Send again", "Delete"):
        next(item for item in items if item is not None and item.label == label).run()
    assert told.of("retry") == told.of("discard") == ["c-1"]


def test_the_right_button_opens_a_menu(root: Root, messages: MessageList, append: Append, say: Say) -> None:
    append(say(1))
    x, y = point_of(messages, "m1")
    messages.canvas.event_generate("<Button-3>", x=x, y=y)
    menus = [child for child in root.winfo_children() if isinstance(child, tkinter.Menu)]
    assert menus[0].entrycget(0, "label") == "Copy message"
    menus[0].unpost()


def test_a_row_can_be_shown_by_its_key(messages: MessageList, say: Say) -> None:
    messages.set_entries([say(number) for number in range(100)])
    assert messages.show_row("m10")
    assert row_of(messages, "m10").y == messages.canvas.winfo_height() // 4
    assert not messages.show_row("m1000")


def test_the_scrollbar_goes_anywhere(messages: MessageList, say: Say) -> None:
    messages.set_entries([say(number) for number in range(1000)])
    messages.scroll_to_fraction(0.5)
    assert "m500" in {painted.row.entry.key for painted in messages.painted.values()}
    messages.scroll_to_fraction(1)
    assert messages.is_at_end


def test_dragging_over_a_link_does_not_open_it(messages: MessageList, append: Append, say: Say, told: Told) -> None:
    append(say(1, "see https://hearth.example/ please"))
    drag(messages, point_of(messages, "m1", 8), point_of(messages, "m1", 20))
    assert told.of("link") == []
    assert messages.selected_text()


def test_a_failed_message_says_why_and_can_be_retried_or_deleted(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    append(say(1, is_own=True, state=SendState.FAILED, error="You write too fast.", client_id="c-1"))
    assert "Not sent. You write too fast." in texts_on(messages.canvas)
    painted = row_of(messages, "m1")
    for _label, left, right in messages.painter.action_edges(painted.row):
        click(messages, (left + right) // 2, painted.y + painted.row.actions_y + 5)
    assert told.of("retry") == ["c-1"]
    assert told.of("discard") == ["c-1"]


def test_clicking_a_name_or_an_avatar_tells_whose(messages: MessageList, append: Append, say: Say, told: Told) -> None:
    append(say(1))
    painted = row_of(messages, "m1")
    click(messages, painted.row.text_x + 5, painted.y + painted.row.head_y + 8)
    click(messages, 30, painted.y + painted.row.head_y + 20)
    assert told.of("author") == [1, 1]


def test_hovering_a_grouped_message_shows_its_time(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1), say(2, is_grouped=True))
    assert "09:02" not in texts_on(messages.canvas)
    messages.canvas.event_generate("<Motion>", x=300, y=point_of(messages, "m2")[1])
    assert "09:02" in texts_on(messages.canvas)
    messages.canvas.event_generate("<Leave>")
    assert "09:02" not in texts_on(messages.canvas)


# --- everything that people may write ---------------------------------------------------------------------------------


HOSTILE = {
    "a word of 4,000 letters": "W" * 4000,
    "a thousand lines": "x\n" * 1000,
    "emoji": "👨‍👩‍👧‍👦" * 200,
    "right to left": "שלום עולם " * 100 + "مرحبا بالعالم " * 100,
    "controls": "a\u202eb\u2066c\ud800d\x00e\x1b[31m\u200b",
    "Tcl": '[exit] $env(HOME) {unbalanced \\ " ;',
    "marks": "Z" + "\u0301" * 500,
    "tabs and spaces": "\t \t" * 200,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_that_people_write_breaks_the_list(messages: MessageList, append: Append, say: Say, text: str) -> None:
    append(say(1), say(2, text), say(3))
    for distance in (-400, -400, 5000):
        messages.scroll(distance)
        messages.update()
    messages.select_all()
    assert text in messages.selected_text()


def test_the_beginning_says_what_the_window_wants(messages: MessageList, append: Append) -> None:
    append(Entry("b", EntryKind.BEGINNING, MONDAY, text="bob"))
    assert {"#", "bob"} <= set(texts_on(messages.canvas).split("\n"))
    messages.introduce(Introduction("You and bob", "Only the two of you are here.", UserId(2), "bob"))
    assert texts_on(messages.canvas).split("\n") == ["You and bob", "Only the two of you are here."]


def test_every_kind_of_row_in_every_look(root: Root, messages: MessageList, say: Say) -> None:
    messages.set_entries([
        Entry("b", EntryKind.BEGINNING, MONDAY, text="Welcome to #general"),
        Entry("d", EntryKind.DAY, MONDAY, text="Monday, 2 March 2026"),
        say(1, author="a-very-long-name-" * 20),
        say(2, "waves", is_action=True),
        Entry("u", EntryKind.UNREAD, MONDAY + datetime.timedelta(minutes=3)),
        say(4, is_own=True, state=SendState.PENDING),
    ])  # fmt: skip
    for zoom in (2.0, 0.5, 1.0):
        root.set_zoom(zoom)
        root.update()
    root.set_appearance("light")
    root.update()
    shown = texts_on(messages.canvas)
    assert all(words in shown for words in ("Welcome to #general", "Monday, 2 March 2026", "…", "waves", "New"))
