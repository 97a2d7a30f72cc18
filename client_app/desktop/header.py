"""The strip above the messages: where one is, what it is about, and the switches of the two side panes."""

from collections.abc import Callable

from client_app.core.channels import ChannelRow
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, IconButton, Label, Root, Separator, Tooltip
from shared.types import ChannelKind


class Header(Frame):
    """Shows one channel; `on_topic` is called by a click on the topic of a channel that one may manage."""

    def __init__(
        self,
        master: Frame,
        root: Root,
        on_topic: Callable[[], None],
        on_members: Callable[[], None],
        on_sidebar: Callable[[], None],
    ) -> None:
        super().__init__(master, fg_color=pair("surface"), height=Space.HEADER)
        self._root_window, self._on_topic = root, on_topic
        self._may_manage = False
        self.pack_propagate(False)
        Separator(self).pack(side="bottom", fill="x")
        self._sidebar_button = IconButton(self, "≡", on_sidebar, "Show or hide channels")
        self._title = Label(self, "", role="title")
        self._title.pack(side="left", padx=(Space.LARGE, Space.SMALL))
        self._members_button = IconButton(self, "Members", on_members, "Show or hide members (Ctrl+.)", width=76)
        self._members_button.configure(font=root.chrome_font("row"))
        self._members_button.pack(side="right", padx=Space.SMALL)
        self._rule = Separator(self, "vertical")
        self._topic = Label(self, "", text_color=pair("text_muted"), width=1)
        self._topic.pack(side="left", fill="x", expand=True, padx=Space.SMALL)
        self._topic_tip = Tooltip(self._topic, "")
        self._topic.bind("<Button-1>", lambda _event: self._on_topic() if self._may_manage else None)

    def show(self, row: ChannelRow) -> None:
        """Show this channel."""
        is_direct = row.kind is ChannelKind.DIRECT
        title = display_text(row.title)
        self._title.configure(text=title if is_direct else f"# {title}")
        self._may_manage = row.may_manage
        self._topic.configure(text=self._words(row), cursor="hand2" if row.may_manage else "")
        self._topic_tip.text = display_text(row.topic)
        self._members_button.configure(state="disabled" if is_direct else "normal")

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
            return "online" if row.is_online else "offline"
        if row.topic:
            return display_text(row.topic)
        return "Click to set a topic" if row.may_manage else ""
