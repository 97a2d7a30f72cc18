"""Messages of blocked people that follow each other are one quiet line, until somebody asks for the single ones."""

from collections.abc import Sequence

from client_app.core.timeline.timeline import Entry


class Folds:
    """Remembers which of them were asked for. A row stands for one message, for all of its run, or for none."""

    def __init__(self) -> None:
        self._opened: set[str] = set()

    def clear(self) -> None:
        """Another timeline is shown."""
        self._opened.clear()

    def count(self, entries: Sequence[Entry], index: int) -> int:
        """For how many messages this row stands: 0 where an earlier row stands for it, too."""
        if not self._is_folded(entries, index):
            return 1
        if index and self._is_folded(entries, index - 1):
            return 0
        return len(self._run(entries, index))

    def open(self, entries: Sequence[Entry], index: int) -> None:
        """Let each message of the run that begins here have a row of its own."""
        self._opened.update(entry.key for entry in self._run(entries, index))

    def _is_folded(self, entries: Sequence[Entry], index: int) -> bool:
        return entries[index].is_hidden and entries[index].key not in self._opened

    def _run(self, entries: Sequence[Entry], index: int) -> Sequence[Entry]:
        end = index
        while end < len(entries) and self._is_folded(entries, end):
            end += 1
        return entries[index:end]
