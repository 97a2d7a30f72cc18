"""A row as it is on the canvas: what is going on with it, and where it stands."""

from dataclasses import dataclass, field
from typing import assert_never

from PIL import ImageTk

from client_app.desktop.text import display_text

from .rows import EntryRow, HeaderRow, ItemRow, ListRow

MARGIN = 8
"""Between the list's edge and what lies under a row."""


@dataclass(frozen=True, slots=True)
class RowState:
    """What is going on with a row."""

    is_selected: bool = False
    is_hovered: bool = False
    is_focused: bool = False
    is_collapsed: bool = False
    is_add_hovered: bool = False


@dataclass(slots=True)
class PaintedRow:
    """A row that is on the canvas."""

    row: ListRow
    state: RowState
    y: int
    tag: str
    is_cut: bool = False
    """Whether a text did not fit."""
    images: list[ImageTk.PhotoImage] = field(default_factory=list)

    def tip(self, *, is_on_add: bool = False) -> str:
        """What is told beside the pointer: what there is to say, or what did not fit."""
        row = self.row
        match row:
            case HeaderRow():
                return row.add_tip if is_on_add else ""
            case ItemRow():
                return row.tip or (display_text(f"{row.title}\n{row.detail}".strip()) if self.is_cut else "")
            case EntryRow():
                return display_text(f"{row.title}\n{row.detail}") if self.is_cut else ""
            case _:
                assert_never(row)
