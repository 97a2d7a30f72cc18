"""Messages that are edited or deleted are drawn as such, and whoever reads something else sees nothing move."""

import datetime
from dataclasses import replace

import pytest

from client_app.core.actions import MessageGroup
from client_app.core.timeline.timeline import Splice
from client_app.desktop.message_list import MessageList
from client_app.desktop.message_list.row import DELETED, EDITED
from client_app.desktop.toolkit import Root

from ..conftest import MONDAY, Say, Until
from ..painted import texts_on
from .gestures import Append, Told, bottom_of, click, drag, menu_of, offer, pixel_y, point_of, row_of

LATER = MONDAY + datetime.timedelta(hours=3)


@pytest.mark.parametrize(
    "text", ["short", "word " * 200, "w" * 4000, "😀", "שלום עולם", "שלום " * 100, "/me or not"], ids=range(7)
)
@pytest.mark.parametrize("is_action", [False, True])
def test_it_says_that_a_message_was_edited_beside_its_end(
    messages: MessageList, append: Append, say: Say, text: str, is_action: bool
) -> None:
    append(say(1, text, edited_at=LATER, is_action=is_action), say(2))
    assert texts_on(messages.canvas).count(EDITED) == 1
    row = row_of(messages, "m1").row
    assert row.edited is not None
    assert 0 <= row.edited.x <= messages.canvas.winfo_width() - row.edited.width
    last = row.body[-1]
    edges = [(row.text_x + run.x, row.text_x + run.x + run.width) for run in last.line.runs]
    is_below = row.edited.y >= last.y + last.line.height
    assert is_below or all(row.edited.x >= end or row.edited.x + row.edited.width <= start for start, end in edges)
    assert row.edited.y + messages.typesetter.line_height("small") <= row.height


def test_the_pointer_on_the_mark_tells_when(messages: MessageList, append: Append, say: Say, until: Until) -> None:
    append(say(1, edited_at=LATER))
    painted = row_of(messages, "m1")
    assert painted.row.edited is not None
    x, y = painted.row.edited.x + 3, painted.y + painted.row.edited.y + 5
    messages.canvas.event_generate("<Motion>", x=x, y=y)
    until(lambda: messages.pointer.hint == "Edited on Monday, 2 March 2026 at 12:00")
    messages.canvas.event_generate("<Motion>", x=x, y=y + 300)
    assert messages.pointer.hint == ""


def test_a_deleted_message_keeps_its_author_and_nothing_else(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    gone = say(2, edited_at=LATER, is_deleted=True, is_own=True, is_action=True)
    append(say(1), replace(gone, text=""), say(3))
    shown = texts_on(messages.canvas)
    assert shown.count(DELETED) == 1
    assert EDITED not in shown
    assert shown.count("alice") == 3
    assert [item.label for item in menu_of(messages, 1)] == ["Select all text"]
    click(messages, *point_of(messages, "m2", 0), times=3)
    assert messages.selected_text() == ""
    drag(messages, point_of(messages, "m1", 0), point_of(messages, "m3", 9))
    assert DELETED not in messages.selected_text()
    assert len(messages.selected_text().splitlines()) == 2
    assert messages.canvas.find_withtag("s" + row_of(messages, "m3").tag)
    assert not messages.canvas.find_withtag("s" + row_of(messages, "m2").tag)


def test_what_is_read_holds_still_while_a_message_above_grows_or_goes(messages: MessageList, say: Say) -> None:
    messages.set_entries([say(number, "several words " * 30) for number in range(100)])
    messages.scroll(-1500)
    messages.update()
    top = messages.viewport.index
    key = messages.entries[top + 1].key
    before = pixel_y(messages, key)
    for index in (top, top - 1, 3):
        for text in ("words " * 500, ""):
            changed = replace(messages.entries[index], text=text, edited_at=LATER, is_deleted=not text)
            messages.apply((Splice(index, 1, (changed,)),))
            messages.update()
            assert pixel_y(messages, key) == before


def test_the_end_stays_in_view_when_the_last_message_grows(messages: MessageList, say: Say, told: Told) -> None:
    messages.set_entries([say(number) for number in range(100)])
    for text in ("words " * 500, "short"):
        messages.apply((Splice(99, 1, (replace(messages.entries[99], text=text, edited_at=LATER),)),))
        messages.update()
        assert messages.is_at_end
        assert 0 < messages.canvas.winfo_height() - bottom_of(messages, "m99") <= 20
    assert told.of("new_below") == []


def test_a_selection_ends_when_its_words_are_rewritten(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "a secret"), say(2, "something else"))
    drag(messages, point_of(messages, "m1", 2), point_of(messages, "m1", 8))
    messages.apply((Splice(1, 1, (replace(messages.entries[1], text="other", edited_at=LATER),)),))
    assert messages.selected_text() == "secret"
    messages.apply((Splice(0, 1, (replace(messages.entries[0], text="nothing of the kind", edited_at=LATER),)),))
    assert messages.selected_text() == ""


def test_the_menu_has_what_is_offered_in_groups_and_does_it(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    told.offered = offer("copy"), offer("answer", MessageGroup.ANSWER, "R")
    append(say(1, is_own=True), say(2))
    own, others = ([(item.label, item.keys) for item in menu_of(messages, index)] for index in range(2))
    assert own == [("Answer", "R"), ("Copy", ""), ("Select all text", "Ctrl+A")]
    assert others == [("Select all text", "Ctrl+A")]
    menu_of(messages, 0)[0].run()
    assert told.calls[-1] == ("perform", told.offered[1], messages.entries[0])


def test_every_look_has_a_place_for_it(root: Root, messages: MessageList, say: Say) -> None:
    gone = replace(say(2), text="", is_deleted=True)
    messages.set_entries([say(1, edited_at=LATER), gone, say(3, is_grouped=True, edited_at=LATER)])
    for zoom in (2.0, 0.5, 1.0):
        root.set_zoom(zoom)
        root.update()
    root.set_appearance("light")
    root.update()
    assert {EDITED, DELETED} <= set(texts_on(messages.canvas))
