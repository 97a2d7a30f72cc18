"""Several messages are picked by the pointer and by the keyboard, and stay picked while others come."""

from dataclasses import replace

from client_app.core.timeline.timeline import SendState, Splice
from client_app.desktop.message_list import MessageList

from ..conftest import Say
from .gestures import Append, Told, click, drag, point_of


def picked(messages: MessageList) -> list[str]:
    return [entry.text for entry in messages.picks.entries]


def begin(messages: MessageList, key: str) -> None:
    messages.picks.toggle(next(entry for entry in messages.entries if entry.key == key))
    messages.update()


def test_clicks_add_and_take_away_and_the_last_one_ends_it(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    append(*(say(number) for number in range(1, 6)))
    begin(messages, "m2")
    click(messages, *point_of(messages, "m4"))
    assert picked(messages) == ["message 2", "message 4"]
    assert messages.canvas.find_withtag("pick-ground")
    for key in ("m2", "m4"):
        click(messages, *point_of(messages, key))
    assert not messages.picks.is_on
    assert not messages.canvas.find_withtag("pick")
    assert [len(entries) for entries in told.of("picked")] == [1, 2, 1, 0]  # type: ignore[arg-type]  # tuples


def test_shift_picks_a_range_and_dragging_picks_rows(messages: MessageList, append: Append, say: Say) -> None:
    append(*(say(number) for number in range(1, 8)))
    begin(messages, "m2")
    click(messages, *point_of(messages, "m4"), modifiers="Shift-")
    assert picked(messages) == ["message 2", "message 3", "message 4"]
    drag(messages, point_of(messages, "m6"), point_of(messages, "m7"))
    assert picked(messages) == [f"message {number}" for number in (2, 3, 4, 6, 7)]
    assert messages.selected_text() == "", "no text is selected meanwhile"


def test_ctrl_click_begins_it(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1), say(2))
    click(messages, *point_of(messages, "m2"), modifiers="Control-")
    assert picked(messages) == ["message 2"]


def test_space_picks_where_the_keyboard_is_and_escape_ends_it(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1), say(2), say(3))
    begin(messages, "m3")
    messages.canvas.focus_force()
    messages.update()
    for key in ("<Up>", "<space>"):
        messages.canvas.event_generate(key)
    assert picked(messages) == ["message 2", "message 3"]
    messages.canvas.event_generate("<Escape>")
    assert not messages.picks.is_on


def test_what_is_not_there_for_everybody_cannot_be_picked(messages: MessageList, append: Append, say: Say) -> None:
    append(
        say(1, state=SendState.PENDING),
        replace(say(2), text="", is_deleted=True),
        replace(say(3), text="", is_hidden=True),
    )
    for entry in messages.entries:
        messages.picks.toggle(entry)
    assert not messages.picks.is_on


def test_what_is_picked_stays_so_while_others_come_and_until_it_is_deleted(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    append(say(1), say(2))
    begin(messages, "m1")
    begin(messages, "m2")
    append(say(3))
    messages.apply((Splice(0, 0, (say(0),)),))
    assert picked(messages) == ["message 1", "message 2"]
    messages.apply((Splice(1, 1, (replace(messages.entries[1], text="", is_deleted=True),)),))
    assert picked(messages) == ["message 2"]
    assert told.of("picked")[-1] == messages.picks.entries
    messages.set_entries([say(9)])
    assert not messages.picks.is_on
