"""Formatting in the text that is being written: signs around words, and lines of code."""

import tkinter

from client_app.core.markdown.writing import Sign, indentation, is_within_fences, with_sign


def put_sign(text: tkinter.Text, sign: Sign) -> None:
    """Put a sign around what is selected, or around the word at the cursor; or take it away. One step for undo."""
    whole = text.get("1.0", "end-1c")
    if text.tag_ranges("sel"):
        start, end = (_offset(text, mark) for mark in ("sel.first", "sel.last"))
    else:
        start = end = _offset(text, "insert")
    edit = with_sign(whole, start, end, sign)
    text.edit_separator()
    text.replace(_index(edit.start), _index(edit.end), edit.text)
    text.edit_separator()
    text.tag_remove("sel", "1.0", "end")
    text.mark_set("insert", _index(edit.last))
    if edit.first < edit.last:
        text.tag_add("sel", _index(edit.first), _index(edit.last))
    text.see("insert")


def is_in_code(text: tkinter.Text) -> bool:
    """Whether the cursor is within a block of code."""
    before = text.get("1.0", "insert")
    return ("```" in before or "~~~" in before) and is_within_fences(before, len(before))


def break_line(text: tkinter.Text) -> None:
    """Begin a new line, in code as far to the right as the one above."""
    before = text.get("1.0", "insert")
    if text.tag_ranges("sel"):
        text.delete("sel.first", "sel.last")
    text.insert("insert", "\n" + (indentation(before, len(before)) if is_in_code(text) else ""))
    text.see("insert")


def _offset(text: tkinter.Text, mark: str) -> int:
    return len(text.get("1.0", mark))


def _index(offset: int) -> str:
    return f"1.0 + {offset} chars"
