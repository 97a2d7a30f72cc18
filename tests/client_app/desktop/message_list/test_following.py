"""The list follows at its end and holds still elsewhere."""

from dataclasses import replace

import pytest

from client_app.core.timeline.timeline import Entry, EntryKind, SendState, Splice
from client_app.desktop.message_list import MessageList
from client_app.desktop.toolkit import Root

from ..conftest import MONDAY, Say
from ..painted import texts_on
from .gestures import Append, Told, bottom_of, pixel_y, row_of


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
        assert f"message {number}" in "\n".join(texts_on(messages.canvas))


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


@pytest.mark.parametrize("key", ["<Prior>", "<Home>"])
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
