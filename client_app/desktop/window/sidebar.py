"""The left pane: the server, its channels, one's direct messages, and one's own name at the foot."""

import tkinter
from dataclasses import replace
from typing import Protocol, assert_never

from client_app.core.actions import BY_ID, Action
from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.desktop.drawing.presence import PRESENCE_WORDS
from client_app.desktop.drawing.signs import Sign, sign_picture
from client_app.desktop.lists import HeaderRow, ItemRow, ListRow, VirtualList
from client_app.desktop.people.avatars import Avatars
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, IconButton, Label, Look, Root, Separator
from client_app.desktop.widgets.painted_label import PaintedLabel
from client_app.desktop.words.channel_words import channel_sign, channel_tip
from shared.types import ChannelId, ChannelKind

CHANNELS, DIRECTS, ARCHIVED, NOBODY = "channels", "directs", "archived", "nobody"
AVATAR, ICON = 32, 30


class Menus(Protocol):
    """What the left pane asks of the window."""

    def perform(self, action: Action, argument: str = "") -> bool:
        """Carry out an action of the table."""

    def show_own_menu(self, x: int, y: int) -> None:
        """The menu of one's own account, above these coordinates of the screen."""

    def show_channel_menu(self, channel_id: ChannelId, x: int, y: int) -> None:
        """The menu of a channel."""


class Sidebar(Frame):
    """Draws `client.channels`."""

    def __init__(self, master: tkinter.Misc, root: Root, client: Client, menus: Menus) -> None:
        super().__init__(master, fg_color=pair("sidebar"), width=Space.LEFT_PANE)
        self.pack_propagate(False)
        self.grid_propagate(False)
        self._root_window, self._client, self._menus = root, client, menus
        self._avatars = Avatars(root)
        self._add_head()
        self._add_foot()
        self.list = VirtualList(self, root, self._open, on_add=self._add, on_menu=self._menu)
        self.list.pack(fill="both", expand=True)
        root.on_look(self, self._dress)

    def refresh(self) -> None:
        """Draw what has changed."""
        client = self._client
        if client.me is None or client.address is None:
            return
        channels = client.channels
        may_create = BY_ID["new-channel"].is_available(client)
        self.list.set_rows(
            sidebar_rows(channels.joined(), channels.directs(), channels.archived(), may_create=may_create)
        )
        self.list.select(None if client.open_channel_id is None else str(client.open_channel_id))
        self._server.configure(text=str(client.address))
        self._show_icon()
        self._own_name.show(client.me.shown_name)
        self._own_words.show(self._words_of_mine())
        self._show_face()
        self._show_waiting()

    def typing_changed(self, channel_id: ChannelId) -> None:
        """Somebody began or ceased to write in a channel; it is shown of conversations."""
        row = self._client.channels.row(channel_id)
        if row is not None and row.kind in (ChannelKind.DIRECT, ChannelKind.GROUP):
            self.refresh()

    # --- its parts ----------------------------------------------------------------------------------------------------

    def _add_head(self) -> None:
        head = Frame(self, fg_color="transparent", height=Space.HEADER)
        head.pack(side="top", fill="x")
        head.pack_propagate(False)
        Separator(head).pack(side="bottom", fill="x")
        self._house = IconButton(head, "", lambda: self._menus.perform(BY_ID["administration"]), "Administration")
        self._house.pack(side="right", padx=(0, Space.SMALL))
        self._icon = tkinter.Label(head, borderwidth=0)
        self._server = Label(head, "", role="title", width=1)
        self._server.pack(side="left", fill="x", expand=True, padx=(Space.LARGE, Space.SMALL))

    def _add_foot(self) -> None:
        foot = Frame(self, fg_color="transparent", height=56)
        foot.pack(side="bottom", fill="x")
        foot.pack_propagate(False)
        Separator(foot).pack(side="top", fill="x")
        self._face = tkinter.Label(foot, borderwidth=0)
        self._face.pack(side="left", padx=(Space.MEDIUM, Space.SMALL))
        self._menu_button = IconButton(foot, "⋯", self._show_own_menu, "Settings, devices, log out")
        self._menu_button.pack(side="right", padx=Space.SMALL)
        words = Frame(foot, fg_color="transparent")
        words.pack(side="left", fill="x", expand=True)
        self._own_name = PaintedLabel(words, self._root_window, font="row_bold", ground="sidebar")
        self._own_name.pack(fill="x")
        self._own_words = PaintedLabel(words, self._root_window, font="small", color="text_muted", ground="sidebar")
        self._own_words.pack(fill="x")
        for widget in (foot, self._face, self._own_name, self._own_words):
            widget.bind("<Button-1>", lambda _event: self._show_own_menu())

    def _dress(self, look: Look) -> None:
        self._face.configure(background=look.palette.sidebar)
        self._house.configure(image=sign_picture("gear"))
        self._icon.configure(background=look.palette.sidebar)
        self._show_face()
        self._show_icon()

    def _show_icon(self) -> None:
        """What stands for the house, where anything does."""
        look = self._root_window.look
        if not self._client.pictures.icon:
            self._icon.pack_forget()
            return
        self._icon.configure(image=self._avatars.house(str(self._client.address), look.px(ICON), look.palette))
        if not self._icon.winfo_manager():
            self._icon.pack(side="left", padx=(Space.LARGE, 0), before=self._server)

    def _show_waiting(self) -> None:
        """The way to the administration, for those who may do any of it; with how much waits there for them."""
        if not BY_ID["administration"].is_available(self._client):
            self._house.pack_forget()
            return
        if not self._house.winfo_manager():
            self._house.pack(side="right", padx=(0, Space.SMALL), before=self._server)
        waiting = self._client.waiting.count
        self._house.configure(text=str(waiting) if waiting else "", width=48 if waiting else 32)
        self._house.tooltip.text = f"Administration: {waiting} waiting" if waiting else "Administration"

    def _show_face(self) -> None:
        if (state := self._client.state) is not None:
            me, look = state.me, self._root_window.look
            presence, ground = self._client.presence_of_mine, look.palette.sidebar
            person, size = (me.id, me.shown_name), look.px(AVATAR)
            self._face.configure(image=self._avatars.with_presence(person, presence, size, look.palette, ground))

    def _words_of_mine(self) -> str:
        """What I am up to, or how I look to others."""
        status = self._client.status_of_mine
        return status.text if status is not None else PRESENCE_WORDS[self._client.presence_of_mine]

    # --- what is done in it -------------------------------------------------------------------------------------------

    def _open(self, key: str) -> None:
        if key == NOBODY:
            self._menus.perform(BY_ID["message"])
        else:
            self._client.open_channel(ChannelId(int(key)))

    def _add(self, key: str) -> None:
        self._menus.perform(BY_ID["new-channel" if key == CHANNELS else "message"])

    def _menu(self, key: str, x: int, y: int) -> None:
        if key.isdigit():
            self._menus.show_channel_menu(ChannelId(int(key)), x, y)

    def _show_own_menu(self) -> None:
        button = self._menu_button
        self._menus.show_own_menu(button.winfo_rootx(), button.winfo_rooty())


def sidebar_rows(
    joined: tuple[ChannelRow, ...],
    directs: tuple[ChannelRow, ...],
    archived: tuple[ChannelRow, ...] = (),
    *,
    may_create: bool = True,
) -> tuple[ListRow, ...]:
    """What the list shows, from top to bottom."""
    tip = "New channel (Ctrl+Shift+N)" if may_create else ""
    rows: list[ListRow] = [HeaderRow(CHANNELS, "Channels", can_add=may_create, add_tip=tip)]
    rows += [_item(row) for row in joined]
    rows.append(HeaderRow(DIRECTS, "Direct messages", can_add=True, add_tip="New direct message (Ctrl+N)"))
    rows += [_item(row) for row in directs]
    if not directs:
        rows.append(ItemRow(NOBODY, "Write to somebody…", is_muted=True))
    if archived:
        rows.append(HeaderRow(ARCHIVED, f"Archived — {len(archived)}", is_folded=True))
        rows += [_item(row) for row in archived]
    return tuple(rows)


def _item(row: ChannelRow) -> ItemRow:
    item = ItemRow(
        str(row.channel_id),
        row.title,
        badge=row.counted,
        mentions=min(row.mentions, row.counted),
        is_strong=row.stands_out,
        is_muted=row.is_archived or row.is_muted,
        marks=_marks(row),
    )
    match row.kind:
        case ChannelKind.DIRECT:
            return replace(item, avatar=row.other_id, presence=row.presence, is_personal=True)
        case ChannelKind.GROUP:
            return replace(item, people=len(row.member_ids))
        case ChannelKind.PUBLIC | ChannelKind.PRIVATE:
            return replace(item, icon="#", sign=channel_sign(row), tip=channel_tip(row))
        case _:
            assert_never(row.kind)


def _marks(row: ChannelRow) -> tuple[Sign, ...]:
    """Muted; that something begun waits there, which one sees anyway where it is open; that somebody writes to me."""
    marks: list[Sign] = ["muted"] if row.is_muted else []
    if row.has_draft and not row.is_open:
        marks.append("pencil")
    if row.is_typing and row.kind in (ChannelKind.DIRECT, ChannelKind.GROUP):
        marks.append("more")
    return tuple(marks)
