"""A strip above the composer while the server cannot be reached; a drop that heals at once shows nothing."""

import math
import time
import tkinter
from collections.abc import Callable

from client_app.core.signals import Phase, StatusChanged
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, Root

SHOWN_AFTER = 3000
"""Milliseconds of drop before anything is said: a restart of the server passes unseen."""
SOON = 2
"""Seconds below which no number is counted down."""
KEPT = "What you write is kept and goes out as soon as the connection is back."
LEAST_WIDTH = 240


class Banner(Frame):
    """Packs itself where `place` says, and takes itself away; `on_change` hears of both."""

    def __init__(
        self,
        master: tkinter.Misc,
        root: Root,
        on_retry: Callable[[], None],
        place: Callable[[Frame], None],
        on_change: Callable[[], None] = lambda: None,
        *,
        shown_after: int = SHOWN_AFTER,
    ) -> None:
        super().__init__(master, fg_color=pair("banner"))
        self._root_window, self._place, self._on_change = root, place, on_change
        self.shown_after = shown_after
        """Milliseconds of drop before anything is said."""
        self.is_shown = False
        """Whether the person is told that the connection is lost."""
        self.is_down = False
        """Whether the connection is lost, said or not."""
        self._was_online = False
        self._reason = ""
        self._retry_at: float | None = None
        self._timer: str | None = None
        self.button = Button(self, "Try now", on_retry, kind="secondary", height=32)
        self.button.pack(side="right", padx=Space.LARGE, pady=Space.SMALL)
        self._words = Frame(self, fg_color="transparent")
        self._words.pack(side="left", fill="both", expand=True, padx=(Space.LARGE, 0), pady=Space.SMALL)
        self._sentence = self._line("row_bold")
        self._detail = self._line("small")
        self._words.bind("<Configure>", lambda _event: self._wrap())

    @property
    def sentence(self) -> str:
        """What it says; empty while it is not shown."""
        return str(self._sentence.cget("text")) if self.is_shown else ""

    @property
    def detail(self) -> str:
        """Why, and what becomes of what is written; empty while it is not shown."""
        return str(self._detail.cget("text")) if self.is_shown else ""

    def follow(self, status: StatusChanged) -> None:
        """The client's standing changed."""
        if status.phase is not Phase.RECONNECTING:
            self._was_online = status.phase is Phase.ONLINE
            self._hide()
            return
        # An attempt under way says nothing of its own.
        self._reason = _first_sentence(status.reason) or self._reason
        self._retry_at = None if status.retry_in is None else time.monotonic() + status.retry_in
        if not self.is_down:
            self.is_down = True
            self._timer = self.after(self.shown_after, self._show)
        elif self.is_shown:
            self._tell()

    def _line(self, role: str) -> Label:
        label = Label(self._words, "", role=role, text_color=pair("on_banner"), height=18, justify="left")
        label.pack(fill="x")
        return label

    def _show(self) -> None:
        self.is_shown = True
        self._place(self)
        self._tell()
        self._on_change()

    def _hide(self) -> None:
        was_shown = self.is_shown
        self.is_down = self.is_shown = False
        self._reason = ""
        self._cancel_timer()
        self.pack_forget()
        if was_shown:
            self._on_change()

    def _tell(self) -> None:
        """Say how long it will take, anew each second."""
        self._cancel_timer()
        state = "Connection lost." if self._was_online else "You are offline."
        self._sentence.configure(text=f"{state} {self._prospect()}")
        self._detail.configure(text=f"{self._reason} {KEPT}".strip())
        self._timer = self.after(1000, self._tell)

    def _prospect(self) -> str:
        if self._retry_at is None:
            return "Trying again now…"
        seconds = math.ceil(self._retry_at - time.monotonic())
        return f"Trying again in {seconds} seconds." if seconds >= SOON else "Trying again soon…"

    def _wrap(self) -> None:
        """Break the lines where the strip is narrow."""
        width = max(int(self._words.winfo_width() / self._root_window.look.scale), LEAST_WIDTH)
        for label in (self._sentence, self._detail):
            if int(label.cget("wraplength")) != width:
                label.configure(wraplength=width)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None


def _first_sentence(text: str) -> str:
    """Why; what may follow is advice for whoever types an address."""
    first, point, _rest = text.partition(". ")
    return first + point.strip()
