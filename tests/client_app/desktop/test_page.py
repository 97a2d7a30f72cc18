"""Scripts that Tk cannot set are seen while one types as they will look, and all that one does with them goes on."""

import random

import pytest

from client_app.desktop.editor import Editor
from client_app.desktop.editor.layout import Layout
from client_app.desktop.text import Typesetter
from client_app.desktop.toolkit import Root

from .painted import texts_on

HEBREW = "שלום עולם"
WORDS = (
    "שלום",
    "مرحبا",
    "hello",
    "नमस्ते",
    "สวัสดีชาวโลก",
    "👨‍👩‍👧",
    "12,5",
    "(x)",
    "\u202e",
    "\n",
    "\n\n",
    "@bob",
    "w" * 30,
)


@pytest.fixture
def editor(root: Root) -> Editor:
    found = Editor(root, root, font=Root.font_name("body"), width=30, height=4, wrap="word")
    found.pack()
    found.focus_force()
    root.update()
    return found


def press(editor: Editor, *keys: str) -> None:
    for key in keys:
        editor.event_generate(f"<{key}>")
        editor.update()


def click(editor: Editor, place: int, *, event: str = "Button-1") -> None:
    page = editor.page
    number = page.layout.row_at(place)
    page.event_generate(f"<{event}>", x=page.x_of(place), y=number * page.pitch + 5)
    page.update()


def test_what_was_typed_last_is_laid_out_as_if_all_of_it_were(root: Root) -> None:
    typesetter, draw = root.only(Typesetter), random.Random(7)
    for width in (90, 300):
        layout, text = Layout(typesetter, "body", wraps=True), ""
        for _step in range(120):
            place = draw.randrange(len(text) + 1)
            if draw.random() < 0.3:
                text = text[:place] + text[place + draw.randrange(12) :]
            else:
                text = text[:place] + draw.choice(WORDS) + draw.choice((" ", "")) + text[place:]
            layout.lay_out(text, width)
            fresh = Layout(typesetter, "body", wraps=True)
            fresh.lay_out(text, width)
            seen, wanted = (
                [(row.start, row.end, row.is_rtl, row.line.width) for row in each.rows] for each in (layout, fresh)
            )
            assert seen == wanted, ascii(text)
            assert [row.start for row in layout.rows[1:]] == [
                row.end + (text[row.end : row.end + 1] == "\n") for row in layout.rows[:-1]
            ]


def test_the_page_is_there_while_tk_could_not_set_the_text_which_stays_as_it_was_typed(editor: Editor) -> None:
    editor.insert("1.0", "hello 👍")
    editor.update()
    assert not editor.page.winfo_ismapped()
    typed = f" {HEBREW} नमस्ते (:wave:) 👍🏽"
    editor.edit_separator()
    for letter in typed:
        editor.insert("insert", letter)
    editor.update()
    assert editor.page.winfo_ismapped()
    assert editor.counted.whole() == f"hello 👍{typed}"
    editor.tag_add("sel", "1.0", "end-1c")
    press(editor, "<Copy>")
    assert editor.clipboard_get() == f"hello 👍{typed}"
    press(editor, "<Undo>")
    assert editor.counted.whole() == "hello 👍"
    assert not editor.page.winfo_ismapped()
    press(editor, "<Redo>")
    assert editor.counted.whole() == f"hello 👍{typed}"
    assert editor.page.winfo_ismapped()


def test_letters_from_right_to_left_stand_at_the_right_and_the_cursor_behind_the_last_of_them(editor: Editor) -> None:
    editor.insert("1.0", HEBREW)
    editor.update()
    page = editor.page
    assert 0 <= page.winfo_width() - page.x_of(0) < 10
    places = [page.x_of(place) for place in range(len(HEBREW) + 1)]
    assert places == sorted(places, reverse=True)
    left, _top, _right, _bottom = page.bbox("caret")
    assert abs(left - places[-1]) <= 2
    assert {editor.page.place_under(x, 5) for x in places} == set(range(len(HEBREW) + 1))


def test_the_cursor_stands_on_the_side_of_an_emoji_that_is_behind_it_for_readers(editor: Editor) -> None:
    editor.insert("1.0", "שלום 👍 ")
    editor.update()
    places = [editor.page.x_of(place) for place in range(len("שלום 👍 ") + 1)]
    assert places == sorted(set(places), reverse=True)
    assert editor.page.place_under(places[6] + 2, 5) == 6
    assert editor.page.place_under(places[5] - 2, 5) == 5


def test_arrows_go_where_they_point_and_from_row_to_row(editor: Editor) -> None:
    editor.insert("1.0", f"{HEBREW}\n{'hello there ' * 6}\nन")
    editor.mark_set("insert", "1.0")
    editor.update()
    press(editor, "Left", "Left")
    assert editor.counted.place() == 2
    press(editor, "Right", "Control-Left", "Shift-Left")
    assert editor.counted.place() == 6
    assert editor.counted.selected() == (5, 6)
    press(editor, "Shift-Right", "Home")
    assert (editor.counted.place(), editor.counted.selected()) == (0, (0, 0))
    press(editor, "End", "Right", "Left", "Down")
    rows = editor.page.layout.rows
    assert rows[1].start <= editor.counted.place() < rows[1].end
    press(editor, "End", "Right")
    assert editor.counted.place() == rows[2].start
    press(editor, *["Down"] * len(rows))
    assert editor.counted.place() == len(editor.counted.whole())
    press(editor, *["Shift-Up"] * len(rows))
    assert editor.counted.selected() == (0, len(editor.counted.whole()))


def test_the_mouse_puts_the_cursor_selects_and_takes_words(root: Root, editor: Editor) -> None:
    editor.insert("1.0", f"one {HEBREW} two")
    editor.update()
    click(editor, 6)
    assert editor.counted.place() == 6
    click(editor, 13, event="B1-Motion")
    assert editor.counted.selected() == (6, 13)
    assert root.selection_get() == f"one {HEBREW} two"[6:13]
    assert editor.page.bbox("selected") is not None
    click(editor, 2, event="B1-Motion")
    assert editor.counted.selected() == (2, 6)
    click(editor, 9, event="Shift-Button-1")
    assert editor.counted.selected() == (6, 9)
    editor.counted.select(*editor.counted.word_at(5))
    assert editor.get("sel.first", "sel.last") == "שלום"
    editor.delete("sel.first", "sel.last")
    root.update()
    assert editor.counted.whole() == "one  עולם two"


def test_the_cursor_stays_in_sight_and_the_wheel_moves_without_it(editor: Editor) -> None:
    editor.insert("1.0", "\n".join(f"नमस्ते {number}" for number in range(30)))
    editor.update()
    assert editor.page.count == 30
    assert "29" in " ".join(texts_on(editor.page))
    press(editor, *["Button-4"] * 2)
    place = editor.counted.place()
    for _notch in range(40):
        editor.page.event_generate("<Button-4>")
    editor.update()
    assert "0" in " ".join(texts_on(editor.page)).split()
    assert editor.counted.place() == place
    editor.insert("insert", "x")
    editor.update()
    assert "29x" in " ".join(texts_on(editor.page))
