"""What each role may do in a channel, whatever the role itself says: denied, as the role says, allowed."""

import tkinter
from collections.abc import Callable

from client_app.core.client import Client
from client_app.desktop.card.words import role_words
from client_app.desktop.scrolling.scroll_area import ScrollArea
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label, OptionMenu, Root
from client_app.desktop.widgets.three_states import ThreeStates
from shared.entities import Override, Role
from shared.rights import CHANNEL_PERMISSIONS, MEMBER
from shared.types import GENERAL, ChannelId, ChannelKind, Permission, RoleId

DENIED, AS_THE_ROLE_SAYS, ALLOWED = range(3)
WORDS = {
    Permission.VIEW_CHANNELS: "See the channel",
    Permission.SEND_MESSAGES: "Write",
    Permission.ATTACH_FILES: "Send files",
    Permission.SEND_IN_READ_ONLY: "Write while it is read-only",
    Permission.BYPASS_SLOW_MODE: "Write without waiting",
    Permission.DELETE_MESSAGES: "Delete what others said",
    Permission.PIN_MESSAGES: "Pin messages",
    Permission.MENTION_EVERYBODY: "Mention everybody",
    Permission.ADD_MEMBERS: "Bring people in and take them out",
    Permission.MANAGE_CHANNELS: "Change, archive and delete it",
}
"""Each as it reads in one channel."""
Chosen = dict[RoleId, dict[Permission, int]]


class OverridesPage(Frame):
    """One role at a time; all that was changed is asked for together."""

    def __init__(self, master: tkinter.Misc, root: Root, client: Client, channel_id: ChannelId) -> None:
        super().__init__(master, fg_color="transparent")
        self._client, self._channel_id = client, channel_id
        self._before = self._kept()
        self.chosen: Chosen = _copied(self._before)
        """What is to be, by role; what is not named is as the role says."""
        self._role_id: RoleId | None = None
        head = Frame(self, fg_color="transparent")
        head.pack(fill="x", pady=(0, Space.TIGHT))
        Label(head, "For people with the role").pack(side="left")
        self._menu = OptionMenu(head, [""], command=self._show_named, width=200)
        self._menu.pack(side="right")
        Label(
            self,
            "What is set here counts in this channel alone. Roles that rank below yours are listed.",
            role="small",
            text_color=pair("text_muted"),
            height=18,
        ).pack(fill="x", pady=(0, Space.SMALL))
        self._area = ScrollArea(self, root, ground="raised")
        self._area.pack(fill="both", expand=True)
        self._states: dict[Permission, ThreeStates] = {}
        self._details: dict[Permission, Label] = {}
        for permission in CHANNEL_PERMISSIONS:
            if self._is_decided_here(permission):
                self._add(root, permission)
        self._area.watch()
        self.refresh()

    def refresh(self) -> None:
        """Roles or the channel changed: what is chosen here and not saved stays."""
        now = self._kept()
        if self.chosen == self._before:
            self.chosen = _copied(now)
        self._before = now
        roles = self._roles()
        self._menu.configure(values=[role_words(role.name) for role in roles])
        if roles:
            wanted = next((role for role in roles if role.id == self._role_id), None)
            member = next((role for role in roles if role.id == MEMBER), roles[0])
            self.show_role((wanted or member).id)

    def show_role(self, role_id: RoleId) -> None:
        """Show what is set for another role."""
        role = next((role for role in self._roles() if role.id == role_id), None)
        if role is None:
            return
        self._role_id = role_id
        self._menu.set(role_words(role.name))
        chosen = self.chosen.get(role_id, {})
        for permission, states in self._states.items():
            states.set(chosen.get(permission, AS_THE_ROLE_SAYS))
            may = "may" if permission in role.permissions else "may not"
            self._details[permission].configure(text=f"{role_words(role.name)}: {may}, as the role says")

    def choose(self, permission: Permission, state: int) -> None:
        """As if this had been chosen for the role that is shown."""
        self._states[permission].choose(state)

    def save(self) -> bool:
        """Ask for all of it where something was changed."""
        if _overrides(self.chosen) != _overrides(self._before):
            self._client.change_channel(self._channel_id, overrides=_overrides(self.chosen))
        return True

    def _add(self, root: Root, permission: Permission) -> None:
        line = Frame(self._area.inner, fg_color="transparent")
        line.pack(fill="x", pady=(0, Space.MEDIUM), padx=(0, Space.MEDIUM))
        states = ThreeStates(
            line, root, ("Deny", "As the role", "Allow"), ("danger", "text", "online"), self._chooser(permission)
        )
        states.pack(side="right", padx=(Space.MEDIUM, 0))
        words = Frame(line, fg_color="transparent")
        words.pack(side="left", fill="x", expand=True)
        Label(words, WORDS[permission], height=20, width=1).pack(fill="x")
        detail = Label(words, "", role="small", text_color=pair("text_muted"), height=16, width=1)
        detail.pack(fill="x")
        self._states[permission], self._details[permission] = states, detail

    def _chooser(self, permission: Permission) -> Callable[[int], object]:
        def choose(state: int) -> None:
            if self._role_id is not None:
                self.chosen.setdefault(self._role_id, {})[permission] = state

        return choose

    def _is_decided_here(self, permission: Permission) -> bool:
        """Whoever is in a private channel sees it; all others do not. Everybody sees general."""
        row = self._client.channels.row(self._channel_id)
        is_private = row is not None and row.kind is ChannelKind.PRIVATE
        if permission is Permission.VIEW_CHANNELS:
            return not is_private and self._channel_id != GENERAL
        return is_private or permission is not Permission.ADD_MEMBERS

    def _roles(self) -> tuple[Role, ...]:
        """Those for whom one may set anything at all."""
        return self._client.administration.roles_below_mine()

    def _show_named(self, words: str) -> None:
        role = next((role for role in self._roles() if role_words(role.name) == words), None)
        if role is not None:
            self.show_role(role.id)

    def _kept(self) -> Chosen:
        channel = self._client.state.channels.get(self._channel_id) if self._client.state else None
        return {
            override.role_id: {
                **dict.fromkeys(override.allow, ALLOWED),
                **dict.fromkeys(override.deny, DENIED),
            }
            for override in (channel.overrides if channel else ())
        }


def _copied(chosen: Chosen) -> Chosen:
    return {role_id: dict(states) for role_id, states in chosen.items()}


def _overrides(chosen: Chosen) -> tuple[Override, ...]:
    """As the server wants them: by role, in the order of the table, and none that says nothing."""
    made = []
    for role_id, states in sorted(chosen.items()):
        allow = tuple(each for each in CHANNEL_PERMISSIONS if states.get(each) == ALLOWED)
        deny = tuple(each for each in CHANNEL_PERMISSIONS if states.get(each) == DENIED)
        if allow or deny:
            made.append(Override(role_id, allow, deny))
    return tuple(made)
