"""Formatting in the text that is being written: signs around words, and lines of code."""

from client_app.core.markdown.writing import Sign, indentation, is_within_fences, with_sign
from client_app.desktop.editor import Editor


def put_sign(text: Editor, sign: Sign) -> None:
    """Put a sign around what is selected, or around the word at the cursor; or take it away. One step for undo."""
    whole = text.get("1.0", "end-1c")
    if text.tag_ranges("sel"):
        start, end = (text.offset(mark) for mark in ("sel.first", "sel.last"))
    else:
        start = end = text.offset("insert")
    edit = with_sign(whole, start, end, sign)
    text.edit_separator()
    text.replace(text.index_at(edit.start), text.index_at(edit.end), edit.text)
    text.edit_separator()
    text.tag_remove("sel", "1.0", "end")
    text.mark_set("insert", text.index_at(edit.last))
    if edit.first < edit.last:
        text.tag_add("sel", text.index_at(edit.first), text.index_at(edit.last))
    text.see("insert")


def is_in_code(text: Editor) -> bool:
    """Whether the cursor is within a block of code."""
    before = text.get("1.0", "insert")
    return ("```" in before or "~~~" in before) and is_within_fences(before, len(before))


def break_line(text: Editor) -> None:
    """Begin a new line, in code as far to the right as the one above."""
    before = text.get("1.0", "insert")
    if text.tag_ranges("sel"):
        text.delete("sel.first", "sel.last")
    text.insert("insert", "\n" + (indentation(before, len(before)) if is_in_code(text) else ""))
    text.see("insert")
