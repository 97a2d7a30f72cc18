"""The way back to the present, over the messages while the newest one is not in view."""

from collections.abc import Callable

from client_app.desktop.message_list import MessageList
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button


class JumpButton(Button):
    """Says how much is new below the view, where anything is."""

    def __init__(self, messages: MessageList, jump: Callable[[], object]) -> None:
        super().__init__(messages, "", jump, height=34, corner_radius=17)
        self.configure(bg_color=pair("surface"))
        self.new_below = 0
        """Messages that have come below the view."""

    @property
    def words(self) -> str:
        """What it says; empty while it is not there."""
        return str(self.cget("text")) if self.winfo_manager() else ""

    def follow(self, *, is_at_end: bool) -> None:
        """Be there, or not."""
        if is_at_end:
            self.place_forget()
            return
        self.configure(text=f"↓  {self.new_below} new" if self.new_below else "↓  Jump to the present")
        self.place(relx=0.5, rely=1.0, y=-Space.MEDIUM, anchor="s")
