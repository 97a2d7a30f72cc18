"""What mentions me and what is unread, side by side; a click goes there."""

import enum
import tkinter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from client_app.core.actions import MessageAction
from client_app.core.client import Client
from client_app.core.timeline.timeline import Entry, EntryKind
from client_app.desktop.dialogs.found import GO_TO, HEIGHT, WIDTH, FoundMessages, ShowMessage, deed
from client_app.desktop.lists import ListRow, VirtualList
from client_app.desktop.lists.rows import row_height
from client_app.desktop.message_list import MessageEvents
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, MenuItem, Root, popup_menu
from shared.entities import Message
from shared.requests import MentionPage
from shared.types import ChannelId, MessageId

from .unreads import unread_channels, unread_row

READ = deed("read", "Mark the channel as read")
_AROUND = 260
"""Pixels at 100 % that the dialog needs beside its list, and stays away from the edges of its window."""
CAUGHT_UP = "You’re all caught up. What you have not read yet is listed here."


class InboxPage(enum.Enum):
    """Its two lists, as their tabs call them."""

    MENTIONS = "Mentions"
    UNREADS = "Unreads"


class InboxDialog(FoundMessages):
    """Opens with what mentions me; what is unread of it stands on a band of its own."""

    names_place = True
    empty = "Nothing mentions you yet. Whoever writes “@” and your name calls you, and you find it here."

    def __init__(self, root: Root, client: Client, show_message: ShowMessage, contents: MessageEvents) -> None:
        super().__init__(root, client, show_message, "Inbox", contents)
        self.page = InboxPage.MENTIONS
        self._before_id: MessageId | None = None
        self._is_answered = False
        self._tabs = self._add_tabs()
        self.unreads = VirtualList(self.body, root, self._open_channel, on_menu=self._menu, ground="raised")
        self.unreads.canvas.configure(width=root.px(WIDTH))
        self._caught_up = Label(self.body, CAUGHT_UP, text_color=pair("text_muted"), wraplength=WIDTH, height=64)
        self._read_all = Button(self._row, "Mark all as read", self._mark_all, kind="quiet")
        self.show_page(InboxPage.MENTIONS)
        self.open(self._tabs[InboxPage.MENTIONS])
        self.refresh()

    # --- what mentions me ---------------------------------------------------------------------------------------------

    def ask(self, last: Message | None) -> None:
        """Ask for the page after the last one listed, or the first."""
        if last is not None and self._before_id is None:
            return

        def show(page: MentionPage) -> None:
            self._is_answered, self._before_id = True, page.before_id
            self.show(page.messages, more=page.before_id is not None, is_first=last is None)

        self._client.fetch_mentions(None if last is None else self._before_id, show, self.refused)

    def deeds(self) -> Mapping[MessageAction, Callable[[Entry], None]]:
        """Going to it, and reading all that is where it was said."""
        return {GO_TO: self.go_to, READ: lambda entry: self._mark(self.message_of(entry).channel_id)}

    def dress(self, entry: Entry) -> Entry:
        """Only what is unread stands out here, where everything is for me."""
        if entry.kind is not EntryKind.MESSAGE or self._client.state is None:
            return entry
        message = self.message_of(entry)
        is_known = message.channel_id in self._client.state.channels
        unread = self._client.state.unread_mentions(message.channel_id) if is_known else ()
        return replace(entry, is_for_me=message.seq in unread)

    # --- what is unread -----------------------------------------------------------------------------------------------

    def changed(self) -> None:
        """Something was read, or said."""
        if not self.winfo_exists() or self._client.session is None:
            return
        if self._is_answered:
            self.draw()
        rows = tuple(unread_row(row) for row in unread_channels(self._client))
        self.unreads.set_rows(rows)
        words = f"{InboxPage.UNREADS.value} ({len(rows)})" if rows else InboxPage.UNREADS.value
        self._tabs[InboxPage.UNREADS].configure(text=words)
        if self.page is InboxPage.UNREADS:
            self._show_unreads(rows)

    def show_page(self, page: InboxPage) -> None:
        """Show the other list."""
        self.page = page
        for each, tab in self._tabs.items():
            is_chosen = each is page
            tab.configure(
                fg_color=pair("selected") if is_chosen else "transparent",
                text_color=pair("text") if is_chosen else pair("text_muted"),
            )
        for widget in (self.messages, self._words, self.unreads, self._caught_up):
            widget.pack_forget()
        if page is InboxPage.MENTIONS:
            self._read_all.pack_forget()
            self._fit() if self._is_answered else self._say(str(self._words.cget("text")))
        self.changed()

    def _show_unreads(self, rows: Sequence[ListRow]) -> None:
        root = self._root_window
        if not rows:
            self.unreads.pack_forget()
            self._read_all.pack_forget()
            self._caught_up.pack(fill="x", pady=(0, Space.SMALL))
            return
        self._caught_up.pack_forget()
        most = min(root.px(HEIGHT), max(root.winfo_height() - root.px(_AROUND), root.px(160)))
        content = sum(root.px(row_height(row)) for row in rows) + root.px(Space.SMALL)
        self.unreads.canvas.configure(height=min(content, most))
        self.unreads.pack(fill="both", expand=True)
        self._read_all.pack(side="left")
        self.center()

    def _add_tabs(self) -> dict[InboxPage, Button]:
        bar = Frame(self.body, fg_color="transparent")
        bar.pack(fill="x", pady=(0, Space.SMALL), before=self._words)
        tabs = {}
        for page in InboxPage:
            tab = Button(bar, page.value, partial(self.show_page, page), kind="quiet", width=120)
            tab.pack(side="left", padx=(0, Space.TIGHT))
            tabs[page] = tab
        return tabs

    def _fit(self) -> None:
        if self.page is InboxPage.MENTIONS:
            super()._fit()
            self.center()

    def _say(self, sentence: str) -> None:
        if self.page is InboxPage.MENTIONS:
            super()._say(sentence)
        else:
            self._words.configure(text=sentence)

    # --- what is done with it -----------------------------------------------------------------------------------------

    def _open_channel(self, key: str) -> None:
        client = self._client
        self.close()
        client.open_channel(ChannelId(int(key)))

    def _menu(self, key: str, x: int, y: int) -> None:
        channel_id = ChannelId(int(key))
        items = (
            MenuItem("Go to the channel", lambda: self._open_channel(key)),
            MenuItem("Mark as read", lambda: self._mark(channel_id)),
        )
        popup_menu(self._root_window, items, x, y)

    def _mark(self, channel_id: ChannelId) -> None:
        self._client.mark_read(channel_id)
        self._client.tell()

    def _mark_all(self) -> None:
        self._client.mark_all_read()
        self._client.tell()


def refresh_inbox(root: Root, *, has_new: bool) -> None:
    """Let an open inbox show what is read by now; `has_new` says that something else mentions me than did."""
    for child in root.winfo_children():
        if isinstance(child, InboxDialog) and tkinter.Misc.winfo_exists(child):
            if has_new:
                child.refresh()
            else:
                child.changed()
