"""Several people to write to at once: a group is made of all who were taken."""

from client_app.core.client import Client
from client_app.desktop.lists import ListRow
from client_app.desktop.switcher import Choice
from client_app.desktop.text import display_text
from client_app.desktop.toolkit import Root
from shared.limits import MAX_GROUP
from shared.types import BlockKind, UserId

from .several import SeveralPicker

HEIGHT = 320
MOST = MAX_GROUP - 1
"""Others in a group, oneself not counted."""


class GroupPicker(SeveralPicker):
    """The button begins the conversation; Backspace in an empty field gives back whoever was taken last."""

    def __init__(self, root: Root, client: Client) -> None:
        self._client = client
        label = "Begin the conversation"
        super().__init__(root, "New group", _people(client), most=MOST, confirm_label=label, height=HEIGHT)
        self._entry.bind("<BackSpace>", lambda _event: self._on_backspace(), add="+")
        self.begin()

    def _do(self) -> bool:
        match self._taken:
            case []:
                self.show_error("Choose whom to write to.")
                return False
            case [one]:
                self._client.open_direct(UserId(int(one.key)))
            case many:
                self._client.open_group([UserId(int(choice.key)) for choice in many])
        self._client.tell()
        return True

    def _row_of(self, choice: Choice) -> ListRow:
        return self._person_row(choice, choice.detail)

    def _said(self) -> str:
        names = ", ".join(display_text(choice.title) for choice in self._taken)
        none = "Nobody else has an account here yet." if not self._choices else f"Up to {MOST} people."
        return f"To {names}." if names else none

    def _too_many(self) -> str:
        return f"A group has at most {MAX_GROUP} people, you among them. More of them want a channel."

    def _on_backspace(self) -> None:
        if not self._typed.get() and self._taken:
            self._taken.pop()
            self._show()


def ask_group(root: Root, client: Client) -> GroupPicker:
    """Ask for several people, and begin a conversation of them all."""
    return GroupPicker(root, client)


def _people(client: Client) -> list[Choice]:
    rows = [row for row in client.roster.everybody() if not row.is_me]
    return [
        Choice(str(row.user_id), row.name, is_person=True, user_id=row.user_id, also=row.handle, presence=row.presence)
        for row in rows
        if row.block is None or row.block.kind is not BlockKind.BLOCK
    ]
