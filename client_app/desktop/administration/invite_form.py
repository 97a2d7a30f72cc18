"""What a new invite is to be: for which role, for how long, for how many people."""

from collections.abc import Callable

from client_app.core.client import Client
from client_app.desktop.text import plain_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, OptionMenu, Root
from client_app.desktop.words.moments import DAY, HOUR, WEEK
from shared.errors import Refusal
from shared.moderation import Invite
from shared.rights import MEMBER

WIDTH = 400
SPANS: dict[str, int | None] = {
    "1 hour": HOUR, "1 day": DAY, "1 week": WEEK, "4 weeks": 4 * WEEK, "For ever": None,
}  # fmt: skip
USES: dict[str, int | None] = {"1": 1, "5": 5, "10": 10, "25": 25, "100": 100, "Any number": None}


class InviteDialog(Dialog):
    """Three menus; closes when the server has made the invite."""

    def __init__(self, root: Root, client: Client, then: Callable[[Invite], None]) -> None:
        super().__init__(root, "New invite", on_confirm=self._make, confirm_label="Make the invite", width=WIDTH)
        self._client, self._then = client, then
        self._roles = {plain_text(role.name): role.id for role in client.administration.roles_i_may_invite_to()}
        member = next((name for name, role_id in self._roles.items() if role_id == MEMBER), "")
        self.role = self._menu("Whoever uses it becomes", list(self._roles), member)
        self.span = self._menu("It can be used for", list(SPANS), "1 week")
        self.uses = self._menu("By how many people", list(USES), "1")
        self.open(self.role)

    def _menu(self, label: str, values: list[str], chosen: str) -> OptionMenu:
        Label(self.body, label, role="small_bold", text_color=pair("text_muted"), height=18).pack(
            fill="x", pady=(Space.SMALL, Space.TIGHT)
        )
        menu = OptionMenu(self.body, values)
        menu.set(chosen or next(iter(values), ""))
        menu.pack(fill="x")
        return menu

    def _make(self) -> bool:
        role_id = self._roles.get(str(self.role.get()))
        if role_id is None:
            self.show_error("There is no role below yours that an invite could give.")
            return False
        self.confirm_button.configure(state="disabled")
        self._client.administration.create_invite(
            role_id, SPANS[str(self.span.get())], USES[str(self.uses.get())], self._made, self._turn_down
        )
        self._client.tell()
        return False

    def _made(self, invite: Invite) -> None:
        self.close()
        self._then(invite)

    def _turn_down(self, refusal: Refusal) -> None:
        if self.winfo_exists():
            self.confirm_button.configure(state="normal")
            self.show_error(refusal.message)


def ask_new_invite(root: Root, client: Client, then: Callable[[Invite], None]) -> InviteDialog:
    """Ask what the invite is to be, and make it."""
    return InviteDialog(root, client, then)
