"""The bar over the messages that tells how many are new, while the line above the first of them is out of view."""

import tkinter
from collections.abc import Callable

from client_app.core.timeline.new_line import New
from client_app.core.world.clock import now
from client_app.desktop.message_list import MessageList
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label
from client_app.desktop.words.moments import short_moment
from shared.types import Seq

HEIGHT = 34
FEW = 4
"""Rows in which a message must come: the beginning, a day and what is new have rows of their own."""


class NewBar(Frame):
    """Lies over the upper edge of the messages; `on_go` and `on_read` are what a click on it does."""

    def __init__(self, master: tkinter.Misc, on_go: Callable[[], object], on_read: Callable[[], object]) -> None:
        super().__init__(master, fg_color=pair("accent"), height=HEIGHT, corner_radius=0)
        self.pack_propagate(False)
        self._new: New | None = None
        self.button = Button(self, "Mark as read", on_read, height=HEIGHT, corner_radius=0)
        self.button.pack(side="right", padx=(0, Space.MEDIUM))
        self.label = Label(self, "", role="small_bold", text_color=pair("on_accent"), cursor="hand2")
        self.label.pack(side="left", fill="both", expand=True, padx=(Space.LARGE, Space.SMALL))
        for widget in (self, self.label):
            widget.bind("<Button-1>", lambda _event: on_go())

    def follow(self, new: New | None, messages: MessageList) -> None:
        """Tell of these where they begin above what is in view."""
        is_above = new is not None and _first_in_view(messages) > new.first_seq
        self._show(new if is_above else None)

    def _show(self, new: New | None) -> None:
        if new == self._new:
            return
        self._new = new
        if new is None:
            self.place_forget()
            return
        self.label.configure(text=new_words(new))
        self.place(x=0, y=0, relwidth=1.0)
        tkinter.Misc.tkraise(self)

    @property
    def words(self) -> str:
        """What it says; empty while it is not there."""
        return str(self.label.cget("text")) if self._new is not None else ""


def _first_in_view(messages: MessageList) -> Seq:
    """The first message of which a part is in view; 0 where there is none."""
    index = messages.viewport.index
    return next((each.seq for each in messages.entries[index : index + FEW] if each.seq), 0)


def new_words(new: New) -> str:
    """“3 new messages since 14:05”."""
    count = f"{new.count:,} new messages" if new.count > 1 else "One new message"
    if new.since is None:
        return count
    return f"{count} since {short_moment(new.since, now())}"
