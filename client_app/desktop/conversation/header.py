"""The strip above the messages: where one is, what it is about, and the switches of the two side panes."""

from typing import Protocol

from client_app.core.panes.channels import ChannelRow
from client_app.desktop.drawing.presence import PRESENCE_WORDS
from client_app.desktop.drawing.signs import Sign, sign_picture
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, IconButton, Label, Root, Separator, Tooltip
from client_app.desktop.widgets.painted_label import PaintedLabel
from client_app.desktop.words.channel_words import channel_sign, channel_tip
from shared.types import ChannelId, ChannelKind

MOST_OF_TITLE = 300
"""Pixels at 100 % that a name takes at most, so that there is room for what is said beside it."""


class Ways(Protocol):
    """Where the header leads to."""

    def ask_topic(self) -> None:
        """Ask for a topic of the open channel."""

    def show_channel_settings(self) -> None:
        """Show the rules and the members of the open channel."""

    def show_search(self, channel_id: ChannelId | None, query: str) -> None:
        """Let messages be searched."""

    def show_pins(self) -> None:
        """Show what is pinned to the open channel."""

    def toggle_members(self) -> None:
        """Show or hide the right pane."""

    def toggle_sidebar(self) -> None:
        """Show or hide the left pane where there is no room for it."""


class Header(Frame):
    """Shows one channel; a click on the topic of a channel that one may manage asks for another one."""

    def __init__(self, master: Frame, root: Root, ways: Ways) -> None:
        super().__init__(master, fg_color=pair("surface"), height=Space.HEADER)
        self._root_window, self._ways = root, ways
        self._may_manage = False
        self._sign: Sign | None = None
        self._channel_id: ChannelId | None = None
        self.pack_propagate(False)
        Separator(self).pack(side="bottom", fill="x")
        self._sidebar_button = IconButton(self, "≡", ways.toggle_sidebar, "Show or hide channels")
        self._title = Frame(self, fg_color="transparent")
        self._title.pack(side="left", padx=(Space.LARGE, Space.SMALL))
        self._kind = Label(self._title, "", role="title")
        self._kind_tip = Tooltip(self._kind, "")
        self.name = PaintedLabel(self._title, root, font="title", width=MOST_OF_TITLE, is_narrow=True)
        self.name.pack(side="right")
        self._members_button = IconButton(
            self, "Members", ways.toggle_members, "Show or hide members (Ctrl+.)", width=76
        )
        self._members_button.configure(font=root.chrome_font("row"))
        self._members_button.pack(side="right", padx=Space.SMALL)
        self.pins_button = IconButton(self, "", ways.show_pins, "Pinned messages (Ctrl+P)", image=sign_picture("pin"))
        self.pins_button.pack(side="right")
        self.search_button = IconButton(self, "", self._search, "Search (Ctrl+F)", image=sign_picture("search"))
        self.search_button.pack(side="right")
        self._settings_button = IconButton(
            self, "", ways.show_channel_settings, "Channel settings", image=sign_picture("gear")
        )
        self._topic = PaintedLabel(self, root, color="text_muted")
        self._topic.pack(side="left", fill="x", expand=True, padx=Space.SMALL)
        self._topic.bind("<Button-1>", lambda _event: self._ways.ask_topic() if self._may_manage else None)

    def show(self, row: ChannelRow) -> None:
        """Show this channel."""
        self._channel_id = row.channel_id
        is_direct, sign = row.kind is ChannelKind.DIRECT, channel_sign(row)
        self._show_kind(sign, is_plain=sign is None and row.kind is ChannelKind.PUBLIC)
        self.name.show(row.title)
        self._kind_tip.text = channel_tip(row)
        self._show_settings(not is_direct and row.is_joined)
        self._may_manage = row.may_manage
        self._topic.show(self._words(row))
        self._topic.configure(cursor="hand2" if row.may_manage else "")
        self._members_button.configure(state="disabled" if is_direct else "normal")

    def _show_kind(self, sign: Sign | None, *, is_plain: bool) -> None:
        """A sign before the name, or “#”, or nothing where it is a person’s."""
        if sign != self._sign:
            self._sign = sign
            self._kind.configure(image="" if sign is None else sign_picture(sign, 17, "text"))
        self._kind.configure(text="#" if is_plain else "")
        if is_plain or sign is not None:
            self._kind.pack(side="left", padx=(0, Space.TIGHT))
        else:
            self._kind.pack_forget()

    def _search(self) -> None:
        self._ways.show_search(self._channel_id, "")

    def _show_settings(self, is_shown: bool) -> None:
        if is_shown and not self._settings_button.winfo_manager():
            self._settings_button.pack(side="right", after=self.pins_button)
        elif not is_shown:
            self._settings_button.pack_forget()

    def show_members_state(self, is_shown: bool) -> None:
        """Mark the members' button while the right pane is there."""
        self._members_button.configure(
            fg_color=pair("selected") if is_shown else "transparent",
            text_color=pair("text") if is_shown else pair("text_muted"),
        )

    def show_sidebar_button(self, is_shown: bool) -> None:
        """Show the button of the left pane where the window is too narrow for it."""
        if is_shown and not self._sidebar_button.winfo_manager():
            self._sidebar_button.pack(side="left", padx=(Space.SMALL, 0), before=self._title)
        elif not is_shown:
            self._sidebar_button.pack_forget()

    def _words(self, row: ChannelRow) -> str:
        if row.kind is ChannelKind.DIRECT:
            words = PRESENCE_WORDS[row.presence]
            return words if row.status is None else f"{words} · {row.status.text}"
        if row.kind is ChannelKind.GROUP and not row.topic:
            return f"{len(row.member_ids)} people"
        if row.topic:
            return row.topic
        return "Click to set a topic" if row.may_manage else ""
