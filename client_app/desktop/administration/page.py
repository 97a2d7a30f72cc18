"""What every page of the section has: a heading, a sentence, its tools, and a line for what came of an act."""

import tkinter

from client_app.core.client import Client
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, Root
from shared.errors import Refusal
from shared.types import ChannelId, UserId

LOW = 400
"""Height of a page, in pixels at 100 %, below which its sentence gives way."""


class Page(Frame):
    """Fill `body`, and put buttons into `tools`. `refresh` is called whenever what is shown may have changed."""

    title = ""
    sentence = ""

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, fg_color=pair("surface"))
        self._root_window, self._client = root, client
        self.house = client.administration
        self._head = head = Frame(self, fg_color="transparent")
        head.pack(fill="x", padx=Space.HUGE, pady=(Space.LARGE, 0))
        self.tools = Frame(head, fg_color="transparent", height=36, width=1)
        self.tools.pack(side="right", anchor="n", padx=(Space.MEDIUM, 0))
        Label(head, self.title, role="heading", height=32).pack(fill="x")
        self._sentence = Label(self, self.sentence, text_color=pair("text_muted"), justify="left")
        self._sentence.pack(fill="x", padx=Space.HUGE, pady=(0, Space.MEDIUM))
        self._is_low = False
        self._outcome = Label(self, "", justify="left", wraplength=1)
        self.body = Frame(self, fg_color="transparent")
        self.body.pack(fill="both", expand=True, padx=Space.HUGE, pady=(0, Space.LARGE))
        self.bind("<Configure>", lambda _event: self._wrap(), add="+")

    # --- what the section asks ----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask the server anew, and show what it says without losing what is typed."""

    def focus_first(self) -> None:
        """Let the keyboard be where one looks for something: Ctrl+F."""

    # --- what came of an act ------------------------------------------------------------------------------------------

    @property
    def outcome(self) -> str:
        """What is said about the last act."""
        return str(self._outcome.cget("text")) if self._outcome.winfo_manager() else ""

    def say(self, sentence: str, *, is_error: bool = False) -> None:
        """Tell what came of an act, in the place where it was done; an empty sentence takes it away."""
        if not self.winfo_exists():
            return
        self._outcome.configure(text=display_text(sentence), text_color=pair("danger" if is_error else "online"))
        if sentence:
            self._outcome.pack(fill="x", side="bottom", padx=Space.HUGE, pady=(0, Space.MEDIUM), before=self.body)
        else:
            self._outcome.pack_forget()

    def turn_down(self, refusal: Refusal) -> None:
        """The server did not do it: say why."""
        self.say(refusal.message, is_error=True)

    def did(self, sentence: str) -> None:
        """It is done: say so, and show what is now."""
        self.say(sentence)
        self.refresh()

    # --- who is who ---------------------------------------------------------------------------------------------------

    def name_of(self, user_id: UserId | None) -> str:
        """How somebody is called."""
        state = self._client.state
        user = state.users.get(user_id) if state and user_id else None
        return user.name if user else "somebody who is gone"

    def title_of(self, channel_id: ChannelId | None) -> str:
        """How a channel is called, where one may see it."""
        row = self._client.channels.row(channel_id) if channel_id else None
        return f"#{row.title}" if row else "a channel"

    def _wrap(self) -> None:
        width = max(int(self.winfo_width() / self._root_window.look.scale) - 2 * Space.HUGE, 120)
        for label in (self._sentence, self._outcome):
            label.configure(wraplength=width)
        is_low = self.winfo_height() / self._root_window.look.scale < LOW
        if is_low != self._is_low:
            # Where there is hardly room for what the page is about, it goes without saying what that is.
            self._is_low = is_low
            if is_low:
                self._sentence.pack_forget()
            else:
                self._sentence.pack(fill="x", padx=Space.HUGE, pady=(0, Space.MEDIUM), after=self._head)


def enable(button: Button, *, is_enabled: bool) -> None:
    """Let a primary button be pressed, or not, and look like it."""
    button.configure(
        state="normal" if is_enabled else "disabled",
        fg_color=pair("accent" if is_enabled else "selected"),
        text_color_disabled=pair("text_faint"),
    )
