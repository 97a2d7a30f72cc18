"""What is in the list can be selected, copied and clicked."""

import tkinter
from dataclasses import replace

from client_app.core.store import Upload
from client_app.core.timeline.timeline import SendState, Splice
from client_app.desktop.message_list import MessageList
from client_app.desktop.toolkit import Root
from shared.entities import Attachment
from shared.types import AttachmentId

from ..conftest import Say, Until
from ..painted import texts_on
from .gestures import Append, Told, click, drag, menu_of, point_of, row_of


def test_dragging_within_a_message_copies_plain_text(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "hello wide world"))
    drag(messages, point_of(messages, "m1", 6), point_of(messages, "m1", 10))
    assert messages.selected_text() == "wide"
    messages.canvas.event_generate("<Control-c>")
    messages.canvas.focus_force()
    messages.update()
    messages.canvas.event_generate("<Control-c>")
    assert messages.clipboard_get() == "wide"
    assert messages.tk.call("selection", "get", "-selection", "PRIMARY") == "wide"


def test_dragging_across_messages_copies_who_said_what_and_when(
    messages: MessageList, append: Append, say: Say
) -> None:
    append(say(1, "first words"), say(2, "waves", is_action=True), say(3, "last words", author="bob"))
    drag(messages, point_of(messages, "m1", 6), point_of(messages, "m3", 4))
    assert messages.selected_text() == "[09:01] alice: words\n[09:02] * alice waves\n[09:03] bob: last"


def test_copying_messages_tells_of_their_files_where_all_of_a_message_is_selected(
    messages: MessageList, append: Append, say: Say
) -> None:
    files = (Attachment(AttachmentId(1), "a.txt", 1, "0" * 64, "text/plain"),)
    uploads = (Upload("key", "/b.png", "b.png", 1, 1),)
    nothing_said = replace(say(2, attachments=files), text="")
    append(say(1, "look here", attachments=files), nothing_said, say(3, "mine", uploads=uploads))
    drag(messages, point_of(messages, "m1", 5), point_of(messages, "m3", 4))
    assert messages.selected_text() == "[09:01] alice: here\n[09:02] alice: 📎 a.txt\n[09:03] alice: mine 📎 b.png"


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


def test_the_menu_of_a_web_address_copies_it(messages: MessageList, append: Append, say: Say) -> None:
    append(say(1, "see https://hearth.example/"))
    items = menu_of(messages, link="https://hearth.example/")
    next(item for item in items if item.label == "Copy web address").run()
    assert messages.clipboard_get() == "https://hearth.example/"


def test_the_menu_of_a_failed_message_can_retry_and_delete_it(
    messages: MessageList, append: Append, say: Say, told: Told
) -> None:
    append(say(1, state=SendState.FAILED, error="Too fast.", client_id="c-1"))
    items = menu_of(messages)
    for label in ("Send again", "Delete"):
        next(item for item in items if item.label == label).run()
    assert told.of("retry") == told.of("discard") == ["c-1"]


def test_the_right_button_opens_a_menu(root: Root, messages: MessageList, append: Append, say: Say) -> None:
    append(say(1))
    x, y = point_of(messages, "m1")
    messages.canvas.event_generate("<Button-3>", x=x, y=y)
    menus = [child for child in root.winfo_children() if isinstance(child, tkinter.Menu)]
    assert menus[0].entrycget(0, "label") == "Select all text"
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
    assert "Not sent. You write too fast." in "\n".join(texts_on(messages.canvas))
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
    assert "09:02" not in "\n".join(texts_on(messages.canvas))
    messages.canvas.event_generate("<Motion>", x=300, y=point_of(messages, "m2")[1])
    assert "09:02" in "\n".join(texts_on(messages.canvas))
    messages.canvas.event_generate("<Leave>")
    assert "09:02" not in "\n".join(texts_on(messages.canvas))
