"""The right pane: the members of the open channel, those who are there first."""

import tkinter
from collections.abc import Callable

from client_app.core.client import Client
from client_app.core.roster import RosterGroup
from shared.rights import OWNER
from shared.types import UserId

from .lists import HeaderRow, ItemRow, ListRow, VirtualList
from .theme import Space, pair
from .toolkit import Frame, Root


class RosterPane(Frame):
    """Draws `client.roster`; `on_person` is called by a click on somebody."""

    def __init__(self, master: tkinter.Misc, root: Root, client: Client, on_person: Callable[[UserId], None]) -> None:
        super().__init__(master, fg_color=pair("sidebar"), width=Space.RIGHT_PANE)
        self.pack_propagate(False)
        self._client = client
        self.list = VirtualList(self, root, lambda key: on_person(UserId(int(key))))
        self.list.pack(fill="both", expand=True)

    def refresh(self) -> None:
        """Draw what has changed."""
        self.list.set_rows(roster_rows(self._client.roster.groups()))


def roster_rows(groups: tuple[RosterGroup, ...]) -> tuple[ListRow, ...]:
    """What the list shows, with the number of people in each heading."""
    rows: list[ListRow] = []
    for group in groups:
        rows.append(HeaderRow(f"group {group.title}", f"{group.title} — {len(group.rows)}"))
        rows += [
            ItemRow(
                str(person.user_id),
                person.name,
                avatar=person.user_id,
                presence=person.is_online,
                is_muted=not person.is_online,
                tip="Owner of this server" if person.role.id == OWNER else "",
            )
            for person in group.rows
        ]
    return tuple(rows)
