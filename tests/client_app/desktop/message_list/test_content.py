"""Whatever people write, and whatever kind of row it is, it is shown."""

import datetime

import pytest

from client_app.core.timeline.timeline import Entry, EntryKind, SendState
from client_app.desktop.message_list import Introduction, MessageList
from client_app.desktop.toolkit import Root
from shared.types import UserId

from ..conftest import MONDAY, Say
from ..painted import texts_on
from .gestures import Append

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
    assert {"#", "bob"} <= set(texts_on(messages.canvas))
    messages.introduce(Introduction("You and bob", "Only the two of you are here.", UserId(2), "bob"))
    assert texts_on(messages.canvas) == ["You and bob", "Only the two of you are here."]


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
    shown = "\n".join(texts_on(messages.canvas))
    assert all(words in shown for words in ("Welcome to #general", "Monday, 2 March 2026", "…", "waves", "New"))
