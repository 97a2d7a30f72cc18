"""What was said, on disk: a copy of parts of each channel, in which a gap is where the numbers jump.

A channel's `Mark` says up to which revision its messages are known: every message here shows each change up to it.
"""

import contextlib
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from shared.entities import Message
from shared.types import ChannelId, Rev, Seq, UserId

from .file import AccountFile
from .writing import Write, Writing

MOST_IN_A_CHANNEL = 2_000
"""Messages kept of each channel, the newest: weeks of a lively one, more than anybody scrolls through offline."""
MOST_IN_ALL = 100_000
"""Messages kept of all channels together: about 30 MB, which no disk notices and which opens as quickly as nothing."""
PRUNE_EVERY = 2_000
"""Messages written between two looks at these bounds."""

_PUT = (
    "insert into messages (channel_id, seq, rev, payload) values (?, ?, ?, ?) on conflict (channel_id, seq)"
    " do update set rev = excluded.rev, payload = excluded.payload where excluded.rev >= messages.rev"
)
_MARK = "insert into channels (channel_id, rev) values (?, ?) on conflict (channel_id) do update set rev = excluded.rev"
_MARKS = (
    "select channel_id, rev, (select max(seq) from messages where messages.channel_id = channels.channel_id)"
    " from channels"
)
_HIDDEN, _WITHOUT_REACTIONS = '%"is_hidden":true%', '%"has_hidden_reactions":true%'
"""What stands in the JSON of a message that came without its text, or some reactions, and perhaps in some others."""
_decoder = msgspec.json.Decoder(Message)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is kept of a channel."""

    rev: Rev
    """Every change up to this one is in it."""
    last_seq: Seq
    """The newest message; 0 where there is none."""


class Messages:
    """The messages of one account. Reading sees what was put before, also while that is on its way to the disk."""

    def __init__(self, file: AccountFile, writing: Writing, *, is_kept: bool = True) -> None:
        """Where nothing `is_kept`, nothing is written and nothing read."""
        self._file = file
        self._writing = writing
        self._is_kept = is_kept
        self._lock = threading.Lock()
        # Under the lock: what is not on disk yet.
        self._pending: dict[ChannelId, dict[Seq, Message]] = {}
        self._dropping: Counter[ChannelId] = Counter()
        self._is_doubtful = False
        """So much waited for the disk that something was left out."""
        self._since_pruning = 0
        """The store's thread's."""

    def marks(self) -> dict[ChannelId, Mark]:
        """What is kept, by channel."""
        rows = self._file.read(_MARKS) if self._is_kept else []
        return {channel_id: Mark(rev, last_seq or 0) for channel_id, rev, last_seq in rows}

    def all(self, channel_id: ChannelId) -> list[Message]:
        """Everything kept of a channel, oldest first; gaps are where `seq` jumps."""
        held = self._held(channel_id, "order by seq", ())
        return [held[seq] for seq in sorted(held)]

    def last_seq(self, channel_id: ChannelId) -> Seq:
        """The newest message kept of a channel; 0 where there is none."""
        return max(self._held(channel_id, "order by seq desc limit 1", ()), default=0)

    def before(self, channel_id: ChannelId, seq: Seq, limit: int) -> list[Message]:
        """The messages right before this one without a gap, at most so many, oldest first."""
        held = self._held(channel_id, "and seq < ? order by seq desc limit ?", (seq, limit))
        return _run(held, range(seq - 1, max(0, seq - 1 - limit), -1))[::-1]

    def after(self, channel_id: ChannelId, seq: Seq, limit: int) -> list[Message]:
        """The messages right after this one without a gap, at most so many, oldest first."""
        held = self._held(channel_id, "and seq > ? order by seq limit ?", (seq, limit))
        return _run(held, range(seq + 1, seq + 1 + limit))

    def newest(self, channel_id: ChannelId, limit: int) -> list[Message]:
        """The newest messages kept of a channel, without a gap, oldest first."""
        return self.before(channel_id, self.last_seq(channel_id) + 1, limit)

    def some(self, channel_id: ChannelId, seqs: Collection[Seq]) -> list[Message]:
        """Those of these messages that are kept."""
        places = ", ".join("?" * len(seqs))
        held = self._held(channel_id, f"and seq in ({places})", tuple(seqs))
        return [message for seq, message in held.items() if seq in seqs]

    def contradicts(self, channel_id: ChannelId, messages: Sequence[Message]) -> bool:
        """Whether other messages are kept under the numbers of these."""
        if not messages:
            return False
        held = self._held(channel_id, "and seq between ? and ?", (messages[0].seq, messages[-1].seq))
        return any(message.seq in held and held[message.seq].id != message.id for message in messages)

    def put(self, channel_id: ChannelId, messages: Sequence[Message], rev: Rev) -> None:
        """Keep messages; each stays as it is where a newer revision of it is here. The channel is known up to `rev`."""
        self._keep(channel_id, messages, rev, self._insert)

    def change(self, channel_id: ChannelId, messages: Sequence[Message], rev: Rev) -> None:
        """Keep what became of messages. One that is not here may be on its way in a page that does not know of it yet,
        so it is kept as well unless it is newer than everything here."""
        self._keep(channel_id, messages, rev, self._insert_below_newest)

    def drop(self, channel_id: ChannelId) -> None:
        """Forget a channel."""
        if not self._is_kept:
            return
        with self._lock:
            self._pending.pop(channel_id, None)
            self._dropping[channel_id] += 1

        def run(connection: sqlite3.Connection) -> None:
            connection.execute("delete from messages where channel_id = ?", (channel_id,))
            connection.execute("delete from channels where channel_id = ?", (channel_id,))

        def done() -> None:
            with self._lock:
                self._dropping[channel_id] -= 1

        self._writing.later(Write(self._file, run, done))

    def drop_redacted(self, blocked: frozenset[UserId]) -> None:
        """Forget the messages that came without their text, but those of people who are still blocked; and those that
        came without some of their reactions."""
        if not self._is_kept:
            return

        def is_redacted(message: Message) -> bool:
            return (message.is_hidden and blocked.isdisjoint(message.speakers)) or message.has_hidden_reactions

        with self._lock:
            for pending in self._pending.values():
                for seq in [seq for seq, message in pending.items() if is_redacted(message)]:
                    del pending[seq]

        def run(connection: sqlite3.Connection) -> None:
            query = "select payload from messages where cast(payload as text) like ? or cast(payload as text) like ?"
            rows = connection.execute(query, (_HIDDEN, _WITHOUT_REACTIONS))
            messages = (_decoded(payload) for (payload,) in rows.fetchall())
            found = [(each.channel_id, each.seq) for each in messages if each is not None and is_redacted(each)]
            connection.executemany("delete from messages where channel_id = ? and seq = ?", found)

        self._writing.later(Write(self._file, run))

    def prune(self, connection: sqlite3.Connection) -> None:
        """Forget the oldest beyond the bounds. On the store's thread."""
        found = connection.execute("select channel_id, count(*), max(seq) from messages group by channel_id").fetchall()
        limit, total = MOST_IN_A_CHANNEL, sum(min(count, MOST_IN_A_CHANNEL) for _, count, _ in found)
        while total > MOST_IN_ALL:
            limit //= 2
            total = sum(min(count, limit) for _, count, _ in found)
        for channel_id, count, last_seq in found:
            if count > limit:
                parameters = (channel_id, last_seq - limit)
                connection.execute("delete from messages where channel_id = ? and seq <= ?", parameters)
        self._since_pruning = 0

    def _held(self, channel_id: ChannelId, rest: str, parameters: tuple[int, ...]) -> dict[Seq, Message]:
        """What is on disk and what is on its way there; of each message the newest revision."""
        if not self._is_kept:
            return {}
        with self._lock:
            pending = dict(self._pending.get(channel_id, {}))
            is_dropping = self._dropping[channel_id] > 0
        # Read after the look at what is pending: what was written in between is seen in both places, never in none.
        statement = f"select payload from messages where channel_id = ? {rest}"  # nosec B608  # `rest` is ours
        rows = [] if is_dropping else self._file.read(statement, (channel_id, *parameters))
        held: dict[Seq, Message] = {}
        for (payload,) in rows:
            if (message := _decoded(payload)) is not None:
                held[message.seq] = message
        for seq, message in pending.items():
            if seq not in held or held[seq].rev < message.rev:
                held[seq] = message
        return held

    def _keep(
        self,
        channel_id: ChannelId,
        messages: Sequence[Message],
        rev: Rev,
        insert: Callable[[sqlite3.Connection, ChannelId, Iterable[Message]], None],
    ) -> None:
        if not self._is_kept:
            return
        if self._writing.is_behind:
            self._is_doubtful = True
            return
        if self._is_doubtful:
            self._is_doubtful = False
            self._writing.later(Write(self._file, forget_messages))
        with self._lock:
            pending = self._pending.setdefault(channel_id, {})
            for message in messages:
                if message.seq not in pending or pending[message.seq].rev < message.rev:
                    pending[message.seq] = message

        def run(connection: sqlite3.Connection) -> None:
            insert(connection, channel_id, messages)
            connection.execute(_MARK, (channel_id, rev))

        self._writing.later(Write(self._file, run, lambda: self._settle(channel_id, messages)))

    def _settle(self, channel_id: ChannelId, messages: Sequence[Message]) -> None:
        """These are on disk."""
        with self._lock:
            pending = self._pending.get(channel_id, {})
            for message in messages:
                if pending.get(message.seq) is message:
                    del pending[message.seq]
            if not pending:
                self._pending.pop(channel_id, None)

    def _insert(self, connection: sqlite3.Connection, channel_id: ChannelId, messages: Iterable[Message]) -> None:
        rows = [(channel_id, message.seq, message.rev, msgspec.json.encode(message)) for message in messages]
        connection.executemany(_PUT, rows)
        self._since_pruning += len(rows)
        if self._since_pruning >= PRUNE_EVERY:
            self.prune(connection)

    def _insert_below_newest(
        self, connection: sqlite3.Connection, channel_id: ChannelId, messages: Iterable[Message]
    ) -> None:
        query = "select max(seq) from messages where channel_id = ?"
        (newest,) = connection.execute(query, (channel_id,)).fetchone()
        self._insert(connection, channel_id, [message for message in messages if message.seq <= (newest or 0)])


def forget_messages(connection: sqlite3.Connection) -> None:
    """Forget what was said in all channels."""
    connection.execute("delete from messages")
    connection.execute("delete from channels")


def _decoded(payload: bytes) -> Message | None:
    """The message; None where it cannot be understood."""
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
        return _decoder.decode(payload)
    return None


def _run(held: dict[Seq, Message], seqs: Iterable[Seq]) -> list[Message]:
    """The messages of these numbers up to the first that is not held."""
    found = []
    for seq in seqs:
        if (message := held.get(seq)) is None:
            break
        found.append(message)
    return found
