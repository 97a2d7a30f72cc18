"""The checks: each compares what was promised, shown or kept with the database, and says what is wrong."""

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from shared.types import ChannelId, ClientId, Seq

from . import texts
from .keeping import Keeping
from .ledger import Place, Promise
from .orders import Showing, Shown, ShownChannel
from .record import Record, Row

Findings = list[str]


# --- the database -----------------------------------------------------------------------------------------------------


def lost(record: Record, promised: Iterable[str]) -> Findings:
    """Texts that were acknowledged, or kept on disk by a client, and are not there."""
    there = {record.mark(row) for row in record.rows}
    return [f"{mark} is not in the database" for mark in promised if mark not in there]


def doubled(record: Record) -> Findings:
    """Texts, and ids of authors, that are there more than once."""
    marks = Counter(record.mark(row) for row in record.rows)
    ids = Counter((row.author_id, row.client_id) for row in record.rows)
    found = [f"{mark} is in the database {count} times" for mark, count in marks.items() if mark and count > 1]
    return found + [f"{each} is in the database {count} times" for each, count in ids.items() if count > 1]


def unknown(record: Record, said: set[str], changing: Mapping[Place, set[str | None]]) -> Findings:
    """Messages that nobody said, or that became what nobody made of them."""
    found = [f"nobody said message {row.place}" for row in record.rows if record.mark(row) not in said]
    for row in record.rows:
        if row.is_deleted or row.is_edited:
            wanted = changing.get(row.place, set())
            if (None if row.is_deleted else row.body) not in wanted:
                found.append(f"nobody made of message {row.place} what it is")
    return found


def overtaken(record: Record, speakers: set[str]) -> Findings:
    """Texts of one device that are in another order than they were said in."""
    newest: dict[str, int] = {}
    found = []
    for row in sorted(record.rows, key=lambda row: row.id):
        mark = record.mark(row) or "#0"
        speaker = texts.speaker_of(mark)
        if speaker in speakers:
            if texts.number_of(mark) <= newest.get(speaker, 0):
                found.append(f"{mark} comes after {speaker}#{newest[speaker]}")
            newest[speaker] = max(newest.get(speaker, 0), texts.number_of(mark))
    return found


def holes(record: Record) -> Findings:
    """Numbers that are missing or given twice, for messages and for their changes; ids against the order."""
    found = []
    by_channel = {
        channel_id: [row for row in record.rows if row.channel_id == channel_id] for channel_id in record.last_seqs
    }
    for channel_id, rows in by_channel.items():
        seqs, last = [row.seq for row in rows], record.last_seqs[channel_id]
        if seqs != list(range(1, last + 1)):
            missing = sorted(set(range(1, last + 1)) ^ set(seqs))
            found.append(f"channel {channel_id} ends at {last}; {missing[:5] or 'some twice'} do not fit")
        if any(later.id <= row.id for row, later in itertools.pairwise(rows)):
            found.append(f"the ids of channel {channel_id} are not in the order of its numbers")
        revs = [row.rev for row in rows if row.rev]
        if len(set(revs)) < len(revs) or max(revs, default=0) != record.last_revs[channel_id]:
            found.append(f"the revisions of channel {channel_id} do not fit its last, {record.last_revs[channel_id]}")
    return found


def broken_promises(record: Record, promises: Mapping[ClientId, Promise]) -> Findings:
    """Acknowledged texts that stand elsewhere than was answered."""
    there = {row.place: row for row in record.rows}
    found = []
    for client_id, promise in promises.items():
        row = there.get((promise.channel_id, promise.seq))
        if row is None or row.id != promise.message_id or row.client_id != client_id:
            found.append(f"{promise.mark} is not where {promise} says")
    return found


def lost_changes(record: Record, changed: Mapping[Place, str | None]) -> Findings:
    """Acknowledged edits and deletions of which nothing is to be seen."""
    there = {row.place: row for row in record.rows}
    found = []
    for place, body in changed.items():
        row = there.get(place)
        if row is None or row.is_deleted is not (body is None) or row.body != (body or ""):
            found.append(f"message {place} should be {body!r} and is {row and row.body!r}")
    return found


def files_wrong(record: Record, seed: int, folder: Path) -> Findings:
    """Messages that do not hold the file that went out with them, or of which a file is not whole on the disk."""
    found = []
    for row in record.rows:
        mark, held = record.mark(row), record.files.get(row.place, ())
        if mark is None:
            continue
        content = texts.file_of(seed, mark) if texts.has_file(mark) and not row.is_deleted else None
        wanted = () if content is None else (hashlib.sha256(content).hexdigest(),)
        if held != wanted:
            found.append(f"message {row.place}, {mark}, holds {held} and not {wanted}")
        for sha256 in held:
            path = folder / sha256[:2] / sha256
            if not path.exists() or path.read_bytes() != content:
                found.append(f"the file of {mark} is not on the disk as it was sent")
    return found


# --- what is shown ----------------------------------------------------------------------------------------------------


def gaps(showing: Showing) -> Findings:
    """Messages that stand next to each other and are no neighbours."""
    return [
        f"{showing.speaker} shows {later.seq} of channel {channel.channel_id} right after {shown.seq}"
        for channel in showing.channels
        for shown, later in itertools.pairwise(channel.messages)
        if later.seq > shown.seq + 1
    ]


def disorder(showing: Showing, record: Record) -> Findings:
    """Messages in another order than the database has them, or that it does not have."""
    there = {row.place for row in record.rows}
    found = []
    for channel in showing.channels:
        seqs = [shown.seq for shown in channel.messages]
        if seqs != sorted(seqs):
            found.append(f"{showing.speaker} shows channel {channel.channel_id} out of order")
        found += [
            f"{showing.speaker} shows message {seq} of channel {channel.channel_id}, which is not there"
            for seq in seqs
            if (channel.channel_id, seq) not in there
        ]
    return found


def shown_twice(showing: Showing) -> Findings:
    """Messages, or texts, that are shown more than once."""
    found = []
    for channel in showing.channels:
        counts: Counter[object] = Counter(shown.seq for shown in channel.messages)
        counts.update(mark for shown in channel.messages if (mark := texts.mark_of(shown.text)))
        found += [f"{showing.speaker} shows {each} {count} times" for each, count in counts.items() if count > 1]
    return found


def differences(showing: Showing, record: Record) -> Findings:
    """Messages that are shown as something else than they have become."""
    there = {row.place: row for row in record.rows}
    return [
        f"{showing.speaker} shows {shown} of channel {channel.channel_id}, which is {row}"
        for channel in showing.channels
        for shown in channel.messages
        if (row := there.get((channel.channel_id, shown.seq))) is not None and not _is_same(shown, row)
    ]


def _is_same(shown: Shown, row: Row) -> bool:
    text_fits = row.is_deleted or shown.text == row.body
    is_edited = row.is_edited and not row.is_deleted
    marks_fit = shown.is_deleted is row.is_deleted and shown.is_edited is is_edited
    return text_fits and marks_fit and shown.reactions == row.reactions


def incomplete(showing: Showing, record: Record) -> Findings:
    """Channels whose newest message is not shown."""
    return [
        f"{showing.speaker} shows channel {channel.channel_id} up to {_newest(channel)} and not up to {last}"
        for channel in showing.channels
        if _newest(channel) != (last := record.last_seqs.get(channel.channel_id, 0))
    ]


def unheard(speaker: str, newest: Mapping[ChannelId, Seq], record: Record) -> Findings:
    """Channels of whose newest message a connection was not told."""
    return [
        f"{speaker} heard channel {channel_id} up to {seq} and not up to {record.last_seqs.get(channel_id)}"
        for channel_id, seq in newest.items()
        if seq != record.last_seqs.get(channel_id)
    ]


def _newest(channel: ShownChannel) -> Seq:
    return channel.messages[-1].seq if channel.messages else 0


def unread_wrong(showing: Showing, record: Record) -> Findings:
    """Unread counts that are not the last message less what was read."""
    found = []
    for channel in showing.channels:
        read = record.read.get((channel.channel_id, showing.user_id), 0)
        expected = record.last_seqs[channel.channel_id] - read
        if channel.unread != expected:
            found.append(f"{showing.speaker} has {channel.unread} unread in {channel.channel_id}, not {expected}")
    return found


def unsent(showing: Showing | Keeping) -> Findings:
    """What still waits in the outbox."""
    return [f"{showing.speaker} has not sent {each}" for each in showing.unsent]


# --- what is kept -----------------------------------------------------------------------------------------------------


def stale(keeping: Keeping, record: Record) -> Findings:
    """Messages that a device keeps on its disk as something else than they have become."""
    there = {row.place: row for row in record.rows}
    return [
        f"{keeping.speaker} keeps {row}, which is {there.get(row.place)}"
        for row in keeping.rows
        if row != there.get(row.place)
    ]


# --- logs -------------------------------------------------------------------------------------------------------------

_TRACEBACK = "Traceback (most recent call last)"


def tracebacks(logs: Mapping[str, str]) -> Findings:
    """Errors that nobody had planned, each with its last line."""
    return [f"{name}: {last}" for name, text in logs.items() for last in _last_lines(text)]


def _last_lines(text: str) -> Iterator[str]:
    for part in text.split(_TRACEBACK)[1:]:
        lines = part.splitlines()[1:]
        yield next((line for line in lines if line and not line.startswith(" ")), "cut off")
