"""A text to write in as Python counts: places are characters from its beginning, where Tk has lines and columns."""

import re
from typing import Protocol

_WORD = re.compile(r"\w+|\s+|[^\w\s]+")


class Indexed(Protocol):
    """What is needed of the text: Tk's operations, and both ways between places and Tk's indices."""

    def get(self, index1: str, index2: str) -> str:
        """What stands between two indices."""

    def offset(self, index: str) -> int:
        """The place of an index."""

    def index_at(self, offset: int) -> str:
        """The index of a place."""

    def mark_set(self, markName: str, index: str) -> None:  # noqa: N803  # as tkinter has it
        """Move a mark."""

    def tag_add(self, tagName: str, index1: str, *args: str) -> None:  # noqa: N803  # as above
        """Mark a stretch."""

    def tag_remove(self, tagName: str, index1: str, index2: str | None = None) -> None:  # noqa: N803  # as above
        """Take marks away."""

    def tag_ranges(self, tagName: str) -> tuple[object, ...]:  # noqa: N803  # as above
        """What is marked."""


class Counted:
    """Reads, moves and selects in one text."""

    def __init__(self, text: Indexed) -> None:
        self._text = text

    def whole(self) -> str:
        """All of it."""
        return self._text.get("1.0", "end-1c")

    def place(self) -> int:
        """Where the cursor is."""
        return self._text.offset("insert")

    def selected(self) -> tuple[int, int]:
        """From where to where it is selected; twice the same where nothing is."""
        ranges = [str(each) for each in self._text.tag_ranges("sel")]
        return (self._text.offset(ranges[0]), self._text.offset(ranges[-1])) if ranges else (0, 0)

    def go_to(self, place: int, *, selects: bool) -> None:
        """Put the cursor there; select from where it was when that began, or nothing."""
        self.select(self._anchor() if selects else place, place)

    def select(self, first: int, last: int) -> None:
        """Select from one place to another, where the cursor is then."""
        text = self._text
        start, end = text.index_at(min(first, last)), text.index_at(max(first, last))
        text.tag_remove("sel", "1.0", "end")
        text.mark_set("insert", end if first <= last else start)
        if first != last:
            text.tag_add("sel", start, end)

    def select_all(self) -> None:
        """Select all of it: what is typed next replaces it."""
        self.select(0, len(self.whole()))

    def word_at(self, place: int) -> tuple[int, int]:
        """Where the word at a place begins and ends, or the space, or the signs."""
        for match in _WORD.finditer(self.whole()):
            if match.start() <= place < match.end():
                return match.span()
        return place, place

    def beyond_word(self, steps: int) -> int:
        """Where the next word begins, or with -1 the one before the cursor."""
        whole, place = self.whole(), self.place()
        starts = [match.start() for match in _WORD.finditer(whole) if not match[0].isspace()]
        if steps > 0:
            return next((start for start in starts if start > place), len(whole))
        return next((start for start in reversed(starts) if start < place), 0)

    def _anchor(self) -> int:
        """The end of the selection at which the cursor is not; the cursor where nothing is selected."""
        (first, last), place = self.selected(), self.place()
        if first == last:
            return place
        return last if place == first else first
