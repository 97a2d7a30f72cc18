"""Which role somebody is to have: those below one's own; the owner may give ownership away."""

from collections.abc import Callable

from client_app.core.client import Client
from client_app.desktop.text import display_text, plain_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, OptionMenu, Root
from shared.entities import Role
from shared.errors import Refusal
from shared.rights import BUILTIN, OWNER
from shared.types import RoleId, UserId

WIDTH = 400
_SENTENCES = {builtin.role.id: builtin.sentence for builtin in BUILTIN}
_GIVEN_AWAY = "You give the server away: they will be its owner, and you an admin. Only they can give it back."


class RoleDialog(Dialog):
    """A menu of roles with what the chosen one means; closes when the server has done it."""

    def __init__(self, root: Root, client: Client, user_id: UserId, then: Callable[[str], object]) -> None:
        self._client, self._user_id, self._then = client, user_id, then
        profile = client.roster.profile(user_id)
        self._who = profile.name if profile else ""
        self._roles = {plain_text(role.name): role for role in client.administration.roles_i_may_give()}
        title = f"Role of {display_text(self._who)}"
        super().__init__(root, title, on_confirm=self._give, confirm_label="Give the role", width=WIDTH)
        self.menu = OptionMenu(self.body, list(self._roles), command=lambda _name: self._describe())
        if profile is not None and plain_text(profile.role.name) in self._roles:
            self.menu.set(plain_text(profile.role.name))
        self.menu.pack(fill="x")
        self._sentence = Label(self.body, "", wraplength=WIDTH, justify="left", text_color=pair("text_muted"))
        self._sentence.pack(fill="x", pady=(Space.SMALL, 0))
        self._describe()
        self.open(self.menu)

    def choose(self, role_id: RoleId) -> None:
        """As if this role had been chosen from the menu."""
        self.menu.set(next(name for name, role in self._roles.items() if role.id == role_id))
        self._describe()

    def _chosen(self) -> Role | None:
        return self._roles.get(str(self.menu.get()))

    def _describe(self) -> None:
        role = self._chosen()
        if role is None:
            return
        count = len(role.permissions)
        own = f"A role of this server, with {count} permission{'' if count == 1 else 's'}."
        is_owner = role.id == OWNER
        self._sentence.configure(
            text=_GIVEN_AWAY if is_owner else _SENTENCES.get(role.id, own),
            text_color=pair("warning" if is_owner else "text_muted"),
        )

    def _give(self) -> bool:
        role = self._chosen()
        if role is None:
            return True

        def done() -> None:
            self.close()
            self._then(f"{self._who} is {role.name} now.")

        self.confirm_button.configure(state="disabled")
        self._client.administration.give_role(self._user_id, role.id, done, self._turn_down)
        self._client.tell()
        return False

    def _turn_down(self, refusal: Refusal) -> None:
        if self.winfo_exists():
            self.confirm_button.configure(state="normal")
            self.show_error(refusal.message)


def ask_role(root: Root, client: Client, user_id: UserId, then: Callable[[str], object] | None = None) -> RoleDialog:
    """Ask for a role and give it. Without `then`, what came of it is told as a `Notice`."""

    def tell(sentence: str) -> None:
        client.notice(sentence)
        client.tell()

    return RoleDialog(root, client, user_id, then or tell)
