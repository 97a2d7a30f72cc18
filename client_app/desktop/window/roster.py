"""The right pane: the members of the open channel under the names of their roles, then those who are not there."""

import tkinter
from collections.abc import Callable

from client_app.core.client import Client
from client_app.core.panes.roster import RosterGroup, RosterRow
from client_app.desktop.drawing.signs import Sign
from client_app.desktop.lists import HeaderRow, ItemRow, ListRow, VirtualList
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Root
from shared.types import BlockKind, UserId


class RosterPane(Frame):
    """Draws `client.roster`; `on_person` gets whom a click, a right click or a key means, and where on the screen."""

    def __init__(
        self, master: tkinter.Misc, root: Root, client: Client, on_person: Callable[[UserId, int, int], None]
    ) -> None:
        super().__init__(master, fg_color=pair("sidebar"), width=Space.RIGHT_PANE)
        self.pack_propagate(False)
        self._client, self._on_person = client, on_person
        self.list = VirtualList(self, root, self._open, on_menu=self._menu)
        self.list.pack(fill="both", expand=True)

    def refresh(self) -> None:
        """Draw what has changed."""
        self.list.set_rows(roster_rows(self._client.roster.groups()))

    def _open(self, key: str) -> None:
        """At the pointer where it is over the list; a key may have been pressed with it anywhere."""
        x, y = self.winfo_pointerxy()
        left, top = self.winfo_rootx(), self.winfo_rooty()
        is_here = left <= x < left + self.winfo_width() and top <= y < top + self.winfo_height()
        self._on_person(UserId(int(key)), x if is_here else left, y if is_here else top)

    def _menu(self, key: str, x: int, y: int) -> None:
        if key.isdigit():
            self._on_person(UserId(int(key)), x, y)


def roster_rows(groups: tuple[RosterGroup, ...]) -> tuple[ListRow, ...]:
    """What the list shows, with the number of people in each heading."""
    rows: list[ListRow] = []
    for group in groups:
        rows.append(HeaderRow(f"group {group.title}", f"{display_text(group.title)} — {len(group.rows):,}"))
        rows += [_item(person) for person in group.rows]
    return tuple(rows)


def _item(person: RosterRow) -> ItemRow:
    is_blocked = person.block is not None and person.block.kind is BlockKind.BLOCK
    found = tuple(_marks(person))
    return ItemRow(
        str(person.user_id),
        person.name,
        avatar=person.user_id,
        detail=person.status.text if person.status is not None else "",
        presence=None if is_blocked else person.presence,
        is_muted=not person.presence.is_here or is_blocked,
        marks=tuple(sign for sign, _words in found),
        tip="\n".join((*_names(person), *(words for _sign, words in found))) if found else "",
    )


def _names(person: RosterRow) -> tuple[str, ...]:
    """What may not have had room."""
    return (display_text(f"{person.name}\n{person.status.text}"),) if person.status is not None else ()


def _marks(person: RosterRow) -> list[tuple[Sign, str]]:
    """What stands behind a name, and what it means."""
    marks: list[tuple[Sign, str]] = []
    if person.is_timed_out:
        marks.append(("clock", "Timed out: only looks on."))
    if person.block is not None:
        is_blocked = person.block.kind is BlockKind.BLOCK
        marks.append(("blocked", "You blocked them.") if is_blocked else ("muted", "You muted them."))
    return marks
