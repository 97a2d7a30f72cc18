"""What the login screen shows of somebody who cannot come in for now: they wait for approval, or are kept out."""

import tkinter
from collections.abc import Callable

from client_app.core.signals import LoginFailed
from client_app.desktop.drawing.signs import Sign, sign_picture
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label
from shared.errors import Code

WIDTH = 400
HEADINGS: dict[Code | None, tuple[Sign, str]] = {
    Code.APPROVAL_PENDING: ("clock", "Your account waits for approval"),
    Code.BANNED: ("blocked", "You cannot come in"),
}
"""Refusals that no field can mend."""


class WaitingPanel(Frame):
    """A sign, what is so, why, and what can be done: to try again, or to go back to the form."""

    def __init__(self, master: tkinter.Misc, on_again: Callable[[], object], on_back: Callable[[], object]) -> None:
        super().__init__(master, fg_color="transparent")
        self._sign = Label(self, "", anchor="center")
        self._sign.pack(fill="x", pady=(Space.HUGE, Space.MEDIUM))
        self._heading = Label(self, "", role="heading", anchor="center", wraplength=WIDTH)
        self._heading.pack(fill="x")
        self._sentence = Label(
            self, "", text_color=pair("text_muted"), anchor="center", justify="center", wraplength=WIDTH
        )
        self._sentence.pack(fill="x", pady=(Space.SMALL, Space.HUGE))
        self._again = Button(self, "Try again", on_again, height=42)
        self._again.pack(fill="x", pady=(0, Space.SMALL))
        self._back = Button(self, "Back", on_back, kind="secondary")
        self._back.pack(fill="x")

    @property
    def heading(self) -> str:
        """What is so."""
        return str(self._heading.cget("text"))

    @property
    def sentence(self) -> str:
        """Why."""
        return str(self._sentence.cget("text"))

    def show(self, failure: LoginFailed) -> None:
        """Say this; the code is one of `HEADINGS`."""
        sign, heading = HEADINGS[failure.code]
        self._sign.configure(image=sign_picture(sign, 48, "accent" if sign == "clock" else "danger"))
        self._heading.configure(text=heading)
        self._sentence.configure(text=display_text(failure.message))
        self.set_busy(is_busy=False)

    def set_busy(self, *, is_busy: bool) -> None:
        """Wait for the server's answer, or no more."""
        state = "disabled" if is_busy else "normal"
        self._again.configure(text="Asking the server…" if is_busy else "Try again", state=state)
        if not is_busy:
            self._again.focus_set()
