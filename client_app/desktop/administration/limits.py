"""What the server bounds, for whom and why; only its operator can set it."""

import tkinter

from client_app.core.client import Client
from client_app.desktop.lists import EntryRow
from client_app.desktop.toolkit import Root
from shared.moderation import LimitRow

from .listing import ListPage
from .panel import Card
from .words import limit_name, limit_value


class LimitsPage(ListPage):
    """A table to be read."""

    title = "Limits"
    sentence = (
        "What the server allows at most, so that nobody can flood or exhaust it. "
        "Whoever runs the server sets them where it is started (docs/operating.md)."
    )
    empty = "Nothing fits that."
    has_panel = False

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self._limits: tuple[LimitRow, ...] = ()
        self._text = ""
        self.search = self.add_search("Search for a limit", self.find)

    def refresh(self) -> None:
        """Ask for the table."""
        self.house.list_limits(self._show, self.turn_down)
        self._client.tell()

    def focus_first(self) -> None:
        """Let the keyboard be where one looks for something: Ctrl+F."""
        self.search.focus_set()

    def find(self, text: str) -> None:
        """Show the limits that have this in their name or reason."""
        self._text = text.casefold()
        self.redraw()

    def rows(self) -> tuple[EntryRow, ...]:
        """A row for each limit, in the server's order."""
        rows = (
            EntryRow(row.name, limit_name(row), row.reason, limit_value(row), lines=4, is_plain=True)
            for row in self._limits
        )
        return tuple(row for row in rows if self._text in f"{row.title} {row.detail}".casefold())

    def card(self, key: str) -> Card | None:
        """There is nothing more to a limit than its row."""
        raise NotImplementedError(key)

    def _show(self, limits: tuple[LimitRow, ...]) -> None:
        self._limits, self.is_loaded = limits, True
        self.redraw()
