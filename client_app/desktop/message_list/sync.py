"""How the canvas follows the view: rows that stay are moved, those that left are erased, those that came are drawn."""

from collections.abc import Iterable, Sequence

from .painted import Painted
from .painter import Painter
from .row import Row
from .selection import Selection
from .viewport import Seen


def follow_view(
    painter: Painter,
    painted: Iterable[Painted],
    seen: Sequence[tuple[Seen, Row]],
    width: int,
    selection: Selection | None,
) -> dict[int, Painted]:
    """What is on the canvas afterwards, by index; `painted` is what was on it, `seen` what shall be."""
    old = {each.row.entry.key: each for each in painted}
    kept: dict[int, Painted] = {}
    shifts: dict[int, list[Painted]] = {}
    for item, row in seen:
        there = old.get(row.entry.key)
        if there is not None and there.row is row:
            del old[row.entry.key]
            kept[item.index] = there
            if there.y != item.y:
                shifts.setdefault(item.y - there.y, []).append(there)
    for each in old.values():
        painter.erase(each)
    painter.shift(shifts, len(kept))
    for item, row in seen:
        if item.index not in kept:
            kept[item.index] = painter.paint(row, item.y, width)
            if selection is not None:
                painter.paint_selection(kept[item.index], item.index, selection)
    return kept
