"""The roles by rank, and the editor of the one that is chosen."""

import tkinter

from client_app.core.client import Client
from client_app.desktop.dialogs.confirm import ask_to_confirm
from client_app.desktop.lists import EntryRow
from client_app.desktop.toolkit import Button, Root
from shared.entities import Role
from shared.errors import BadRequest
from shared.rights import BUILTIN, MEMBER
from shared.types import RoleId

from .listing import ListPage
from .panel import Card
from .role_editor import NEW, RoleDraft, RoleEditor

_BUILTIN_IDS = {builtin.role.id for builtin in BUILTIN}


class RolesPage(ListPage):
    """Make, change and remove roles. What is typed stays until it is saved or another role is chosen."""

    title = "Roles"
    sentence = "What people may do. Everybody has one role, and acts on people whose role ranks below it."
    has_panel = False

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self.is_loaded = True
        self._is_new = False
        self._awaited = ""
        """A role that was made here, until it is told of."""
        self.new = Button(self.tools, "New role…", self.begin_new)
        self.new.pack()
        self.editor = RoleEditor(self.body, root, client, self)
        self.body.grid_columnconfigure(0, weight=2, uniform="roles")
        self.body.grid_columnconfigure(1, weight=5, uniform="roles")
        self.editor.grid(row=1, column=1, sticky="nsew")

    def refresh(self) -> None:
        """Show the roles as they are now."""
        if self._awaited in {str(role.id) for role in self.house.roles()}:
            self.chosen, self._awaited, self._is_new = self._awaited, "", False
        self.redraw()
        role = self._chosen()
        if role is None and not self._is_new:
            self.choose(str(self._first_to_show().id))
        elif role is not None:
            self.editor.follow(role)

    def rows(self) -> tuple[EntryRow, ...]:
        """By rank, the highest first."""
        counts: dict[RoleId, int] = {}
        for row in self._client.roster.people():
            counts[row.role.id] = counts.get(row.role.id, 0) + 1
        return tuple(
            EntryRow(
                str(role.id),
                role.name,
                f"rank {role.rank} · {_people(counts.get(role.id, 0))}",
                "" if role.id in _BUILTIN_IDS else "own",
            )
            for role in self.house.roles()
        )

    def card(self, key: str) -> Card | None:
        """The editor is in the panel's place."""
        raise NotImplementedError(key)

    def choose(self, key: str) -> None:
        """As if this role had been clicked."""
        self._is_new, self._awaited = False, ""
        super().choose(key)
        role = self._chosen()
        if role is not None:
            self.editor.edit(role)

    def begin_new(self) -> None:
        """As if “New role…” had been pressed."""
        self._is_new, self.chosen = True, None
        self.say("")
        self.redraw()
        self.editor.edit(NEW)
        self.editor.focus_set()

    # --- what the editor asks -----------------------------------------------------------------------------------------

    def save(self, draft: RoleDraft) -> None:
        """Save what is in the editor."""
        try:
            if self._is_new:
                self.house.create_role(draft.name, draft.rank, draft.permissions, self._made, self.turn_down)
            elif self.chosen is not None:
                role_id = RoleId(int(self.chosen))
                self.house.change_role(
                    role_id, draft.name, draft.rank, draft.permissions, then=self._saved, refused=self.turn_down
                )
        except BadRequest as refusal:
            self.turn_down(refusal)
        self._client.tell()

    def ask_to_remove(self) -> None:
        """Ask whether the chosen role is to go."""
        role = self._chosen()
        if role is None:
            return
        fallback = next((each.name for each in self.house.roles() if each.id == MEMBER), "member")
        ask_to_confirm(
            self._root_window,
            f"Remove the role {role.name}?",
            f"Whoever has it becomes {fallback}. What channels allow or deny to it goes with it.",
            "Remove",
            lambda: self._remove(role),
        )

    def _remove(self, role: Role) -> None:
        sentence = f"The role {role.name} is removed."
        self.house.remove_role(role.id, lambda: self.did(sentence), self.turn_down)
        self._client.tell()

    def _made(self, role_id: RoleId) -> None:
        self._awaited = str(role_id)
        self.did("The role is made. Give it to people under People.")

    def _saved(self) -> None:
        self.editor.saved()
        self.did("The role is saved, and holds at once.")

    def _chosen(self) -> Role | None:
        return next((role for role in self.house.roles() if str(role.id) == self.chosen), None)

    def _first_to_show(self) -> Role:
        roles = self.house.roles()
        return next((role for role in roles if role.id == MEMBER), roles[-1])


def _people(count: int) -> str:
    return "nobody" if not count else "1 person" if count == 1 else f"{count:,} people"
