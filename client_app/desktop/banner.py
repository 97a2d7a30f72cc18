"""A strip above the composer while the server cannot be reached; a drop that heals at once shows nothing."""

import time
import tkinter
from collections.abc import Callable

from client_app.core.signals import Phase, StatusChanged
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label

SHOWN_AFTER = 3000
"""Milliseconds of drop before anything is said: below that it would only flicker."""
SOON = 5
"""Seconds below which no number is counted down."""


class Banner(Frame):
    """Packs itself where `place` says, and takes itself away."""

    def __init__(
        self,
        master: tkinter.Misc,
        on_retry: Callable[[], None],
        place: Callable[[Frame], None],
        *,
        shown_after: int = SHOWN_AFTER,
    ) -> None:
        super().__init__(master, fg_color=pair("banner"))
        self._place = place
        self.shown_after = shown_after
        """Milliseconds of drop before anything is said."""
        self._is_shown = False
        self.is_down = False
        """Whether the connection is lost, said or not."""
        self._retry_at: float | None = None
        self._timer: str | None = None
        words = Frame(self, fg_color="transparent")
        words.pack(side="left", fill="both", expand=True, padx=Space.LARGE, pady=Space.SMALL)
        self._sentence = Label(words, "", role="row_bold", text_color=pair("on_banner"), height=20)
        self._sentence.pack(fill="x")
        Label(
            words,
            "What you write is kept and goes out as soon as the connection is back.",
            role="small",
            text_color=pair("on_banner"),
            height=18,
        ).pack(fill="x")
        self.button = Button(self, "Try now", on_retry, kind="secondary", height=32)
        self.button.pack(side="right", padx=Space.LARGE, pady=Space.SMALL)

    @property
    def sentence(self) -> str:
        """What it says; empty while it is not shown."""
        return str(self._sentence.cget("text")) if self._is_shown else ""

    def follow(self, status: StatusChanged) -> None:
        """The client's standing changed."""
        if status.phase is not Phase.RECONNECTING:
            self._hide()
            return
        self._retry_at = None if status.retry_in is None else time.monotonic() + status.retry_in
        if not self.is_down:
            self.is_down = True
            self._timer = self.after(self.shown_after, self._show)
        elif self._is_shown:
            self._tell()

    def _show(self) -> None:
        self._is_shown = True
        self._place(self)
        self._tell()

    def _hide(self) -> None:
        self.is_down = self._is_shown = False
        self._cancel_timer()
        self.pack_forget()

    def _tell(self) -> None:
        """Say how long it will take, anew each second."""
        self._cancel_timer()
        self._sentence.configure(text=f"Connection lost. {self._prospect()}")
        self._timer = self.after(1000, self._tell)

    def _prospect(self) -> str:
        if self._retry_at is None:
            return "Trying again now…"
        seconds = round(self._retry_at - time.monotonic())
        return f"Trying again in {seconds} seconds." if seconds >= SOON else "Trying again soon…"

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None
