"""Labels of the toolkit show what people wrote, with emoji as pictures, and what they say can still be read."""

import tkinter

import pytest

from client_app.desktop.emoji import EmojiImages
from client_app.desktop.text import display_text, plain_text
from client_app.desktop.text.labels import draw_words
from client_app.desktop.toolkit import Dialog, Label, Root

from .painted import texts_on

WORDS = "Archive #plans 🎉 for नमस्ते?"


@pytest.fixture
def drawing_root(root: Root) -> Root:
    draw_words(root)
    return root


def overlays(label: Label) -> list[tkinter.Canvas]:
    return [child for child in label._label.winfo_children() if isinstance(child, tkinter.Canvas)]


def test_emoji_are_pictures_in_a_label_and_it_says_what_it_was_told(drawing_root: Root) -> None:
    label = Label(drawing_root, WORDS, role="title")
    label.pack(anchor="w")
    drawing_root.update()
    (canvas,) = overlays(label)
    assert label.cget("text") == WORDS
    drawn = "".join(texts_on(canvas))
    assert drawn.startswith("Archive #plans ")
    assert "🎉" not in drawn
    assert "…" not in drawn
    if drawing_root.only(EmojiImages).has("🎉"):
        assert ":tada:" not in drawn
    # All of the label, and in its colours when they change.
    assert (canvas.winfo_width(), canvas.winfo_height()) == (label._label.winfo_width(), label._label.winfo_height())
    drawing_root.set_appearance("light")
    drawing_root.update()
    assert str(canvas.cget("background")) == str(label._label.cget("background"))
    drawing_root.set_appearance("dark")


def test_a_label_that_says_something_plain_again_is_tks_own(drawing_root: Root) -> None:
    label = Label(drawing_root, WORDS)
    label.pack()
    label.configure(text="plain")
    drawing_root.update()
    assert overlays(label) == []
    assert str(label._label.cget("text")) == "plain"


def test_what_wraps_takes_the_lines_it_needs_and_clicks_arrive(drawing_root: Root) -> None:
    clicks: list[str] = []
    label = Label(drawing_root, WORDS * 6, wraplength=200, justify="left")
    label.bind("<Button-1>", lambda _event: clicks.append("click"))
    label.pack()
    drawing_root.update()
    (canvas,) = overlays(label)
    assert canvas.winfo_height() > 4 * drawing_root.px(14)
    canvas.event_generate("<Button-1>", x=3, y=3)
    assert clicks == ["click"]


def test_a_dialogs_heading_has_emoji_and_its_title_for_the_system_has_what_the_system_reads(
    drawing_root: Root,
) -> None:
    dialog = Dialog(drawing_root, WORDS)
    assert dialog.title() == "Archive #plans  for नमस्ते?"
    dialog.destroy()


def test_text_is_safe_wherever_tk_draws_it() -> None:
    assert display_text("plain") == plain_text("plain") == "plain"
    assert display_text("party 🎉\nnow\u202e\x00\ud800") == "party 🎉 now"
    assert plain_text("party 🎉\nnow\u202e\x00\ud800") == "party :tada: now"
