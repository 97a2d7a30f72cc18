"""Those who made an account and wait until somebody lets them in."""

import tkinter

from client_app.core.client import Client
from client_app.core.world import clock
from client_app.desktop.dialogs.confirm import ask_to_confirm
from client_app.desktop.lists import EntryRow
from client_app.desktop.toolkit import Root
from client_app.desktop.words.moments import moment, short_moment
from shared.moderation import Newcomer

from .listing import ListPage
from .panel import Act, Card, Fact


class WaitingPage(ListPage):
    """Approve or reject newcomers."""

    title = "Waiting"
    sentence = "New accounts that wait for somebody to let them in. Until then they cannot log in."
    hint = "Choose a newcomer to let them in or turn them away."
    empty = "Nobody is waiting. Under Rules you set whether newcomers have to."

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self._newcomers: tuple[Newcomer, ...] = ()

    def refresh(self) -> None:
        """Ask who waits."""
        self.house.list_newcomers(self._show, self.turn_down)
        self._client.tell()

    def rows(self) -> tuple[EntryRow, ...]:
        """Whoever has waited longest comes first."""
        now = clock.now()
        return tuple(
            EntryRow(
                str(each.user_id),
                each.name,
                self._invited(each),
                short_moment(each.created_at, now),
                avatar=each.user_id,
            )
            for each in self._newcomers
        )

    def card(self, key: str) -> Card | None:
        """A newcomer with the two buttons."""
        newcomer = next((each for each in self._newcomers if str(each.user_id) == key), None)
        if newcomer is None:
            return None
        role = next((role.name for role in self.house.roles() if role.id == newcomer.role_id), "member")
        facts = (
            Fact("How they came", self._invited(newcomer).capitalize()),
            Fact("Waits since", moment(newcomer.created_at)),
            Fact("Will be", role),
        )
        acts = (
            Act("Let them in", lambda: self._approve(newcomer), kind="primary"),
            Act("Turn away…", lambda: self._ask_to_reject(newcomer), kind="danger"),
        )
        return Card(newcomer.name, "newcomer", newcomer.user_id, facts, acts)

    def _show(self, newcomers: tuple[Newcomer, ...]) -> None:
        self._newcomers, self.is_loaded = newcomers, True
        self.redraw()

    def _invited(self, newcomer: Newcomer) -> str:
        return f"invited by {self.name_of(newcomer.invited_by)}" if newcomer.invited_by else "without an invite"

    def _approve(self, newcomer: Newcomer) -> None:
        sentence = f"{newcomer.name} may log in now."
        self.house.approve_newcomer(newcomer.user_id, lambda: self.did(sentence), self.turn_down)
        self._client.tell()

    def _ask_to_reject(self, newcomer: Newcomer) -> None:
        ask_to_confirm(
            self._root_window,
            f"Turn {newcomer.name} away?",
            "Their account is removed and its name is free again. They can make another one if the rules let them.",
            "Turn away",
            lambda: self._reject(newcomer),
        )

    def _reject(self, newcomer: Newcomer) -> None:
        sentence = f"{newcomer.name} was turned away."
        self.house.reject_newcomer(newcomer.user_id, lambda: self.did(sentence), self.turn_down)
        self._client.tell()
