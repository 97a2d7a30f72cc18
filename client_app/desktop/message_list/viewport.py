"""Where one is in a list of any length: a row and its place on the screen, and nothing else.

There is no total height and no absolute offset: a hundred thousand rows cost what a hundred do, and rows that come
above the anchor change a number and nothing that is seen.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from client_app.core.timeline.timeline import Splice

NEAR_END = 4
"""Pixels from the bottom that still count as being there."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A row that is in view: its index, its top, its height."""

    index: int
    y: int
    height: int


class Viewport:
    """The anchor, and the arithmetic around it. `height_of(index)` must be exact for rows near the view."""

    def __init__(self, height_of: Callable[[int], int]) -> None:
        self._height_of = height_of
        self.count = 0
        self.height = 1
        self.bottom_margin = 0
        """Pixels kept free below the last row."""
        self.top_margin = 0
        """Pixels that may be seen above the first row."""
        self.index = 0
        """The anchor: the first row in view."""
        self.y = 0
        """Its top, at or above 0 unless it is the first row or the rows do not fill the view."""
        self.is_at_end = True
        """Whether the list follows what comes at its end."""

    def scroll(self, distance: int) -> None:
        """Move towards the end by so many pixels, as far as there are rows."""
        self.y -= distance
        self.settle(follows=distance >= 0)

    def to_end(self) -> None:
        """Show the last row, and go on following."""
        self._put_last()
        self.settle(follows=True)

    def to_start(self) -> None:
        """Show the first row, and what is above it."""
        self.to(0, self.top_margin)

    def to(self, index: int, y: int = 0) -> None:
        """Put the top of a row at y, as far as there are rows."""
        self.index, self.y = min(max(index, 0), max(self.count - 1, 0)), y
        self.settle(follows=False)

    def reveal(self, index: int, *, from_below: bool = False) -> None:
        """Bring a row into view by moving no further than it takes.

        Of one that does not fit it is the top, or where one comes `from_below` the bottom.
        """
        seen = {row.index: row for row in self.seen()}
        row, room = seen.get(index), self.height - self.bottom_margin
        if row is None and from_below:
            self.to(index, min(room - self._height_of(index), 0))
        elif row is None:
            self.to(index, 0 if index < self.index else max(room - self._height_of(index), 0))
        elif row.height > room:
            self.scroll(row.y + (row.height - room if from_below else 0))
        elif row.y < 0:
            self.scroll(row.y)
        elif row.y + row.height > room:
            self.scroll(row.y + row.height - room)

    def to_fraction(self, fraction: float) -> None:
        """Go to a share of the rows, 0 the first and 1 the end."""
        if fraction >= 1:
            self.to_end()
            return
        exact = fraction * max(self.count - 1, 0)
        index = int(exact)
        self.to(index, -int((exact - index) * (self._height_of(index) if self.count else 0)))

    def fraction(self) -> float:
        """The share of the rows that is above, 1 at the end."""
        if self.count == 0 or self.is_at_end:
            return 1.0
        share = -self.y / max(self._height_of(self.index), 1)
        return min(max(self.index + share, 0.0) / max(self.count - 1, 1), 1.0)

    def settle(self, *, follows: bool | None = None) -> None:
        """Bring the anchor back to the first row in view and close gaps at either end.

        `follows` says whether arriving at the end means staying there: None leaves it as it is.
        """
        if self.count == 0:
            self.index, self.y, self.is_at_end = 0, 0, True
            return
        stays = follows is None and self.is_at_end
        if stays:
            self._put_last()
        self._normalise()
        if self.index == 0 and self.y > self.top_margin:
            self.y = self.top_margin
        below = self._space_below()
        if below > 0:
            # Too few rows, or scrolled too far: the last one stands on the bottom.
            self.y += below
            self._normalise()
        self.is_at_end = stays or below >= 0 or (bool(follows) and below >= -NEAR_END)

    def seen(self) -> Iterator[Seen]:
        """The rows in view, from the top."""
        y, index = self.y, self.index
        while index < self.count and y < self.height:
            height = self._height_of(index)
            if y + height > 0:
                yield Seen(index, y, height)
            y += height
            index += 1

    def spliced(self, splices: Sequence[Splice], keys: Callable[[int], str]) -> None:
        """Keep the view where it is through splices that are about to be applied. `keys(index)` is a row's key now.

        The row that holds still is the first one in view that no splice touches, or else the first that remains.
        """
        rows = list(self.seen())
        moved = [(seen, *moved_index(seen.index, keys(seen.index), splices)) for seen in rows]
        self.count += sum(len(splice.inserted) - splice.removed for splice in splices)
        untouched = [(seen, index) for seen, index, is_touched in moved if index is not None and not is_touched]
        remaining = [(seen, index) for seen, index, _is_touched in moved if index is not None]
        for seen, index in (untouched or remaining)[:1]:
            self.index, self.y = index, seen.y
        self.index = min(self.index, max(self.count - 1, 0))

    def _put_last(self) -> None:
        self.index = max(self.count - 1, 0)
        self.y = self.height - self.bottom_margin - (self._height_of(self.index) if self.count else 0)

    def _normalise(self) -> None:
        while self.y > 0 and self.index > 0:
            self.index -= 1
            self.y -= self._height_of(self.index)
        while self.index < self.count - 1:
            height = self._height_of(self.index)
            if self.y + height > 0:
                break
            self.y += height
            self.index += 1

    def _space_below(self) -> int:
        """Pixels between the last row and the bottom; negative, and no more than sure to be so, if rows go on."""
        y, index, floor = self.y, self.index, self.height - self.bottom_margin
        while index < self.count:
            y += self._height_of(index)
            index += 1
            if y > floor + NEAR_END and index < self.count:
                return -NEAR_END - 1
        return floor - y


def moved_index(index: int, key: str, splices: Sequence[Splice]) -> tuple[int | None, bool]:
    """Where a row stands after splices, None if it went; and whether it was replaced by another form of itself."""
    is_touched = False
    for splice in splices:
        if index >= splice.start + splice.removed:
            index += len(splice.inserted) - splice.removed
        elif index >= splice.start:
            found = next((n for n, entry in enumerate(splice.inserted) if entry.key == key), None)
            if found is None:
                return None, True
            index, is_touched = splice.start + found, True
    return index, is_touched
