"""One channel's messages as rows to draw: day lines, authors, groups, what is still being sent.

The rows form one list that changes by splices, so that a list of 100,000 rows is never compared or copied.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from client_app.core.store import Unsent
from shared.entities import Message
from shared.types import Seq, UserId

from .quote import Quote, QuoteState
from .rows import Entry, EntryKind, Outlook, Rows, SendState, local

__all__ = ["Entry", "EntryKind", "Outlook", "Quote", "QuoteState", "SendState", "Splice", "Timeline"]


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

    def __init__(
        self,
        title: str,
        me: UserId,
        name_of: Callable[[UserId], str],
        original: Callable[[Seq], Message | QuoteState] = lambda _: QuoteState.LOADING,
    ) -> None:
        """`original` is what is known of a message that is answered here and is not loaded."""
        self.entries: list[Entry] = []
        self.has_older = True
        self.is_loading = False
        self.is_at_end = False
        """Whether the last message here is the channel's newest; not before the first page, nor after a jump."""
        self._title = title
        self._original = original
        self._rows = Rows(me, name_of, self._original_of)
        self._replies: defaultdict[Seq, set[Seq]] = defaultdict(set)
        """Which of the messages that were ever loaded answer each."""
        self._messages: list[Message] = []
        self._row_counts: list[int] = []
        """How many rows each message has: itself, and the lines above it."""
        self._head = 0
        """Rows above the messages: 1 where the beginning is shown."""
        self._tail = 0
        """Rows below the messages: what is being sent."""

    @property
    def first_seq(self) -> Seq:
        """The oldest message loaded; 0 where none is."""
        return self._messages[0].seq if self._messages else 0

    @property
    def last_seq(self) -> Seq:
        """The newest message loaded; 0 where none is."""
        return self._messages[-1].seq if self._messages else 0

    @property
    def unread_from(self) -> Seq:
        """The message below the unread line, whether loaded or not; 0 for no line."""
        return self._rows.unread_from

    def message(self, seq: Seq) -> Message | None:
        """A message as it is now; None where it is not loaded."""
        index = seq - self.first_seq
        return self._messages[index] if self._messages and 0 <= index < len(self._messages) else None

    def quote(self, seq: Seq) -> Quote:
        """A message of the channel as another one quotes it."""
        return self._rows.quote(seq)

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
        self._rows.unread_from = unread_from
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
        revealed = self._rows.revealed.get(message.seq)
        if revealed is not None and revealed.rev < message.rev:
            del self._rows.revealed[message.seq]  # It says something else now.
        return (self._redraw(row, index, message), *self.quoted_changed(message.seq))

    def quoted_changed(self, seq: Seq) -> tuple[Splice, ...]:
        """Show a message as it has become in what answers it."""
        rows = [(self.index_of(each), each - self.first_seq) for each in sorted(self._replies.get(seq, ()))]
        return tuple(self._redraw(row, index, self._messages[index]) for row, index in rows if row is not None)

    def look(self, outlook: Outlook, unsent: Sequence[Unsent]) -> tuple[Splice, ...]:
        """Show what I may see and do from now on."""
        if outlook == self._rows.outlook:
            return ()
        self._rows.outlook = outlook
        if not self.entries:
            return ()
        return self.reset(self._messages, unsent, is_at_end=self.is_at_end, unread_from=self._rows.unread_from)

    def reveal(self, message: Message) -> tuple[Splice, ...]:
        """Show a hidden message as it really is."""
        self._rows.revealed[message.seq] = message
        return self._drawn_again(message.seq)

    def revealed(self, seq: Seq) -> Message | None:
        """A hidden message as it really is; None where it is not shown so."""
        return self._rows.revealed.get(seq)

    def hide(self, seq: Seq) -> tuple[Splice, ...]:
        """Hide a message again that was revealed."""
        return self._drawn_again(seq) if self._rows.revealed.pop(seq, None) else ()

    def newest_redacted(self, before_seq: Seq | None = None) -> Seq:
        """The newest message here, before this one, that came without its text and need not be hidden, or without some
        of its reactions; 0 for none."""
        for message in reversed(self._messages):
            is_redacted = message.is_hidden and self._rows.outlook.blocked.isdisjoint(message.speakers)
            is_wanted = is_redacted or message.has_hidden_reactions
            if is_wanted and (before_seq is None or message.seq < before_seq):
                return message.seq
        return 0

    def fill_in(self, messages: Iterable[Message]) -> tuple[Splice, ...]:
        """Show the text, and the reactions, of messages that came without them."""
        splices = []
        for message in messages:
            row, index = self.index_of(message.seq), message.seq - self.first_seq
            if row is not None and _is_fuller(message, self._messages[index]):
                splices += [self._redraw(row, index, message), *self.quoted_changed(message.seq)]
        return tuple(splices)

    def _drawn_again(self, seq: Seq) -> tuple[Splice, ...]:
        row, index = self.index_of(seq), seq - self.first_seq
        if row is None:
            return ()
        return (self._redraw(row, index, self._messages[index]), *self.quoted_changed(seq))

    def _redraw(self, row: int, index: int, message: Message) -> Splice:
        self._messages[index] = message
        count = self._row_counts[index]
        rows = self._rows.of(self._messages[index - 1] if index else None, message)
        return self._replace(row + 1 - count, count, (), [rows], ())

    def set_unsent(self, unsent: Sequence[Unsent]) -> tuple[Splice, ...]:
        """Show that what is being sent has changed."""
        return self.append((), unsent)

    def set_unread_from(self, seq: Seq, unsent: Sequence[Unsent]) -> tuple[Splice, ...]:
        """Draw the unread line above this message; 0 for no line."""
        if seq == self._rows.unread_from:
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
        moment = local(self._messages[0].created_at if self._messages else 0)
        return (Entry(key="beginning", kind=EntryKind.BEGINNING, time=moment, text=self._title),)

    def _original_of(self, seq: Seq) -> Message | QuoteState:
        return self.message(seq) or self._original(seq)

    def _groups(self, previous: Message | None, messages: Iterable[Message]) -> list[list[Entry]]:
        """The rows of each message."""
        groups = []
        messages = tuple(messages)
        for message in messages:
            if message.reply_to is not None:
                self._replies[message.reply_to].add(message.seq)
        for message in messages:
            groups.append(self._rows.of(previous, message))
            previous = message
        return groups

    def _unsent_rows(self, unsent: Sequence[Unsent]) -> tuple[Entry, ...]:
        """The last rows; after a jump into the past they are not shown, because they come after the newest message."""
        are_shown = self.is_at_end or not self._messages
        shown = list(unsent) if are_shown else []
        above: list[Message | Unsent | None] = [self._messages[-1] if self._messages else None, *shown]
        self._tail = len(shown)
        return tuple(self._rows.unsent(each, previous) for each, previous in zip(shown, above, strict=False))


def _is_fuller(message: Message, known: Message) -> bool:
    """Whether a message shows what was kept back of it."""
    return (known.is_hidden and not message.is_hidden) or (known.has_hidden_reactions and known != message)
