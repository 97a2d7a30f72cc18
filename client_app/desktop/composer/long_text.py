"""A long text that was pasted: offered to be sent as a file, above the text; nothing of it is lost either way."""

import tkinter
from collections.abc import Callable

from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label
from shared.limits import MAX_BODY

MANY_CHARACTERS, MANY_LINES = 2_000, 40
"""From so many on, a text that was pasted is more of a document than of a message."""
FILE_NAME = "message.txt"
SEND_AS_FILE, KEEP_AS_TEXT = "Send as a file", "Keep as text"


def is_long(text: str) -> bool:
    """Whether a text that was pasted might better be a file."""
    return len(text) > MANY_CHARACTERS or text.count("\n") >= MANY_LINES


def offer_words(pasted: str, whole: str) -> str:
    """What is offered, and why."""
    if len(whole.strip()) > MAX_BODY:
        return f"That is too long for a message, which has at most {MAX_BODY:,} characters."
    lines = pasted.count("\n") + 1
    return f"That is long: {len(pasted):,} characters" + (f" in {lines:,} lines." if lines > 1 else ".")


class LongTextOffer(Frame):
    """A sentence and two buttons."""

    def __init__(self, master: tkinter.Misc, send: Callable[[], object], keep: Callable[[], object]) -> None:
        super().__init__(master, fg_color="transparent", height=36)
        self.words = ""
        """What it says; read only."""
        self.is_needed = False
        """Whether the text cannot be sent in any other way."""
        self._label = Label(self, "", role="small", text_color=pair("text_muted"), height=30)
        self.keep_button = Button(self, KEEP_AS_TEXT, keep, kind="quiet", height=30)
        self.send_button = Button(self, SEND_AS_FILE, send, kind="secondary", height=30)
        self.keep_button.pack(side="right", pady=(0, Space.TIGHT))
        self.send_button.pack(side="right", padx=(Space.SMALL, Space.TIGHT), pady=(0, Space.TIGHT))
        self._label.pack(side="left", fill="x", expand=True)

    def show(self, words: str, *, is_needed: bool) -> None:
        """Say this; empty says nothing."""
        self.words, self.is_needed = words, is_needed
        self._label.configure(text=words)
        self.send_button.configure(
            fg_color=pair("accent" if is_needed else "selected"),
            hover_color=pair("accent_hover" if is_needed else "border"),
            text_color=pair("on_accent" if is_needed else "text"),
        )
