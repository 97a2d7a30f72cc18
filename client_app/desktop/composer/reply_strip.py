"""Above the text: whom it answers, whether that person is notified, and the way out."""

import tkinter
from collections.abc import Callable
from dataclasses import dataclass

from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, IconButton, Label


@dataclass(frozen=True, slots=True)
class Answered:
    """What the strip says."""

    words: str
    is_silent: bool = False
    """Whether its author is not notified."""
    has_ping: bool = True
    """Whether there is anybody to be notified: not for one's own messages."""


class ReplyStrip(Frame):
    """Shown while a message is being answered."""

    def __init__(self, master: tkinter.Misc, hush: Callable[[], object], end: Callable[[], object]) -> None:
        super().__init__(master, fg_color="transparent", height=28)
        self.answered: Answered | None = None
        """What it says; read only."""
        self._words = Label(self, "", role="small", text_color=pair("text_muted"), height=24)
        self.close_button = IconButton(
            self, "×", end, "Answer nothing (Esc)", width=24, height=24, text_color=pair("text_muted")
        )
        self.close_button.pack(side="right")
        self.ping_button = Button(self, "", hush, kind="quiet", width=56, height=24)
        self._words.pack(side="left", fill="x", expand=True)

    @property
    def words(self) -> str:
        """What it says; empty while it says nothing."""
        return self.answered.words if self.answered is not None else ""

    @property
    def ping(self) -> str:
        """What the switch says; empty where there is none."""
        return str(self.ping_button.cget("text")) if self.answered and self.answered.has_ping else ""

    def show(self, answered: Answered | None) -> None:
        """Say this; None says nothing."""
        self.answered = answered
        if answered is None:
            return
        self._words.configure(text=answered.words)
        state, color = ("Off", "text_muted") if answered.is_silent else ("On", "accent")
        self.ping_button.configure(text=f"@ {state}", text_color=pair(color))
        if answered.has_ping:
            self.ping_button.pack(side="right", padx=(Space.SMALL, 0), before=self._words)
        else:
            self.ping_button.pack_forget()
