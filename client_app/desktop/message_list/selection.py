"""What is selected, as places in the texts and never on the screen, and what copying it gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from client_app.core.markdown import Tree, read, read_spans, widened
from client_app.core.timeline.timeline import Entry, EntryKind, Splice
from client_app.core.timeline.transcript import line_of, names_of_files

from .stretches import names_in
from .viewport import moved_index

_WORD = re.compile(r"\w+|[^\w\s]+|\s+")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """The gap before a character of a row's text."""

    index: int
    position: int


@dataclass(frozen=True, slots=True)
class Selection:
    """From where the person began to where they are now, in either order."""

    start: Place
    end: Place

    @property
    def first(self) -> Place:
        """The upper end."""
        return min(self.start, self.end)

    @property
    def last(self) -> Place:
        """The lower end."""
        return max(self.start, self.end)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it."""
        return self.start == self.end

    def range_in(self, index: int, length: int) -> tuple[int, int]:
        """Which characters of a row of this length are selected; equal numbers for none."""
        first, last = self.first, self.last
        if not first.index <= index <= last.index:
            return 0, 0
        start = first.position if index == first.index else 0
        return start, last.position if index == last.index else length

    def moved(self, splices: Sequence[Splice], entries: Sequence[Entry]) -> "Selection | None":
        """The same selection after splices that are about to be applied; None if an end went or was rewritten."""
        ends = []
        texts = {entry.key: entry.text for splice in splices for entry in splice.inserted}
        for place in (self.start, self.end):
            entry = entries[place.index]
            index, _is_touched = moved_index(place.index, entry.key, splices)
            if index is None or texts.get(entry.key, entry.text) != entry.text:
                return None
            ends.append(Place(index, place.position))
        return Selection(*ends)


def word_at(text: str, position: int) -> tuple[int, int]:
    """Start and end of the word that a double click there means."""
    for match in _WORD.finditer(text):
        if match.start() <= position < match.end():
            return match.start(), match.end()
    return len(text), len(text)


def everything(entries: Sequence[Entry]) -> Selection | None:
    """All of a timeline."""
    if not entries:
        return None
    return Selection(Place(0, 0), Place(len(entries) - 1, len(entries[-1].text)))


def selected_text(selection: Selection | None, entries: Sequence[Entry]) -> str:
    """What copying gives: what was typed, within one message as it is, else a line for each."""
    if selection is None or selection.is_empty:
        return ""
    found = []
    for index in range(selection.first.index, selection.last.index + 1):
        entry = entries[index]
        start, end = selection.range_in(index, len(entry.text))
        is_whole = (start, end) == (0, len(entry.text))
        if entry.kind is EntryKind.MESSAGE and (start < end or (is_whole and names_of_files(entry))):
            if not is_whole:
                start, end = widened(_tree(entry), start, end)
            found.append((entry, entry.text[start:end], is_whole))
    if len(found) == 1:
        return found[0][1] or names_of_files(found[0][0])
    return "\n".join(line_of(entry, text, has_files=is_whole) for entry, text, is_whole in found)


def _tree(entry: Entry) -> Tree:
    return (read_spans if entry.is_action else read)(entry.text, names_in(entry))
