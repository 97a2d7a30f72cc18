"""One line to type into: emoji are pictures in it, and everything else is as in any field."""

import tkinter

import pytest

from client_app.desktop.emoji import EmojiImages
from client_app.desktop.theme import pair
from client_app.desktop.toolkit import Dialog, Entry, Root
from client_app.desktop.widgets.fields import LabelledEntry
from client_app.desktop.widgets.text_line import TextLine

LUNCH = "🍽️ lunch 👨‍👩‍👧‍👦"


@pytest.fixture
def line(root: Root) -> TextLine:
    found = TextLine(root, placeholder_text="What is it?", textvariable=tkinter.StringVar(root, name="typed"))
    found.pack(fill="x")
    found.editor.focus_force()
    root.update()
    return found


def press(line: TextLine, *keys: str) -> None:
    for key in keys:
        line.editor.event_generate(f"<{key}>")
        line.update()


def test_it_draws_emoji_and_tells_what_was_typed_at_once(root: Root, line: TextLine) -> None:
    hint = line.editor.winfo_children()[-1]
    assert hint.winfo_ismapped()
    line.editor.insert("insert", LUNCH)
    assert line.get() == root.getvar("typed") == LUNCH
    assert len(line.editor.image_names()) == (2 if root.only(EmojiImages).has("😀") else 0)
    root.update()
    assert not hint.winfo_ismapped()
    root.setvar("typed", "שלום")
    root.update()
    assert line.get() == "שלום"
    assert line.editor.page.winfo_ismapped()
    press(line, "Control-a", "BackSpace")
    assert (line.get(), root.getvar("typed")) == ("", "")
    assert hint.winfo_ismapped()


def test_it_stays_one_line_whatever_is_pasted_and_pressed(root: Root, line: TextLine) -> None:
    root.clipboard_clear()
    root.clipboard_append("one\r\ntwo\nthree\n")
    press(line, "<Paste>")
    assert line.get() == "one two three"
    line.select_all()
    press(line, "Return", "KP_Enter", "Shift-Return", "Up", "Down", "Control-o", "Control-i", "Escape")
    assert line.get() == "one two three"
    press(line, "<Undo>", "<Redo>")
    assert line.get() == "one two three"


def test_tab_comes_to_it_with_all_selected_and_leaves_it(root: Root, line: TextLine) -> None:
    line.set("old")
    after = Entry(root)
    after.pack()
    root.update()
    press(line, "Tab")
    assert root.focus_get() is after._entry
    assert line.cget("border_color") == pair("border")
    after._entry.event_generate("<<PrevWindow>>")
    root.update()
    assert root.focus_get() is line.editor
    assert line.cget("border_color") == pair("focus")
    line.editor.event_generate("<Key>", keysym="n")
    assert line.get() == "n"
    line.configure(state="disabled")
    line.editor.event_generate("<Key>", keysym="o")
    assert (line.get(), line.cget("state")) == ("n", "disabled")


def test_return_confirms_the_dialog_in_which_it_stands_with_what_was_typed(root: Root) -> None:
    taken: list[str] = []

    def take() -> bool:
        taken.append(field.get())
        return True

    dialog = Dialog(root, "Name", on_confirm=take)
    field = LabelledEntry(dialog.body, "Name", hint="plans")
    field.pack(fill="x")
    field.set(LUNCH)
    dialog.open(field)
    dialog.update()
    field.complain("Not so.")
    field.entry.editor.event_generate("<Key>", keysym="x")
    dialog.update()
    assert (field.get(), field.complaint) == ("x", "")
    field.entry.editor.event_generate("<Return>")
    assert taken == ["x"]
    assert not dialog.winfo_exists()


def test_the_end_of_a_long_line_is_seen_while_one_types(root: Root, line: TextLine) -> None:
    line.set("नमस्ते " * 60)
    root.update()
    left, _top, right, _bottom = line.editor.page.bbox("caret")
    assert 0 <= left < right <= line.editor.winfo_width()
    press(line, "Home")
    left, _top, _right, _bottom = line.editor.page.bbox("caret")
    assert left < 10


def test_it_goes_with_its_dialog_and_hears_of_nothing_afterwards(root: Root, line: TextLine) -> None:
    line.destroy()
    root.setvar("typed", "later")
    root.set_appearance("light")
    root.set_appearance("dark")
    root.update()
