"""Who and which addresses are kept out, why and until when; and the way back."""

import tkinter

from client_app.core.client import Client
from client_app.core.world import clock
from client_app.desktop.dialogs.judgement import Deed, ask_judgement
from client_app.desktop.lists import EntryRow
from client_app.desktop.toolkit import Button, Root
from client_app.desktop.words.moments import end, moment
from shared.moderation import Ban

from .listing import ListPage
from .panel import Act, Card, Fact
from .words import OPERATOR


class BansPage(ListPage):
    """Unban people and addresses; ban an address."""

    title = "Bans"
    sentence = (
        "People and addresses that are kept out. Whoever is banned is logged out everywhere and cannot come back."
    )
    hint = "Choose a ban to see its reason, or to take it back."
    empty = "Nobody is banned. To ban somebody, choose them under People."

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self._bans: tuple[Ban, ...] = ()
        Button(self.tools, "Ban an address…", self.ask_address, kind="secondary").pack()

    def refresh(self) -> None:
        """Ask who is kept out."""
        self.house.list_bans(self._show, self.turn_down)
        self._client.tell()

    def ask_address(self) -> None:
        """As if the button had been pressed."""
        ask_judgement(self._root_window, self._client, Deed.BAN_ADDRESS, None, self.did)

    def rows(self) -> tuple[EntryRow, ...]:
        """The bans, newest first."""
        return tuple(self._entry(ban) for ban in self._bans)

    def card(self, key: str) -> Card | None:
        """A ban with its reason, and the way back."""
        ban = next((ban for ban in self._bans if _key(ban) == key), None)
        if ban is None:
            return None
        by = OPERATOR if ban.created_by is None else self.name_of(ban.created_by)
        facts = (
            Fact("Why", ban.reason or "No reason was given.", is_quote=bool(ban.reason)),
            Fact("By whom", f"{by}, {moment(ban.created_at)}"),
            Fact("Until", "for ever" if ban.until is None else moment(ban.until)),
        )
        title = ban.address or self.name_of(ban.user_id)
        kind = "banned address" if ban.user_id is None else "banned"
        why_not = ""
        if ban.user_id is not None and not self._client.outranks(ban.user_id):
            why_not = "Only somebody who ranks above them can take this back."
        return Card(title, kind, ban.user_id, facts, (Act("Unban", lambda: self._lift(ban), why_not=why_not),))

    def _show(self, bans: tuple[Ban, ...]) -> None:
        self._bans, self.is_loaded = bans, True
        self.redraw()

    def _entry(self, ban: Ban) -> EntryRow:
        title = ban.address or self.name_of(ban.user_id)
        note = end(ban.until, clock.now())
        return EntryRow(_key(ban), title, ban.reason or "No reason was given.", note, avatar=ban.user_id)

    def _lift(self, ban: Ban) -> None:
        if ban.user_id is None:
            sentence = f"People may come from {ban.address} again."
            self.house.unban_address(ban.address, lambda: self.did(sentence), self.turn_down)
        else:
            sentence = f"{self.name_of(ban.user_id)} may come back."
            self.house.unban(ban.user_id, lambda: self.did(sentence), self.turn_down)
        self._client.tell()


def _key(ban: Ban) -> str:
    return ban.address or f"person {ban.user_id}"
