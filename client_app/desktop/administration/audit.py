"""The audit log: who did what to whom, and when; searched on the server, and as long as one scrolls."""

import tkinter

from client_app.core.client import Client
from client_app.core.world import clock
from client_app.desktop.lists import EntryRow
from client_app.desktop.toolkit import Root
from client_app.desktop.words.moments import short_moment
from shared.moderation import AuditEntry
from shared.requests import AuditPage as Loaded

from .listing import ListPage
from .panel import Card
from .words import audit_detail, audit_sentence


class AuditPage(ListPage):
    """Read and search; nobody edits it."""

    title = "Audit log"
    sentence = "Everything that was done to keep the house, newest first. Nobody can change or remove an entry."
    empty = "Nothing fits that."
    has_panel = False

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self._text = ""
        self._entries: tuple[AuditEntry, ...] = ()
        self._has_more = False
        self.search = self.add_search("Search for a name, a channel or a word", self.find)

    def refresh(self) -> None:
        """Ask for what is new; older entries that are loaded stay."""
        self._ask(None)

    def focus_first(self) -> None:
        """Let the keyboard be where one looks for something: Ctrl+F."""
        self.search.focus_set()

    def find(self, text: str) -> None:
        """Show the entries that have this in them."""
        if text != self._text:
            self._text, self._entries, self.is_loaded = text, (), False
            self._ask(None)

    def end_reached(self) -> None:
        """Load older ones."""
        if self._has_more and self._entries:
            self._ask(self._entries[-1])

    def rows(self) -> tuple[EntryRow, ...]:
        """One row for each entry."""
        now = clock.now()
        return tuple(
            EntryRow(
                str(entry.id),
                audit_sentence(entry, self.name_of, self.title_of),
                audit_detail(entry),
                short_moment(entry.at, now),
                avatar=entry.actor_id or 0,
                avatar_name=self.name_of(entry.actor_id) if entry.actor_id else "Operator",
                lines=4,
                is_plain=True,
            )
            for entry in self._entries
        )

    def card(self, key: str) -> Card | None:
        """There is nothing more to an entry than its row."""
        raise NotImplementedError(key)

    def _ask(self, before: AuditEntry | None) -> None:
        text = self._text
        before_id = before.id if before else None
        self.house.fetch_audit(text, before_id, lambda page: self._show(text, before, page), self.turn_down)
        self._client.tell()

    def _show(self, text: str, before: AuditEntry | None, page: Loaded) -> None:
        if text != self._text:
            return
        self.is_loaded = True
        if before is None:
            oldest = page.entries[-1].id if page.entries else 0
            older = tuple(entry for entry in self._entries if entry.id < oldest) if page.more else ()
            self._has_more = self._has_more if older else page.more
            self._entries = page.entries + older
        elif self._entries and before.id == self._entries[-1].id:
            self._entries, self._has_more = self._entries + page.entries, page.more
        self.redraw()
