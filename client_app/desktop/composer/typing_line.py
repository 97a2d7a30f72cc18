"""Who else is writing, below the composer: three dots that take turns, and a few words."""

import tkinter
from collections.abc import Sequence

from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label, Look, Root

DOTS, STEP = 3, 7
"""How many there are, and how many pixels lie between two of them."""
RADIUS, ROOM = 2.2, 14
TURN = 350
"""Milliseconds for which one of the dots is bright."""
LEAST_PAUSE = 500
"""Milliseconds between two changes of the words: who reads cannot follow faster."""


class TypingLine(Frame):
    """Says who writes; while nobody does, it is not there and does nothing."""

    def __init__(self, master: tkinter.Misc, root: Root) -> None:
        super().__init__(master, fg_color="transparent")
        self._root_window = root
        self._dots = tkinter.Canvas(self, highlightthickness=0, borderwidth=0)
        self._dots.pack(side="left", padx=(0, Space.SMALL))
        self._label = Label(self, "", role="small", text_color=pair("text_muted"), height=20)
        self._label.pack(side="left")
        self._wanted = self._said = ""
        self._turn = 0
        self._blink: str | None = None
        self._pause: str | None = None
        root.on_look(self, self._dress)

    @property
    def words(self) -> str:
        """What it says; empty while nobody writes."""
        return self._said

    def say(self, words: str) -> None:
        """Say this soon; at once where it said nothing for a while."""
        self._wanted = words
        if self._pause is None and words != self._said:
            self._change()

    def _change(self) -> None:
        self._pause = None
        if self._wanted == self._said:
            return
        was_there = bool(self._said)
        self._said = self._wanted
        self._label.configure(text=self._said)
        self._pause = self.after(LEAST_PAUSE, self._change)
        if self._said and not was_there:
            self.pack(side="left")
            self._next_turn()
        elif not self._said:
            self.pack_forget()
            self._stop()

    def _next_turn(self) -> None:
        palette = self._root_window.look.palette
        for dot in range(DOTS):
            color = palette.text if dot == self._turn % DOTS else palette.text_faint
            self._dots.itemconfigure(f"dot{dot}", fill=color)
        self._turn += 1
        self._blink = self.after(TURN, self._next_turn)

    def _stop(self) -> None:
        if self._blink is not None:
            self.after_cancel(self._blink)
            self._blink = None

    def _dress(self, look: Look) -> None:
        self._dots.delete("all")
        height = look.px(ROOM)
        width = look.px(STEP * DOTS)
        self._dots.configure(background=look.palette.surface, width=width, height=height)
        for dot in range(DOTS):
            x, y, radius = look.px(STEP * dot + STEP // 2 + 1), height // 2, look.px(RADIUS)
            box = (x - radius, y - radius, x + radius, y + radius)
            self._dots.create_oval(*box, width=0, fill=look.palette.text_faint, tags=f"dot{dot}")


def typing_words(names: Sequence[str]) -> str:
    """“alice is typing…”, “alice and bob are typing…”, “Several people are typing…”; empty where nobody is."""
    match [display_text(name) for name in names]:
        case []:
            return ""
        case [one]:
            return f"{one} is typing…"
        case [one, other]:
            return f"{one} and {other} are typing…"
    return "Several people are typing…"
