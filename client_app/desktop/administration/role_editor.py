"""The editor of a role: name, rank in words, and each permission with what it allows."""

import tkinter
from dataclasses import dataclass
from typing import Protocol

from client_app.core.client import Client
from client_app.desktop.scrolling.scroll_area import ScrollArea
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, CheckBox, Frame, Label, Root, Tooltip
from client_app.desktop.widgets.fields import LabelledEntry
from shared.entities import Role
from shared.limits import MAX_RANK, MAX_ROLE_NAME
from shared.rights import BUILTIN, OWNER
from shared.types import Permission, RoleId

from .page import enable
from .words import PERMISSIONS, allowed_by, rank_sentence

_BUILTIN_IDS = {builtin.role.id for builtin in BUILTIN}
_SENTENCES = {builtin.role.id: builtin.sentence for builtin in BUILTIN}
NEW = Role(id=RoleId(0), name="", rank=30, permissions=(Permission.VIEW_CHANNELS, Permission.SEND_MESSAGES))
"""What the editor begins with for a role that is not there yet."""


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """What is in the editor."""

    name: str
    rank: int
    permissions: tuple[Permission, ...]


class Keeper(Protocol):
    """What the editor asks of its page."""

    def save(self, draft: RoleDraft) -> None:
        """Save what is in the editor."""

    def ask_to_remove(self) -> None:
        """Ask whether the role is to go."""


class RoleEditor(Frame):
    """Made once and filled for each role; what one may not change is disabled and says why."""

    def __init__(self, master: tkinter.Misc, root: Root, client: Client, keeper: Keeper) -> None:
        super().__init__(master, fg_color=pair("raised"), corner_radius=Space.RADIUS, border_width=1)
        self.configure(border_color=pair("border"))
        self._client, self._keeper = client, keeper
        self._base: Role = NEW
        foot = Frame(self, fg_color="transparent")
        foot.pack(side="bottom", fill="x", padx=Space.LARGE, pady=Space.MEDIUM)
        self.save_button = Button(foot, "Save", self.save)
        self.save_button.pack(side="left")
        self.remove_button = Button(foot, "Remove the role…", keeper.ask_to_remove, kind="danger")
        self._state = Label(foot, "", role="small", text_color=pair("text_muted"))
        self._state.pack(side="left", padx=Space.MEDIUM)
        area = ScrollArea(self, root, ground="raised")
        area.pack(fill="both", expand=True, padx=(Space.LARGE, Space.TIGHT), pady=(Space.MEDIUM, 0))
        self._ground = Frame(area.inner, fg_color=pair("raised"))
        self._ground.pack(fill="both", expand=True, padx=(0, Space.MEDIUM))
        self._about = Label(self._ground, "", text_color=pair("text_muted"), justify="left", wraplength=400)
        self._about.pack(fill="x", pady=(0, Space.SMALL))
        self.name = LabelledEntry(self._ground, "Name")
        self.name.pack(fill="x")
        self.rank = LabelledEntry(self._ground, f"Rank, 1 to {MAX_RANK}", is_code=True)
        self.rank.pack(fill="x", pady=(Space.SMALL, 0))
        self._rank_words = Label(self._ground, "", role="small", text_color=pair("text_muted"), justify="left")
        self._rank_words.pack(fill="x")
        self.boxes: dict[Permission, CheckBox] = {}
        self._tips: dict[Permission, Tooltip] = {}
        self._name_tip, self._rank_tip = Tooltip(self.name.entry), Tooltip(self.rank.entry)
        self._wrapped = [self._about, self._rank_words]
        for heading, permissions in PERMISSIONS.items():
            Label(self._ground, heading, role="small_bold", text_color=pair("text_muted"), height=18).pack(
                fill="x", pady=(Space.LARGE, Space.TIGHT)
            )
            for permission, words in permissions.items():
                self._add_box(permission, words.label, allowed_by(words))
        for field in (self.name, self.rank):
            field.entry.bind("<KeyRelease>", lambda _event: self._typed(), add="+")
        area.watch()
        self._ground.bind("<Configure>", lambda _event: self._wrap(root))

    def _add_box(self, permission: Permission, label: str, sentence: str) -> None:
        box = CheckBox(self._ground, label, command=self._typed)
        box.pack(fill="x", pady=(Space.SMALL, 0))
        words = Label(self._ground, sentence, role="small", text_color=pair("text_muted"), justify="left", height=18)
        words.pack(fill="x", padx=(26, 0))
        self.boxes[permission] = box
        self._tips[permission] = Tooltip(box)
        self._wrapped.append(words)

    # --- what is in it ------------------------------------------------------------------------------------------------

    def edit(self, role: Role) -> None:
        """Fill it with a role."""
        self._base = role
        for field in (self.name, self.rank):
            field.entry.configure(state="normal")
            field.complain("")
        self.name.set(role.name)
        self.rank.set(str(role.rank))
        for permission, box in self.boxes.items():
            box.configure(state="normal")
            (box.select if permission in role.permissions else box.deselect)()
        own = "A role of this server." if role.id else "A new role. It can be given to people once it is made."
        self._about.configure(text=_SENTENCES.get(role.id, own))
        self.save_button.configure(text="Save" if role.id else "Make the role")
        self._disable(role)
        self._typed()

    def follow(self, role: Role) -> None:
        """The role may be another now; what somebody typed here stays."""
        if role.id != self._base.id or not self.is_changed:
            if role != self._base:
                self.edit(role)
            self._disable(role)
            return
        if role != self._base:
            self._base = role
            self._typed()
            self._state.configure(text="Somebody else changed this role. Saving puts yours in its place.")

    def saved(self) -> None:
        """What is in it is what holds."""
        draft = self.draft()
        if draft is not None:
            self._base = Role(self._base.id, draft.name, draft.rank, draft.permissions)
        self._typed()

    def draft(self) -> RoleDraft | None:
        """What is in it; None where the rank is no number that can be."""
        typed = self.rank.get().strip()
        if not typed.isdecimal() or not 1 <= int(typed) <= max(MAX_RANK, self._base.rank):
            return None
        chosen = tuple(permission for permission in Permission if self.boxes[permission].get())
        return RoleDraft(" ".join(self.name.get().split()), int(typed), chosen)

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        base, draft = self._base, self.draft()
        return draft is None or draft != RoleDraft(base.name, base.rank, _in_order(base.permissions))

    def focus_set(self) -> None:
        """Take the keyboard."""
        self.name.focus_set()

    def save(self) -> None:
        """As if the button had been pressed."""
        draft = self.draft()
        if draft is None:
            self.rank.complain(f"A rank is a number from 1 to {MAX_RANK}, below your own.")
        elif not draft.name:
            self.name.complain("Give the role a name.")
        elif len(draft.name) > MAX_ROLE_NAME:
            self.name.complain(f"A role’s name has at most {MAX_ROLE_NAME} characters.")
        else:
            self._keeper.save(draft)

    # --- what may be done ---------------------------------------------------------------------------------------------

    def why_not(self, role: Role) -> str:
        """Why nothing of a role can be changed; empty where something can."""
        if role.id == OWNER:
            return "The owner may do everything; that cannot be changed."
        mine = self._my_role()
        if not self._client.may(Permission.MANAGE_ROLES):
            return "Your role may not change roles."
        if role.id and (mine is None or role.rank >= mine.rank):
            return "Only roles that rank below yours can be changed."
        return ""

    def _disable(self, role: Role) -> None:
        why_not, mine = self.why_not(role), self._my_role()
        fixed = why_not or ("A built-in role keeps its name and its rank." if role.id in _BUILTIN_IDS else "")
        for field, tip in ((self.name, self._name_tip), (self.rank, self._rank_tip)):
            field.entry.configure(state="disabled" if fixed else "normal")
            tip.text = fixed
        self.rank.entry.configure(text_color=pair("text_faint" if fixed else "text"))
        for permission, box in self.boxes.items():
            lacks = mine is None or permission not in mine.permissions
            reason = why_not or ("You do not have this permission yourself." if lacks else "")
            box.configure(state="disabled" if reason else "normal")
            self._tips[permission].text = reason
        if role.id and role.id not in _BUILTIN_IDS and not why_not:
            self.remove_button.pack(side="right")
        else:
            self.remove_button.pack_forget()

    def _typed(self) -> None:
        base, draft = self._base, self.draft()
        others = (role for role in self._client.administration.roles() if role.id != base.id)
        if draft is not None:
            self._rank_words.configure(text=rank_sentence(draft.rank, others))
        else:
            self._rank_words.configure(text=f"A number from 1 to {MAX_RANK}; built-in: admin 80, member 20, guest 10.")
        is_open = self.is_changed and not self.why_not(base)
        enable(self.save_button, is_enabled=is_open)
        reason = self.why_not(base)
        self._state.configure(text=reason or ("Not saved yet." if self.is_changed and base.id else ""))

    def _my_role(self) -> Role | None:
        me = self._client.me
        return next((role for role in self._client.administration.roles() if me and role.id == me.role_id), None)

    def _wrap(self, root: Root) -> None:
        width = int(self._ground.winfo_width() / root.look.scale)
        for label in self._wrapped:
            label.configure(wraplength=max(width - 48, 120))


def _in_order(permissions: tuple[Permission, ...]) -> tuple[Permission, ...]:
    return tuple(permission for permission in Permission if permission in permissions)
