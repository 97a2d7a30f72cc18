"""What stands in the place of messages that are not there yet, and when they come."""

import tkinter

from client_app.desktop.theme import pair
from client_app.desktop.toolkit import Label

WIDTH = 400
LOADING, LOADING_OLDER = "Loading messages…", "Loading older messages…"
NOT_KEPT = "Nothing of this conversation is kept on this computer.\nIt is loaded when the connection is back."
OLDER_NOT_KEPT = "Older messages are loaded when the connection is back."


class LoadingHint(Label):
    """In the middle of an empty list of messages."""

    def __init__(self, master: tkinter.Misc) -> None:
        super().__init__(master, "", text_color=pair("text_muted"), fg_color=pair("surface"), anchor="center")
        self.configure(wraplength=WIDTH)

    @property
    def words(self) -> str:
        """What it says; empty while there are messages."""
        return str(self.cget("text")) if self.winfo_manager() else ""

    def follow(self, *, is_empty: bool, is_away: bool) -> None:
        """Be there or not, and say what one waits for."""
        self.configure(text=NOT_KEPT if is_away else LOADING)
        if is_empty:
            self.place(relx=0.5, rely=0.45, anchor="center")
        else:
            self.place_forget()
