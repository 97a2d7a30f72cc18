"""Invite codes: made, copied as a link, revoked; and who came in with which."""

import tkinter

from client_app.core.client import Client
from client_app.core.world import clock
from client_app.desktop.dialogs.confirm import ask_to_confirm
from client_app.desktop.lists import EntryRow, Tone
from client_app.desktop.toolkit import Button, Root
from client_app.desktop.words.moments import end, moment
from shared.moderation import Invite
from shared.types import Milliseconds, Permission, RoleId

from .invite_form import ask_new_invite
from .listing import ListPage
from .panel import Act, Card, Fact
from .words import OPERATOR, listed


class InvitesPage(ListPage):
    """Who may come in, by a link."""

    title = "Invites"
    sentence = "Whoever opens an invite’s link in Hearth, or pastes it into the login screen, can make an account here."
    hint = "Choose an invite to copy its link, to see who used it, or to revoke it."
    empty = "There are no invites yet. Make one, and send its link to whoever should come."

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self._invites: tuple[Invite, ...] = ()
        self.new = Button(self.tools, "New invite…", self.ask_new)
        if client.may(Permission.CREATE_INVITES):
            self.new.pack()

    def refresh(self) -> None:
        """Ask for the invites."""
        self.house.list_invites(self._show, self.turn_down)
        self._client.tell()

    def ask_new(self) -> None:
        """As if “New invite…” had been pressed."""
        ask_new_invite(self._root_window, self._client, self._made)

    def rows(self) -> tuple[EntryRow, ...]:
        """The invites, newest first; those that are over greyed."""
        now = clock.now()
        return tuple(self._entry(invite, now) for invite in self._invites)

    def card(self, key: str) -> Card | None:
        """An invite with its link."""
        invite = next((each for each in self._invites if each.code == key), None)
        if invite is None:
            return None
        by = OPERATOR if invite.created_by is None else self.name_of(invite.created_by)
        names = [self.name_of(user_id) for user_id in invite.used_by]
        facts = [
            Fact("Link", self.house.invite_link(invite.code), is_quote=True),
            Fact("Whoever uses it becomes", self._role(invite.role_id)),
            Fact("Used", uses(invite)),
            Fact("Came in with it", listed(names) if names else "Nobody yet."),
            Fact("Made by", f"{by}, {moment(invite.created_at)}"),
            Fact("Can be used until", "for ever" if invite.expires_at is None else moment(invite.expires_at)),
        ]
        over = why_over(invite, clock.now())
        acts: tuple[Act, ...] = ()
        if not over:
            acts = (
                Act("Copy the link", lambda: self._copy(invite), kind="primary"),
                Act("Revoke…", lambda: self._ask_to_revoke(invite), kind="danger"),
            )
        return Card("Invite", over or "can be used", None, tuple(facts), acts)

    def _show(self, invites: tuple[Invite, ...]) -> None:
        self._invites, self.is_loaded = invites, True
        self.redraw()

    def _entry(self, invite: Invite, now: Milliseconds) -> EntryRow:
        over = why_over(invite, now)
        by = OPERATOR if invite.created_by is None else self.name_of(invite.created_by)
        note = over or ("never expires" if invite.expires_at is None else end(invite.expires_at, now))
        tone: Tone = "text_muted" if over else "online"
        title = f"{self._role(invite.role_id).capitalize()}, by {by}"
        return EntryRow(invite.code, title, f"used {uses(invite)}", note, tone, is_muted=bool(over))

    def _role(self, role_id: RoleId) -> str:
        return next((role.name for role in self.house.roles() if role.id == role_id), "a role that is gone")

    def _made(self, invite: Invite) -> None:
        self.chosen = invite.code
        self._invites = (invite, *self._invites)
        self.is_loaded = True
        self._copy(invite)
        self.did("The invite is made, and its link copied: paste it wherever they read it.")

    def _copy(self, invite: Invite) -> None:
        self._root_window.clipboard_clear()
        self._root_window.clipboard_append(self.house.invite_link(invite.code))
        self.say("The link is copied: paste it wherever they read it.")

    def _ask_to_revoke(self, invite: Invite) -> None:
        ask_to_confirm(
            self._root_window,
            "Revoke this invite?",
            "Its link stops working at once, also for people who have it already. Whoever came in with it stays.",
            "Revoke",
            lambda: self._revoke(invite),
        )

    def _revoke(self, invite: Invite) -> None:
        self.house.revoke_invite(invite.code, lambda: self.did("The invite is revoked."), self.turn_down)
        self._client.tell()


def uses(invite: Invite) -> str:
    """How often it was used, and could be: “2 of 5 times”."""
    if invite.max_uses is None:
        return "once" if invite.uses == 1 else f"{invite.uses:,} times"
    return f"{invite.uses:,} of {invite.max_uses:,} time{'' if invite.max_uses == 1 else 's'}"


def why_over(invite: Invite, now: Milliseconds) -> str:
    """Why an invite cannot be used any more; empty while it can."""
    if invite.is_revoked:
        return "revoked"
    if invite.max_uses is not None and invite.uses >= invite.max_uses:
        return "used up"
    return "expired" if invite.expires_at is not None and invite.expires_at <= now else ""
