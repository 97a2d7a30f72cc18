"""A small card about a person, beside the pointer: name, role, presence, and a button to write to them."""

import tkinter

from client_app.core.client import Client
from client_app.desktop.text import display_text
from shared.rights import OWNER
from shared.types import UserId

from .avatars import Avatars
from .theme import Space, pair
from .toolkit import Button, Frame, Label, Look, Root

WIDTH, AVATAR = 240, 48


class PersonCard(Frame):
    """One for the window; shown for one person at a time."""

    def __init__(self, root: Root, client: Client) -> None:
        super().__init__(
            root,
            fg_color=pair("raised"),
            border_width=1,
            border_color=pair("border"),
            corner_radius=Space.RADIUS,
            bg_color=pair("surface"),
        )
        self._root_window, self._client = root, client
        self._user_id: UserId | None = None
        self._avatars = Avatars(root)
        self._face = tkinter.Label(self, borderwidth=0)
        self._face.grid(row=0, column=0, rowspan=2, padx=(Space.LARGE, Space.MEDIUM), pady=(Space.LARGE, Space.SMALL))
        self._name = Label(self, "", role="title", width=150)
        self._name.grid(row=0, column=1, sticky="sw", padx=(0, Space.LARGE), pady=(Space.LARGE, 0))
        self._standing = Label(self, "", role="small", text_color=pair("text_muted"), height=18)
        self._standing.grid(row=1, column=1, sticky="nw", padx=(0, Space.LARGE))
        self._button = Button(self, "Message", self.write, height=34, width=WIDTH - 2 * Space.LARGE)
        self._button.grid(row=2, column=0, columnspan=2, padx=Space.LARGE, pady=(Space.SMALL, Space.LARGE), sticky="ew")
        root.bind("<Button-1>", self._on_click, add="+")
        root.on_look(self, self._dress)

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return bool(self.winfo_manager())

    def show(self, user_id: UserId, x: int, y: int) -> None:
        """Show a person, with the card's corner near these coordinates of the screen and all of it in the window."""
        row = next((row for row in self._client.roster.everybody() if row.user_id == user_id), None)
        if row is None:
            return
        self._user_id = user_id
        size = self._root_window.px(AVATAR)
        self._face.configure(image=self._avatars.image(user_id, row.name, size, self._root_window.look.palette))
        self._name.configure(text=display_text(row.name))
        words = ["Online" if row.is_online else "Offline"]
        words += ["owner"] if row.role.id == OWNER else []
        words += ["you"] if row.is_me else []
        self._standing.configure(text=" · ".join(words))
        self._button.configure(text="Notes to yourself" if row.is_me else "Message")
        self.update_idletasks()
        root = self._root_window
        left = min(x - root.winfo_rootx(), root.winfo_width() - self.winfo_reqwidth() - 8)
        top = min(y - root.winfo_rooty(), root.winfo_height() - self.winfo_reqheight() - 8)
        scale = root.look.scale
        self.place(x=max(left, 8) / scale, y=max(top, 8) / scale)
        tkinter.Misc.tkraise(self)

    def close(self) -> bool:
        """Take it away; whether it was there."""
        was_open = self.is_open
        self.place_forget()
        return was_open

    def write(self) -> None:
        """As if the button had been pressed: open the direct messages with the person shown."""
        self.close()
        if self._user_id is not None:
            self._client.open_direct(self._user_id)
            self._client.tell()

    def _on_click(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if self.is_open and not str(event.widget).startswith(str(self)):
            self.close()

    def _dress(self, look: Look) -> None:
        self._face.configure(background=look.palette.raised)
