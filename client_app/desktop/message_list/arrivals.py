"""Which of the rows that change are messages that came at the end."""

from collections.abc import Sequence

from client_app.core.timeline.timeline import Entry, EntryKind, SendState, Splice


def arrivals(splices: Sequence[Splice], entries: Sequence[Entry]) -> tuple[int, bool]:
    """How many messages come at the end with splices to be applied, and whether one of them is being sent from here."""
    length, count, is_own = len(entries), 0, False
    for splice in splices:
        if splice.start + splice.removed == length:
            gone = {entry.key for entry in entries[splice.start : splice.start + splice.removed]}
            new = [e for e in splice.inserted if e.kind is EntryKind.MESSAGE and e.key not in gone]
            count += len(new)
            is_own |= any(entry.is_own and entry.state is SendState.PENDING for entry in new)
        length += len(splice.inserted) - splice.removed
    return count, is_own
