"""One channel's messages as rows to draw: day lines, authors, groups, what is still being sent.

The rows form one list that changes by splices, so that a list of 100,000 rows is never compared or copied.
"""

import datetime
import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shared.entities import Message
from shared.types import ClientId, MessageKind, Milliseconds, Seq, UserId

from .store import Unsent

GROUP_MILLISECONDS = 7 * 60 * 1000
"""How long after a message another one of the same author stands below it without a name of its own."""

LATEST: Milliseconds = 250_000_000_000_000
"""The year 9892, beyond which Python knows no dates; a broken server's clock must not stop the window."""


class EntryKind(enum.Enum):
    """What a row is."""

    BEGINNING = "beginning"
    """Above the very first message: what this place is. Always the first row, once the beginning has been loaded."""
    DAY = "day"
    """A line with a date."""
    UNREAD = "unread"
    """A line above the first message that was unread when the channel was opened."""
    MESSAGE = "message"


class SendState(enum.Enum):
    """How far a message of one's own has come."""

    SENT = "sent"
    PENDING = "pending"
    FAILED = "failed"
    """Not sent, for the reason in `error`; `client.retry` or `client.discard` is next."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row."""

    key: str
    """Stays the same while the row stays the same thing, also when a pending message becomes a sent one."""
    kind: EntryKind
    time: datetime.datetime
    """Local time, aware."""
    text: str = ""
    """The body of a message; the date of a day line, as words; the title of the beginning."""
    author_id: UserId | None = None
    author: str = ""
    is_own: bool = False
    is_action: bool = False
    """`/me`: drawn as “* alice waves”."""
    is_grouped: bool = False
    """Follows a message of the same author within a few minutes: drawn without avatar and name."""
    state: SendState = SendState.SENT
    error: str = ""
    seq: Seq = 0
    client_id: ClientId = ""
    edited_at: datetime.datetime | None = None
    """When its author last wrote it anew; local time, aware."""
    is_deleted: bool = False
    """Nothing of what it said is left; only that somebody said something."""

    @property
    def is_edited(self) -> bool:
        """Whether it says something else than at first."""
        return self.edited_at is not None

    @property
    def is_changeable(self) -> bool:
        """Whether it is a message that I may edit or delete."""
        is_sent = self.kind is EntryKind.MESSAGE and self.state is SendState.SENT
        return is_sent and self.is_own and not self.is_deleted


@dataclass(frozen=True, slots=True)
class Splice:
    """At row `start`, `removed` rows went and the `inserted` rows came (rows that changed do both)."""

    start: int
    removed: int
    inserted: tuple[Entry, ...]


class Timeline:
    """The rows of one channel: [the beginning] [messages, with day lines and the unread line] [what is being sent].

    Every method that changes rows returns the splices that do so, for the list that draws them.
    """

    def __init__(self, title: str, me: UserId, name_of: Callable[[UserId], str]) -> None:
        self.entries: list[Entry] = []
        self.has_older = True
        self.is_loading = False
        self.is_at_end = False
        """Whether the last message here is the channel's newest; not before the first page, nor after a jump."""
        self._title = title
        self._me = me
        self._name_of = name_of
        self._messages: list[Message] = []
        self._row_counts: list[int] = []
        """How many rows each message has: itself, and the lines above it."""
        self._head = 0
        """Rows above the messages: 1 where the beginning is shown."""
        self._tail = 0
        """Rows below the messages: what is being sent."""
        self._unread_from: Seq = 0

    @property
    def first_seq(self) -> Seq:
        """The oldest message loaded; 0 where none is."""
        return self._messages[0].seq if self._messages else 0

    @property
    def last_seq(self) -> Seq:
        """The newest message loaded; 0 where none is."""
        return self._messages[-1].seq if self._messages else 0

    def index_of(self, seq: Seq) -> int | None:
        """The row of a message; None where it is not loaded."""
        index = seq - self.first_seq
        if not self._messages or not 0 <= index < len(self._messages):
            return None
        return self._head + sum(self._row_counts[: index + 1]) - 1

    def reset(
        self, messages: Sequence[Message], unsent: Sequence[Unsent], *, is_at_end: bool, unread_from: Seq = 0
    ) -> tuple[Splice, ...]:
        """Show this page and nothing else. `unread_from` is the first message below the unread line; 0 for no line."""
        self._unread_from = unread_from
        self._messages = list(messages)
        self.is_at_end = is_at_end
        groups = self._groups(None, self._messages)
        self._row_counts = [len(group) for group in groups]
        return (self._replace(0, len(self.entries), self._beginning(), groups, self._unsent_rows(unsent)),)

    def prepend(self, messages: Sequence[Message]) -> tuple[Splice, ...]:
        """Show an older page as well. Its newest message comes right before the oldest one loaded."""
        older = [message for message in messages if message.seq < self.first_seq]
        if not older:
            return ()
        removed = self._head + self._row_counts[0]
        groups = self._groups(None, [*older, self._messages[0]])
        self._messages[:0] = older
        self._row_counts[:1] = [len(group) for group in groups]
        return (self._replace(0, removed, self._beginning(), groups, ()),)

    def append(self, messages: Iterable[Message], unsent: Sequence[Unsent]) -> tuple[Splice, ...]:
        """Show newer messages as well, which follow the newest one loaded, and below them what is still being sent."""
        newer = [message for message in messages if message.seq > self.last_seq]
        groups = self._groups(self._messages[-1] if self._messages else None, newer)
        start, removed = len(self.entries) - self._tail, self._tail
        self._messages += newer
        self._row_counts += [len(group) for group in groups]
        splice = self._replace(start, removed, (), groups, self._unsent_rows(unsent))
        return (splice,) if splice.removed or splice.inserted else ()

    def change(self, message: Message) -> tuple[Splice, ...]:
        """Show a message as it has become; harmless where it is not loaded, or shown as something newer."""
        row, index = self.index_of(message.seq), message.seq - self.first_seq
        if row is None or self._messages[index].rev >= message.rev:
            return ()
        self._messages[index] = message
        count = self._row_counts[index]
        rows = self._message_rows(self._messages[index - 1] if index else None, message)
        return (self._replace(row + 1 - count, count, (), [rows], ()),)

    def set_unsent(self, unsent: Sequence[Unsent]) -> tuple[Splice, ...]:
        """Show that what is being sent has changed."""
        return self.append((), unsent)

    def set_unread_from(self, seq: Seq, unsent: Sequence[Unsent]) -> tuple[Splice, ...]:
        """Draw the unread line above this message; 0 for no line."""
        if seq == self._unread_from:
            return ()
        return self.reset(self._messages, unsent, is_at_end=self.is_at_end, unread_from=seq)

    def _replace(
        self, start: int, removed: int, head: tuple[Entry, ...], groups: list[list[Entry]], tail: tuple[Entry, ...]
    ) -> Splice:
        rows = (*head, *(row for group in groups for row in group), *tail)
        self.entries[start : start + removed] = rows
        return Splice(start, removed, rows)

    def _beginning(self) -> tuple[Entry, ...]:
        """The first row, where nothing older is left to load."""
        self.has_older = self.first_seq > 1
        self._head = 0 if self.has_older else 1
        if self.has_older:
            return ()
        moment = _local(self._messages[0].created_at if self._messages else 0)
        return (Entry(key="beginning", kind=EntryKind.BEGINNING, time=moment, text=self._title),)

    def _groups(self, previous: Message | None, messages: Iterable[Message]) -> list[list[Entry]]:
        """The rows of each message."""
        groups = []
        for message in messages:
            groups.append(self._message_rows(previous, message))
            previous = message
        return groups

    def _message_rows(self, previous: Message | None, message: Message) -> list[Entry]:
        time = _local(message.created_at)
        rows = []
        if previous is None or _local(previous.created_at).date() != time.date():
            day = time.date()
            text = f"{day:%A}, {day.day} {day:%B %Y}"
            rows.append(Entry(key=f"day {message.seq}", kind=EntryKind.DAY, time=time, text=text))
        if message.seq == self._unread_from:
            rows.append(Entry(key="unread", kind=EntryKind.UNREAD, time=time))
        is_grouped = not rows and previous is not None and _belongs_below(previous, message)
        rows.append(
            Entry(
                key=f"{message.author_id} {message.client_id}",
                kind=EntryKind.MESSAGE,
                time=time,
                text=message.body,
                author_id=message.author_id,
                author=self._name_of(message.author_id),
                is_own=message.author_id == self._me,
                is_action=message.kind is MessageKind.ACTION,
                is_grouped=is_grouped,
                seq=message.seq,
                client_id=message.client_id,
                edited_at=None if message.edited_at is None else _local(message.edited_at),
                is_deleted=message.is_deleted,
            )
        )
        return rows

    def _unsent_rows(self, unsent: Sequence[Unsent]) -> tuple[Entry, ...]:
        """The last rows; after a jump into the past they are not shown, because they come after the newest message."""
        are_shown = self.is_at_end or not self._messages
        rows: list[Entry] = []
        last = self._messages[-1] if self._messages else None
        author, kind, moment = (last.author_id, last.kind, last.created_at) if last else (None, MessageKind.TEXT, 0)
        for each in unsent if are_shown else ():
            is_grouped = author == self._me and _is_grouped(kind, each.kind, each.created_at - moment)
            rows.append(self._unsent_row(each, is_grouped=is_grouped))
            author, kind, moment = self._me, each.kind, each.created_at
        self._tail = len(rows)
        return tuple(rows)

    def _unsent_row(self, unsent: Unsent, *, is_grouped: bool) -> Entry:
        return Entry(
            key=f"{self._me} {unsent.client_id}",
            kind=EntryKind.MESSAGE,
            time=_local(unsent.created_at),
            text=unsent.body,
            author_id=self._me,
            author=self._name_of(self._me),
            is_own=True,
            is_action=unsent.kind is MessageKind.ACTION,
            is_grouped=is_grouped,
            state=SendState.FAILED if unsent.error else SendState.PENDING,
            error=unsent.error,
            client_id=unsent.client_id,
        )


def _belongs_below(previous: Message, message: Message) -> bool:
    """Whether a message stands below the one before it without a name of its own."""
    passed = message.created_at - previous.created_at
    return previous.author_id == message.author_id and _is_grouped(previous.kind, message.kind, passed)


def _is_grouped(previous: MessageKind, kind: MessageKind, passed: Milliseconds) -> bool:
    """Whether one author's next message stands below the former one without the name said again."""
    return previous is kind is MessageKind.TEXT and passed < GROUP_MILLISECONDS


def _local(moment: Milliseconds) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(min(moment, LATEST) / 1000, datetime.UTC).astimezone()
