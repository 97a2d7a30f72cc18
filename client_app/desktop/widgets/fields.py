"""A field with its name above it and a sentence below it when something is wrong with what was typed."""

import tkinter
from collections.abc import Callable

from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Entry, Frame, Label

from .text_line import TextLine


class LabelledEntry(Frame):
    """One line to type into. Typing takes a complaint away."""

    def __init__(
        self, master: tkinter.Misc, label: str, *, hint: str = "", is_secret: bool = False, is_code: bool = False
    ) -> None:
        """A secret is shown as dots; what `is_code` is a number or an address, and no text of people."""
        super().__init__(master, fg_color="transparent")
        self.grid_columnconfigure(0, weight=1)
        Label(self, label, role="small_bold", text_color=pair("text_muted"), height=18).grid(
            row=0, column=0, sticky="w", pady=(0, Space.TIGHT)
        )
        self.entry: Entry | TextLine
        if is_secret or is_code:
            self.entry = Entry(self, show="•" if is_secret else "", placeholder_text=hint or None)
        else:
            self.entry = TextLine(self, placeholder_text=hint)
        self.entry.grid(row=1, column=0, sticky="ew")
        self._sentence = Label(self, "", role="small", text_color=pair("danger"), justify="left", height=18)
        self._is_secret = is_secret
        self.entry.bind("<Key>", self._on_key, add="+")

    def get(self) -> str:
        """What is typed."""
        return str(self.entry.get())

    def set(self, text: str) -> None:
        """Put this in the place of what is typed."""
        self.entry.set(text)

    def focus_set(self) -> None:
        """Take the keyboard, with the text selected: what is typed next replaces it."""
        self.entry.focus_set()
        if self.get():
            self.entry.select_all()

    def complain(self, sentence: str, wraplength: int = 360) -> None:
        """Say what is wrong; an empty sentence takes it back."""
        if sentence:
            self._sentence.configure(text=sentence, wraplength=wraplength)
            self._sentence.grid(row=2, column=0, sticky="ew", pady=(Space.TIGHT, 0))
            self.entry.configure(border_color=pair("danger"))
        elif self.complaint:
            self._sentence.configure(text="")
            self._sentence.grid_remove()
            self.entry.configure(border_color=pair("border"))

    @property
    def complaint(self) -> str:
        """What is said to be wrong at the moment."""
        return str(self._sentence.cget("text"))

    def reveal(self, is_revealed: bool) -> None:
        """Show a secret's letters, or dots again."""
        if self._is_secret:
            self.entry.configure(show="" if is_revealed else "•")

    def on_return(self, act: Callable[[], object]) -> None:
        """Do this when Return is pressed in the field."""
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda _event: act(), add="+")

    def _on_key(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if (event.char and event.char.isprintable()) or event.keysym in {"BackSpace", "Delete"}:
            self.complain("")
