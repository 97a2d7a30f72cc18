"""The keyboard walks over the messages and does with one what its menu offers."""

import tkinter
from dataclasses import replace

import pytest

from client_app.core.actions import MessageAction
from client_app.core.timeline.timeline import Entry, EntryKind, Splice
from client_app.desktop.message_list import MessageList
from client_app.desktop.toolkit import Root

from ..conftest import MONDAY, Say
from .gestures import Append, Told, click, offer, point_of, row_of

DAY = Entry("day", EntryKind.DAY, MONDAY, "Monday")


def press(messages: MessageList, key: str) -> None:
    messages.canvas.event_generate(f"<{key}>")
    messages.update()


def focus(messages: MessageList) -> None:
    """As Tab and F6 do."""
    messages.canvas.focus_force()
    messages.update()


def at(messages: MessageList) -> str:
    """The text of the message on which the keyboard is; empty while it is on none."""
    entry = messages.cursor.entry
    return "" if entry is None else entry.text


def test_the_keyboard_begins_at_the_lowest_message_and_arrows_move_it(
    messages: MessageList, append: Append, say: Say
) -> None:
    append(DAY, *(say(number) for number in (1, 2, 3)))
    focus(messages)
    assert at(messages) == "message 3"
    assert messages.canvas.find_withtag("cursor")
    press(messages, "Up")
    press(messages, "Up")
    assert at(messages) == "message 1"
    press(messages, "Up")
    assert at(messages) == "message 1", "day lines are passed over"
    press(messages, "Down")
    assert at(messages) == "message 2"


def row_height_in_views(messages: MessageList, text: str) -> int:
    index = next(i for i, entry in enumerate(messages.entries) if entry.text == text)
    return messages.height_of(index) // messages.canvas.winfo_height()


def test_the_view_follows_the_keyboard_through_long_histories_and_long_messages(
    messages: MessageList, say: Say
) -> None:
    texts = ["words " * 1500 if number == 95 else f"message {number}" for number in range(100)]
    messages.set_entries([say(number, text) for number, text in enumerate(texts)])
    focus(messages)
    seen: list[str] = []
    steps_in_long = 0
    while at(messages) != "message 90":
        steps_in_long += at(messages) == texts[95]
        seen += [at(messages)] if at(messages) not in seen else []
        painted = row_of(messages, messages.entries[messages.cursor.index or 0].key)
        assert painted.y < messages.canvas.winfo_height()
        assert painted.y + painted.row.height > 0
        press(messages, "Up")
    assert seen == texts[:90:-1]
    assert steps_in_long > row_height_in_views(messages, texts[95]), "all of it was seen on the way"
    press(messages, "Home")
    assert at(messages) == "message 0"
    press(messages, "Next")
    assert at(messages) not in ("message 0", texts[-1])
    press(messages, "End")
    assert at(messages) == "message 99"
    assert messages.is_at_end


def test_a_letter_does_what_the_menu_has_it_for_and_others_are_left_alone(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    told.offered = (offer("edit", key="E"), offer("pin", key="P"))
    append(say(1, is_own=True), say(2))
    focus(messages)
    press(messages, "e")
    assert told.of("perform") == [], "nothing is offered for this message"
    press(messages, "Up")
    for key in ("e", "P", "x", "Control-e"):
        press(messages, key)
    assert told.of("perform") == list(told.offered)
    assert told.calls[-1][2].text == "message 1"


def test_a_click_puts_the_ring_away_and_an_arrow_brings_it_back(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    told.offered = (offer("edit", key="E"),)
    append(say(1, is_own=True), say(2, is_own=True))
    click(messages, *point_of(messages, "m1", 3))
    messages.update()
    assert not messages.cursor.is_shown
    press(messages, "e")
    assert told.of("perform") == [], "whoever clicks and types means to write"
    press(messages, "Down")
    assert at(messages) == "message 2"
    press(messages, "e")
    assert told.of("perform") == list(told.offered)


def test_escape_goes_back_to_where_one_writes(messages: MessageList, append: Append, say: Say, told: Told) -> None:
    append(say(1))
    focus(messages)
    press(messages, "Escape")
    assert len(told.of("left")) == 1
    assert not messages.cursor.is_shown


@pytest.mark.parametrize("key", ["Return", "Menu", "Shift-F10"])
def test_a_key_opens_the_menu_of_the_message(
    root: Root, messages: MessageList, append: Append, say: Say, told: Told, key: str
) -> None:
    messages.events = replace(messages.events, chosen=None)
    messages.pointer.events = messages.events
    told.offered = (offer("edit", key="E"),)
    append(say(1, is_own=True))
    focus(messages)
    press(messages, key)
    (menu,) = (child for child in root.winfo_children() if isinstance(child, tkinter.Menu))
    assert menu.entrycget(0, "label") == "Edit"
    menu.unpost()


def test_enter_chooses_where_somebody_listens_for_that(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    append(say(1))
    focus(messages)
    press(messages, "Return")
    click(messages, *point_of(messages, "m1", 2))
    assert told.of("chosen") == [messages.entries[0]] * 2


def test_the_keyboard_stays_on_its_message_while_others_come(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1), say(2))
    focus(messages)
    press(messages, "Up")
    append(say(3))
    messages.apply((Splice(0, 0, (say(0),)),))
    assert at(messages) == "message 1"
    messages.apply((Splice(2, 1, (replace(messages.entries[2], text="more words " * 200),)),))
    ring = messages.canvas.coords("cursor")
    assert ring[1] == row_of(messages, "m1").y + 1


# --- the bar ----------------------------------------------------------------------------------------------------------


def hover(messages: MessageList, key: str) -> None:
    x, y = point_of(messages, key)
    messages.canvas.event_generate("<Motion>", x=x, y=y)
    messages.update()


def cells(messages: MessageList) -> list[str]:
    return [cell.hint for cell in messages.pointer.bar.cells]


def test_the_bar_has_the_signs_of_what_is_offered_and_one_for_the_rest(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    told.offered = (offer("edit", key="E", sign="pencil"), offer("pin", key="P"))
    append(say(1, is_own=True), say(2))
    hover(messages, "m2")
    assert cells(messages) == []
    hover(messages, "m1")
    assert cells(messages) == ["Edit (E)", "More…"]
    messages.canvas.event_generate("<Leave>")
    assert cells(messages) == []


def test_a_click_on_edited_shows_what_was_said_before_to_those_who_may_see_it(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    told.offered = (offer("versions"),)
    append(say(1, is_own=True, may_delete=True, edited_at=MONDAY), say(2, is_own=True, edited_at=MONDAY))
    for key in ("m1", "m2"):
        painted = row_of(messages, key)
        assert painted.row.edited is not None
        click(messages, painted.row.edited.x + 3, painted.y + painted.row.edited.y + 5)
    assert [(call[1].id, call[2].key) for call in told.calls if call[0] == "perform"] == [("versions", "m1")]


def test_a_click_on_a_sign_does_it_and_selects_nothing(
    root: Root, messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    edit: MessageAction = offer("edit", sign="pencil")
    told.offered = (edit,)
    append(say(1, is_own=True), say(2))
    hover(messages, "m1")
    first, more = messages.pointer.bar.cells
    messages.canvas.event_generate("<Motion>", x=first.left + 3, y=first.top + 3)
    assert str(messages.canvas.cget("cursor")) == "hand2"
    click(messages, first.left + 3, first.top + 3)
    assert told.of("perform") == [edit]
    assert messages.selection is None
    click(messages, more.left + 3, more.top + 3)
    (menu,) = (child for child in root.winfo_children() if isinstance(child, tkinter.Menu))
    menu.unpost()
