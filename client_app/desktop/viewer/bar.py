"""Above the picture: what it is, who showed it when, and what can be done with it."""

import tkinter
from collections.abc import Callable, Mapping

from client_app.desktop.keys import only
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label

from .album import Seen

HEIGHT = 56


class Bar(Frame):
    """Its buttons are walked through with Tab, from and to the picture; Escape closes from each of them."""

    def __init__(self, master: tkinter.Misc, commands: Mapping[str, Callable[[], object]]) -> None:
        """`commands` by what the buttons say, from the left."""
        super().__init__(master, fg_color=pair("raised"), height=HEIGHT)
        self.buttons = {
            label: Button(self, label, command, kind="secondary", height=34, width=70)
            for label, command in commands.items()
        }
        for button in reversed(self.buttons.values()):
            button.pack(side="right", padx=(0, Space.SMALL), pady=Space.SMALL)
        words = Frame(self, fg_color="transparent")
        words.pack(side="left", fill="x", expand=True, padx=Space.MEDIUM, pady=Space.TIGHT)
        self._name = Label(words, "", role="row_bold", height=20)
        self._name.pack(fill="x")
        self._told = Label(words, "", role="small", text_color=pair("text_muted"), height=18)
        self._told.pack(fill="x")

    def show(self, seen: Seen, number: int, count: int) -> None:
        """Say what is looked at, the how manyth of how many."""
        self._name.configure(text=display_text(seen.attachment.name))
        place = f"{number} of {count} · " if count > 1 else ""
        self._told.configure(text=place + display_text(seen.told))

    def join(self, canvas: tkinter.Canvas, close: Callable[[], object]) -> None:
        """Let Tab lead from the picture to the buttons, and from the last of them back."""
        first, *_, last = self.buttons.values()
        canvas.bind("<Tab>", only(first.focus_set))
        last.bind("<Tab>", only(canvas.focus_set))
        for button in self.buttons.values():
            button.bind("<Escape>", only(close))
