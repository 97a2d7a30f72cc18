"""The dialog with its pages; what is typed and switched is saved by one button, members come and go at once."""

import tkinter
from collections.abc import Callable
from typing import Protocol

from client_app.core.client import Client
from client_app.core.panes.channels import ChannelRow
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Dialog, Frame, Look, Root
from shared.types import ChannelId, ChannelKind

from .members import MembersPage
from .overrides import OverridesPage
from .overview import OverviewPage

WIDTH, HEIGHT = 560, 400


class Page(Protocol):
    """What the dialog needs of a page."""

    def refresh(self) -> None:
        """The channel or its people changed: show it, without losing what is typed."""

    def save(self) -> bool:
        """Ask the server for what was changed; False where that cannot be, and it has said why."""


class ChannelSettings(Dialog):
    """For one channel; archiving and deleting it close the dialog and ask once."""

    def __init__(self, root: Root, client: Client, channel_id: ChannelId, page: str = "Overview") -> None:
        row = client.channels.row(channel_id)
        assert row is not None, "whoever opens this has the channel before them"
        super().__init__(
            root,
            channel_words(row),
            on_confirm=self._save,
            confirm_label="Save changes",
            cancel_label="Close",
            width=WIDTH,
        )
        self._client, self._channel_id = client, channel_id
        self._tabs: dict[str, Button] = {}
        self._pages: dict[str, Frame] = {}
        self.page = ""
        """The name of the page that is shown."""
        self._bar = Frame(self.body, fg_color="transparent")
        self._bar.pack(fill="x", pady=(0, Space.MEDIUM))
        self._hold = tkinter.Frame(self.body, width=root.px(WIDTH), height=root.px(HEIGHT))
        root.on_look(self._hold, self._dress)
        self._hold.pack_propagate(False)
        self._hold.pack(fill="both", expand=True)
        for name, make in self._wanted(row):
            self._pages[name] = make()
            self._tabs[name] = Button(self._bar, name, lambda name=name: self.show(name), kind="quiet", height=32)  # type: ignore[misc]  # each its own
            self._tabs[name].pack(side="left", padx=(0, Space.TIGHT))
        self._may_save = row.may_manage
        self.show(page if page in self._pages else next(iter(self._pages)))
        self.open(self._tabs[self.page], self._hold)

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of its pages."""
        return tuple(self._pages)

    @property
    def shown(self) -> Frame:
        """The page that is shown."""
        return self._pages[self.page]

    def show(self, name: str) -> None:
        """Show another page."""
        for other, page in self._pages.items():
            page.pack_forget()
            chosen = other == name
            self._tabs[other].configure(
                fg_color=pair("selected") if chosen else "transparent",
                text_color=pair("text") if chosen else pair("text_muted"),
            )
        self.page = name
        self._show_save(self._may_save and name != "Members")
        self._pages[name].pack(fill="both", expand=True)

    def refresh(self) -> None:
        """The channel or its people changed; a channel that is gone takes its dialog with it."""
        if not self.winfo_exists():
            return
        if self._client.session is None or self._client.channels.row(self._channel_id) is None:
            self.close()
            return
        for page in self._all():
            page.refresh()

    def _dress(self, look: Look) -> None:
        self._hold.configure(background=look.palette.raised)

    def _show_save(self, is_shown: bool) -> None:
        """People come and go at once, so there is nothing to save beside them."""
        if is_shown and not self.confirm_button.winfo_manager():
            self.confirm_button.pack(side="right", padx=(Space.SMALL, 0), before=self.cancel_button)
        elif not is_shown:
            self.confirm_button.pack_forget()

    def _wanted(self, row: ChannelRow) -> list[tuple[str, Callable[[], Frame]]]:
        """The pages that mean something for this kind of channel."""
        root, client, hold, channel_id = self._root_window, self._client, self._hold, self._channel_id
        wanted: list[tuple[str, Callable[[], Frame]]] = [
            ("Overview", lambda: OverviewPage(hold, root, client, channel_id, self.close))
        ]
        if row.kind in (ChannelKind.PRIVATE, ChannelKind.GROUP):
            wanted.append(("Members", lambda: MembersPage(hold, root, client, channel_id)))
        if row.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE) and row.may_manage:
            wanted.append(("Permissions", lambda: OverridesPage(hold, root, client, channel_id)))
        return wanted

    def _all(self) -> list[Page]:
        return list(self._pages.values())

    def _save(self) -> bool:
        for name, page in zip(self._pages, self._all(), strict=True):
            if not page.save():
                self.show(name)
                return False
        self._client.tell()
        return True


def channel_words(row: ChannelRow) -> str:
    """What its heading calls a channel."""
    title = display_text(row.title)
    return title if row.kind is ChannelKind.GROUP else f"#{title}"
