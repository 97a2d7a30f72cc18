"""Reported messages as they were then, and what is done about them."""

import tkinter

from client_app.core.client import Client
from client_app.core.world import clock
from client_app.desktop.dialogs.judgement import Deed, ask_judgement
from client_app.desktop.lists import EntryRow
from client_app.desktop.toolkit import OptionMenu, Root
from client_app.desktop.words.moments import moment, short_moment
from shared.moderation import Report
from shared.requests import DeleteMessage, Reports
from shared.types import Permission

from .closing import ask_to_close
from .listing import ListPage
from .panel import Act, Card, Fact

OPEN, ALL = "Open reports", "All reports"
ONLY_FILES = "No words, only files."
"""Of a message that was reported: what it says of it where nothing was written."""


class ReportsPage(ListPage):
    """Look, act, and close with a note."""

    title = "Reports"
    sentence = "Messages that somebody showed to the moderators, as they were at that moment."
    hint = "Choose a report to read the message and to decide."
    empty = "No open reports: all is well."

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self._reports: tuple[Report, ...] = ()
        self._has_more = False
        self.filter = OptionMenu(self.tools, [OPEN, ALL], command=lambda _value: self._switch(), width=150)
        self.filter.set(OPEN)
        self.filter.pack()

    def refresh(self) -> None:
        """Ask for the newest ones."""
        self._ask(None)

    def end_reached(self) -> None:
        """Load older ones."""
        if self._has_more and self._reports:
            self._ask(self._reports[-1])

    def rows(self) -> tuple[EntryRow, ...]:
        """The reports, newest first; closed ones greyed."""
        now = clock.now()
        return tuple(
            EntryRow(
                str(report.id),
                self.name_of(report.author_id),
                f"“{' '.join(report.body.split())}”" if report.body else ONLY_FILES,
                short_moment(report.created_at, now),
                avatar=report.author_id,
                lines=2,
                is_muted=report.closed_at is not None,
            )
            for report in self._reports
        )

    def card(self, key: str) -> Card | None:
        """The message, and what can be done."""
        report = next((each for each in self._reports if str(each.id) == key), None)
        if report is None:
            return None
        facts = [
            Fact(
                f"In {self.title_of(report.channel_id)}, {moment(report.said_at)}",
                report.body or ONLY_FILES,
                is_quote=bool(report.body),
            ),
            Fact(
                f"Reported by {self.name_of(report.reporter_id)}, {moment(report.created_at)}",
                report.reason or "No reason was given.",
            ),
        ]
        if report.closed_at is not None:
            by = self.name_of(report.closed_by)
            facts.append(Fact(f"Closed by {by}, {moment(report.closed_at)}", report.outcome or "Without a note."))
        status = "closed" if report.closed_at is not None else "open"
        author = self.name_of(report.author_id)
        return Card(author, f"{status} report", report.author_id, tuple(facts), self._acts(report))

    def _acts(self, report: Report) -> tuple[Act, ...]:
        client, root, user_id = self._client, self._root_window, report.author_id
        profile = client.roster.profile(user_id)
        acts: list[Act] = []
        if report.closed_at is None:
            acts.append(Act("Close with a note…", lambda: self._ask_to_close(report), kind="primary"))
        if client.may(Permission.DELETE_MESSAGES, report.channel_id):
            acts.append(Act("Delete the message", lambda: self._delete(report)))
        if profile is not None and profile.may_time_out:
            acts.append(Act("Time out…", lambda: ask_judgement(root, client, Deed.TIME_OUT, user_id, self.did)))
        if profile is not None and profile.may_ban and not profile.is_banned:
            acts.append(Act("Ban…", lambda: ask_judgement(root, client, Deed.BAN, user_id, self.did), kind="danger"))
        return tuple(acts)

    def _switch(self) -> None:
        self._reports, self._has_more, self.is_loaded = (), False, False
        self.redraw()
        self._ask(None)

    def _ask(self, before: Report | None) -> None:
        only_open = str(self.filter.get()) == OPEN
        before_id = before.id if before else None
        self.house.list_reports(
            only_open, before_id, lambda page: self._show(page, before, only_open=only_open), self.turn_down
        )
        self._client.tell()

    def _show(self, page: Reports, before: Report | None, *, only_open: bool) -> None:
        if only_open != (str(self.filter.get()) == OPEN):
            return
        self.is_loaded = True
        if before is None:
            self._reports, self._has_more = page.reports, page.more
        elif self._reports and before.id == self._reports[-1].id:
            self._reports, self._has_more = self._reports + page.reports, page.more
        self.redraw()

    def _delete(self, report: Report) -> None:
        request = DeleteMessage(channel_id=report.channel_id, seq=report.seq)
        self._client.ask(request, lambda _: self.say("The message is deleted for everybody."), self.turn_down)
        self._client.tell()

    def _ask_to_close(self, report: Report) -> None:
        def close(outcome: str) -> None:
            self.house.close_report(report.id, outcome, lambda: self.did("The report is closed."), self.turn_down)
            self._client.tell()

        ask_to_close(self._root_window, close)
