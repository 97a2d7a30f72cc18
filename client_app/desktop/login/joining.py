"""The part of the login screen for newcomers: who may make an account at the server, and with which invite."""

import tkinter
from collections.abc import Callable

from client_app.core.network.address import Address, is_invite
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label
from client_app.desktop.widgets.fields import LabelledEntry
from shared.types import Registration

WIDTH = 400
PAUSE = 600
"""Milliseconds without a letter typed after which a server's address is complete."""
WORDS = {
    Registration.OPEN: "Everybody may make an account here. An invite is not needed.",
    Registration.INVITE: "To make an account here you need an invite from somebody who is in.",
    Registration.CLOSED: "This server takes no new accounts at the moment.",
}


class Joining(Frame):
    """A sentence, once the server has answered, and the field for an invite, unless everybody may come anyway.

    `on_server` is called once for each address, and `say` gets the answer; `on_link` gets an invite's link that is
    typed or pasted, here or into the field of the server; `on_pause` is called when the server's name was typed.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        server: LabelledEntry,
        on_server: Callable[[Address], object],
        on_link: Callable[[str], object],
        on_pause: Callable[[], object],
    ) -> None:
        super().__init__(master, fg_color="transparent", height=0)
        self._on_server, self._on_link, self._on_pause = on_server, on_link, on_pause
        self._server = server
        self._asked: Address | None = None
        self._timer: str | None = None
        self._sentence = Label(
            self, "", role="small", text_color=pair("text_muted"), justify="left", wraplength=WIDTH, height=18
        )
        self.invite = LabelledEntry(self, "Invite code or link", hint="hearth://…", is_code=True)
        for field in (server, self.invite):
            field.entry.bind("<KeyRelease>", lambda _event, field=field: self.typed(field), add="+")
            field.entry.bind("<<Paste>>", lambda _event, field=field: self._soon(field), add="+")
        self._arrange(None)

    @property
    def sentence(self) -> str:
        """Who may make an account; empty while that is not known."""
        return str(self._sentence.cget("text"))

    def ask(self, address: Address) -> None:
        """Find out about this server."""
        if address != self._asked:
            self._asked = address
            self._arrange(None)
            self._on_server(address)

    def say(self, address: Address, registration: Registration | None) -> None:
        """What a server answered; None where it did not."""
        if address == self._asked:
            self._arrange(registration)

    def typed(self, field: LabelledEntry) -> None:
        """Something was typed into, or pasted into, one of the two fields."""
        text = field.get()
        if is_invite(text) and text.rpartition("/invite/")[2]:
            self._on_link(text)
        elif field is self._server:
            if self._timer is not None:
                self.after_cancel(self._timer)
            self._timer = self.after(PAUSE, self._on_pause)

    def _soon(self, field: LabelledEntry) -> None:
        """Once what is being pasted is there."""
        self.after_idle(lambda: self.typed(field))

    def _arrange(self, registration: Registration | None) -> None:
        words = "" if registration is None else WORDS[registration]
        is_closed = registration is Registration.CLOSED
        self._sentence.configure(text=words, text_color=pair("warning" if is_closed else "text_muted"))
        self._sentence.pack_forget()
        self.invite.pack_forget()
        if words:
            self._sentence.pack(fill="x", pady=(0, Space.MEDIUM))
        if registration not in (Registration.OPEN, Registration.CLOSED) or self.invite.get():
            self.invite.pack(fill="x", pady=(0, Space.MEDIUM))
