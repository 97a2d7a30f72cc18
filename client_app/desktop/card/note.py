"""What one wrote down about the person on the card: typed there, kept when the card goes."""

import tkinter

from client_app.core.client import Client
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label, Root
from client_app.desktop.widgets.text_box import TextBox
from shared.errors import BadRequest
from shared.types import UserId


class Note(Frame):
    """Nobody but oneself ever sees it."""

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, fg_color="transparent", height=1)
        self._client = client
        self._user_id: UserId | None = None
        self._known = ""
        self._parts = Frame(self, fg_color="transparent")
        words = "Note (only you see it)"
        Label(self._parts, words, role="small_bold", text_color=pair("text_muted"), height=18).pack(anchor="w")
        self.box = TextBox(self._parts, root, lines=2)
        self.box.pack(fill="x", pady=(Space.TIGHT, 0))
        self.box.text.bind("<FocusOut>", lambda _event: self.keep(), add="+")

    def show(self, user_id: UserId | None, text: str) -> None:
        """Show what is written down about this person; None for nobody."""
        self._user_id, self._known = user_id, text
        self.box.set(text)

    def offer(self, *, is_shown: bool) -> None:
        """Be there, or not: there is none about oneself."""
        if is_shown:
            self._parts.pack(fill="x")
        else:
            self._parts.pack_forget()
            self.configure(height=1)

    def keep(self) -> None:
        """Have it kept, where something else stands there now; what is too long stays, with a sentence why."""
        text = self.box.get().strip()
        if self._user_id is None or text == self._known.strip():
            return
        try:
            self._client.profiles.set_note(self._user_id, text)
            self._known = text
        except BadRequest as refusal:
            self._client.notice(refusal.message, is_error=True)
        self._client.tell()
