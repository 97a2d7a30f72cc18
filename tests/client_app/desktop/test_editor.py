"""Text that is being written: emoji are pictures in it, and whatever is done with it, it stays what people wrote."""

import random

import pytest

from client_app.core.markdown.writing import Sign
from client_app.desktop.composer.formatting import put_sign
from client_app.desktop.editor import Editor
from client_app.desktop.emoji import EmojiImages
from client_app.desktop.toolkit import Root

FAMILY, THUMB, FLAG, HEART = "👨‍👩‍👧‍👦", "👍🏽", "🇩🇪", "❤️"


@pytest.fixture
def editor(root: Root) -> Editor:
    found = Editor(root, root, font=Root.font_name("body"), width=40, height=5)
    found.pack()
    found.focus_force()
    root.update()
    return found


def written(editor: Editor) -> str:
    return editor.get("1.0", "end-1c")


def press(editor: Editor, *keys: str) -> None:
    for key in keys:
        editor.event_generate(f"<{key}>" if not key.startswith("<") else key)
        editor.update()


def has_font(root: Root) -> bool:
    return root.only(EmojiImages).has("😀")


def test_emoji_are_pictures_and_are_read_as_they_were_written(root: Root, editor: Editor) -> None:
    text = f"a{THUMB}b\n𝔸 नमस्ते {FAMILY}{FLAG} 1️⃣!"
    editor.insert("1.0", text)
    assert written(editor) == text
    assert editor.get("1.1", "1.2") == (THUMB if has_font(root) else "👍")
    assert len(editor.image_names()) == (4 if has_font(root) else 0)
    assert [editor.offset(editor.index_at(place)) for place in (0, 1, len("a" + THUMB))] == [0, 1, len("a" + THUMB)]
    root.set_zoom(1.5)
    assert written(editor) == text
    root.set_zoom(1.0)


def test_the_arrows_and_both_ways_of_deleting_take_whole_letters(root: Root, editor: Editor) -> None:
    editor.insert("1.0", f"{FAMILY}𝔸नमस्ते")
    editor.mark_set("insert", "end-1c")
    press(editor, "Left")
    assert written(editor)[editor.offset("insert") :] == "स्ते"
    press(editor, "Left", "Left", "Left")
    assert written(editor)[: editor.offset("insert")] == FAMILY
    press(editor, "Delete")
    assert written(editor) == f"{FAMILY}नमस्ते"
    if has_font(root):
        press(editor, "BackSpace")
        assert written(editor) == "नमस्ते"
    editor.delete("1.0", "end")
    editor.insert("1.0", "x𝔸")
    press(editor, "BackSpace")
    assert written(editor) == "x"


def test_a_selection_never_ends_within_a_letter(editor: Editor) -> None:
    editor.insert("1.0", "a𝔸ते")
    editor.tag_add("sel", "1.0", "1.2")
    assert editor.get("sel.first", "sel.last") == "a𝔸"
    editor.tag_remove("sel", "1.0", "end")
    editor.tag_add("sel", "1.4", "1.5")
    assert editor.get("sel.first", "sel.last") == "ते"


def test_copying_cutting_and_pasting_give_the_text_back(root: Root, editor: Editor) -> None:
    editor.insert("1.0", f"go {THUMB} {FAMILY}")
    editor.tag_add("sel", "1.0", "end-1c")
    root.update()
    assert root.selection_get() == f"go {THUMB} {FAMILY}"
    press(editor, "<<Copy>>")
    assert root.clipboard_get() == f"go {THUMB} {FAMILY}"
    press(editor, "<<Cut>>")
    assert written(editor) == ""
    press(editor, "<<Copy>>")
    press(editor, "<<Paste>>", "<<Paste>>")
    assert written(editor) == 2 * f"go {THUMB} {FAMILY}"


def test_what_is_typed_behind_an_emoji_may_change_it(root: Root, editor: Editor) -> None:
    for part in ("👨", "\u200d", "👩", "\u200d", "👧", "\u200d", "👦", "x", "🇩", "🇪", "👍", "🏽"):
        editor.insert("insert", part)
    assert written(editor) == f"{FAMILY}x{FLAG}{THUMB}"
    assert editor.offset("insert") == len(written(editor))
    assert len(editor.image_names()) == (3 if has_font(root) else 0)


def test_steps_are_undone_and_done_again_with_their_emoji(editor: Editor) -> None:
    editor.insert("insert", "one ")
    editor.insert("insert", THUMB)
    editor.edit_separator()
    editor.insert("insert", " two")
    press(editor, "BackSpace")
    seen = [written(editor)]
    for _step in range(4):
        press(editor, "<<Undo>>")
        seen.append(written(editor))
    assert seen == [f"one {THUMB} tw", f"one {THUMB} two", f"one {THUMB}", "", ""]
    press(editor, "<<Redo>>", "<<Redo>>")
    assert written(editor) == f"one {THUMB} two"
    editor.edit_reset()
    press(editor, "<<Undo>>")
    assert written(editor) == f"one {THUMB} two"


def test_signs_are_put_around_the_words_that_are_meant_whatever_stands_before_them(editor: Editor) -> None:
    editor.insert("1.0", f"{FAMILY} 𝔸 one two")
    editor.tag_add("sel", editor.index_at(len(f"{FAMILY} 𝔸 ")), editor.index_at(len(f"{FAMILY} 𝔸 one")))
    put_sign(editor, Sign.BOLD)
    assert written(editor) == f"{FAMILY} 𝔸 **one** two"
    press(editor, "<<Undo>>")
    assert written(editor) == f"{FAMILY} 𝔸 one two"


def test_whatever_is_done_nothing_is_lost(editor: Editor) -> None:
    """The same changes to the widget and to a string of Python's come to the same."""
    chance = random.Random(7)
    letters = ["a", " ", "\n", "\n𝔸𝔸", "é", "𝔸", "न", "ते", FAMILY, THUMB, FLAG, HEART, "✈", "[exit]", "{", "\\", "$x"]
    text = ""
    for _step in range(150):
        # Where no letter of several characters is cut: what happens within one is tested above.
        places = [place for place in range(len(text) + 1) if editor.offset(editor.index_at(place)) == place]
        first, last = sorted(chance.choices(places, k=2))
        added = "".join(chance.choices(letters, k=chance.randrange(3)))
        if chance.random() < 0.3:
            first = last
        start, end = editor.index_at(first), editor.index_at(last)
        editor.replace(start, end, added)
        text = text[:first] + added + text[last:]
        assert written(editor) == text
        if chance.random() < 0.2:
            editor.edit_undo()
            editor.edit_redo()
            assert written(editor) == text


def test_one_that_cannot_be_written_in_stays_as_it_is(editor: Editor) -> None:
    editor.insert("1.0", THUMB)
    editor.configure(state="disabled")
    editor.insert("1.0", "x")
    editor.delete("1.0", "end")
    assert written(editor) == THUMB


def test_what_tk_cannot_be_told_of_takes_nothing_else_with_it(editor: Editor) -> None:
    editor.insert("1.0", "nul \x00 here, half \ud83d there")
    assert written(editor) == "nul  here, half  there"
