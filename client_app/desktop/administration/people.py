"""Everybody with an account: found by a few letters, with what may be done to each."""

import tkinter

from client_app.core.client import Client
from client_app.core.panes.roster import Profile, RosterRow
from client_app.desktop.dialogs.judgement import Deed, ask_judgement
from client_app.desktop.dialogs.role import ask_role
from client_app.desktop.drawing.presence import PRESENCE_WORDS
from client_app.desktop.lists import EntryRow, Tone
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space
from client_app.desktop.toolkit import ButtonKind, OptionMenu, Root
from shared.types import UserId

from .listing import ListPage
from .panel import Act, Card, Fact

EVERYBODY, TIMED_OUT, BANNED = "Everybody", "Timed out", "Banned"


class PeoplePage(ListPage):
    """Search, roles, timeouts, kicks, bans, purges."""

    title = "People"
    sentence = "Everybody with an account here. You can act on people whose role ranks below yours."
    hint = "Choose somebody to see what you can do."
    empty = "Nobody fits that."

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self._text = ""
        self.search = self.add_search("Search by name", self.find)
        self.filter = OptionMenu(self.filters, [EVERYBODY], command=lambda _value: self.redraw(), width=150)
        self.filter.set(EVERYBODY)
        self.filter.pack(side="left", padx=(Space.SMALL, 0), pady=(0, Space.SMALL))

    def refresh(self) -> None:
        """Show what is known: people need not be asked for."""
        self.is_loaded = True
        roles = [display_text(role.name).capitalize() for role in self.house.roles()]
        self.filter.configure(values=[EVERYBODY, *roles, TIMED_OUT, BANNED])
        self.redraw()

    def focus_first(self) -> None:
        """Let the keyboard be where one looks for something: Ctrl+F."""
        self.search.focus_set()

    def find(self, text: str) -> None:
        """Show those whose name has this in it."""
        self._text = text.lstrip("@").casefold()
        self.redraw()

    def rows(self) -> tuple[EntryRow, ...]:
        """The people who fit, by name."""
        wanted = str(self.filter.get())
        people = self._client.roster.people()
        return tuple(_entry(row) for row in people if row.is_called(self._text) and _is_among(row, wanted))

    def card(self, key: str) -> Card | None:
        """Who somebody is, and what may be done."""
        user_id = UserId(int(key))
        profile = self._client.roster.profile(user_id)
        if profile is None:
            return None
        facts = [Fact("Joined", f"{profile.joined.day} {profile.joined:%B %Y}")]
        if profile.timeout_until is not None:
            until = profile.timeout_until
            facts.append(Fact("Timed out until", f"{until.day} {until:%B %Y, %H:%M}"))
        acts = self._acts(profile)
        if not acts:
            facts.append(Fact("What you can do", _why_nothing(profile)))
        status = "banned" if profile.is_banned else PRESENCE_WORDS[profile.presence].lower()
        subtitle = f"{display_text(profile.role.name)} · {'you' if profile.is_me else status}"
        return Card(profile.name, subtitle, profile.user_id, tuple(facts), acts)

    def _acts(self, profile: Profile) -> tuple[Act, ...]:
        user_id, name = profile.user_id, profile.name
        acts: list[Act] = []
        if profile.may_give_role:
            acts.append(Act("Change role…", lambda: ask_role(self._root_window, self._client, user_id, self.did)))
        if profile.may_time_out and profile.timeout_until is not None:
            acts.append(Act("End the timeout", lambda: self._end_timeout(user_id, name)))
        elif profile.may_time_out:
            acts.append(self._judging("Time out…", Deed.TIME_OUT, user_id))
        if profile.may_kick:
            acts.append(self._judging("Kick…", Deed.KICK, user_id))
        if profile.may_ban and profile.is_banned:
            acts.append(Act("Unban", lambda: self._unban(user_id, name)))
        elif profile.may_ban:
            acts.append(self._judging("Ban…", Deed.BAN, user_id))
        if profile.may_purge:
            acts.append(self._judging("Purge messages…", Deed.PURGE, user_id))
        return tuple(acts)

    def _judging(self, label: str, deed: Deed, user_id: UserId) -> Act:
        kind: ButtonKind = "danger" if deed in {Deed.BAN, Deed.PURGE} else "secondary"
        return Act(label, lambda: ask_judgement(self._root_window, self._client, deed, user_id, self.did), kind=kind)

    def _end_timeout(self, user_id: UserId, name: str) -> None:
        self.house.time_out(user_id, 0, "", lambda: self.did(f"{name} may write again."), self.turn_down)
        self._client.tell()

    def _unban(self, user_id: UserId, name: str) -> None:
        self.house.unban(user_id, lambda: self.did(f"{name} may come back."), self.turn_down)
        self._client.tell()


def _entry(row: RosterRow) -> EntryRow:
    tone: Tone = "danger" if row.is_banned else "warning"
    note = "banned" if row.is_banned else "timed out" if row.is_timed_out else ""
    detail = f"{row.role.name} · you" if row.is_me else row.role.name
    detail = detail if row.name == row.handle else f"@{row.handle} · {detail}"
    presence = None if row.is_banned else row.presence
    return EntryRow(
        str(row.user_id), row.name, detail, note, tone, row.user_id, presence=presence, is_muted=row.is_banned
    )


def _is_among(row: RosterRow, wanted: str) -> bool:
    if wanted == EVERYBODY:
        return True
    if wanted in {TIMED_OUT, BANNED}:
        return row.is_timed_out if wanted == TIMED_OUT else row.is_banned
    return display_text(row.role.name).capitalize() == wanted


def _why_nothing(profile: Profile) -> str:
    if profile.is_me:
        return "This is you. Nobody can change their own role; whoever ranks above you can."
    return f"Nothing: {profile.name} ranks as high as you, or higher, or your role has no permission for it."
