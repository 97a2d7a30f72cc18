"""What becomes of a message: the rows that are drawn of it, as I look at it at this moment."""

import datetime
import enum
from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.markdown import plain_text, read_spans
from client_app.core.store import Unsent, Upload
from shared.entities import Attachment, Message
from shared.types import ChannelId, ClientId, MessageKind, Milliseconds, Seq, UserId

from .named import Named, with_names
from .quote import Quote, QuoteState, said
from .reaction_rows import Shown, shown

GROUP_MILLISECONDS = 7 * 60 * 1000
"""How long after a message another one of the same author stands below it without a name of its own."""

NO_CHANNEL = ChannelId(0)

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
    place: str = ""
    """Where it was said, as people call it; only where it is shown outside of its channel."""
    is_own: bool = False
    is_action: bool = False
    """`/me`: drawn as “* alice waves”."""
    is_grouped: bool = False
    """Follows a message of the same author within a few minutes: drawn without avatar and name."""
    state: SendState = SendState.SENT
    error: str = ""
    channel_id: ChannelId = NO_CHANNEL
    seq: Seq = 0
    client_id: ClientId = ""
    edited_at: datetime.datetime | None = None
    """When its author last wrote it anew; local time, aware."""
    is_deleted: bool = False
    """Nothing of what it said is left; only that somebody said something."""
    is_announcement: bool = False
    """Said to everybody: drawn as such."""
    is_hidden: bool = False
    """Said by somebody whom I blocked: drawn as “Blocked message”, without a text; `client.reveal` shows it."""
    is_revealed: bool = False
    """Said by somebody whom I blocked, and shown all the same; `client.hide` hides it again."""
    is_pinned: bool = False
    """Whether it is pinned to its channel."""
    written: str = ""
    """What it says as its author would write it anew."""
    named: tuple[Named, ...] = ()
    """Who is named in the text."""
    is_for_me: bool = False
    """Whether it mentions me, or everybody: drawn as such."""
    may_delete: bool = False
    """Whether I may take it back, or away."""
    may_report: bool = False
    """Whether I may show it to the moderators."""
    reactions: tuple[Shown, ...] = ()
    """In the order in which each was first used."""
    may_react: bool = False
    """Whether I may put an emoji under it."""
    quote: Quote | None = None
    """What it answers."""
    forwarded_from: UserId | None = None
    """Who said it first, somewhere else."""
    forwarded: str = ""
    """What that person is called."""
    attachments: tuple[Attachment, ...] = ()
    """Its files, in the order in which they are shown."""
    uploads: tuple[Upload, ...] = ()
    """Of a message on its way: the files that go out with it; then there are no `attachments`."""

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
class Outlook:
    """How I look at what is said in a channel."""

    blocked: frozenset[UserId] = frozenset()
    """Whose messages are hidden, whatever is here of them."""
    may_delete: bool = False
    """Whether I may delete what others said."""
    may_react: bool = False
    """Whether I may react to what was said."""
    names_rev: int = 0
    """Which names people have: another number where one of them has another."""


class Rows:
    """Makes the rows of one channel's messages."""

    def __init__(
        self, me: UserId, name_of: Callable[[UserId], str], original: Callable[[Seq], Message | QuoteState]
    ) -> None:
        """`original` is the message of this channel that another one answers, or what is known of it."""
        self.me = me
        self._original = original
        self.outlook = Outlook()
        self.unread_from: Seq = 0
        """The message above which the unread line is drawn; 0 for none."""
        self.revealed: dict[Seq, Message] = {}
        """Hidden messages as they really are, that I want to see all the same."""
        self._name_of = name_of

    def of(self, previous: Message | None, message: Message) -> list[Entry]:
        """The rows of a message that follows `previous`: itself, and the lines above it."""
        time = local(message.created_at)
        rows = []
        if previous is None or local(previous.created_at).date() != time.date():
            day = time.date()
            text = f"{day:%A}, {day.day} {day:%B %Y}"
            rows.append(Entry(key=f"day {message.seq}", kind=EntryKind.DAY, time=time, text=text))
        if message.seq == self.unread_from:
            rows.append(Entry(key="unread", kind=EntryKind.UNREAD, time=time))
        is_grouped = not rows and previous is not None and _belongs_below(previous, message)
        rows.append(self._message(message, is_grouped=is_grouped))
        return rows

    def is_blocked(self, message: Message) -> bool:
        """Whether this is not shown unless I ask for it."""
        if message.is_deleted or message.author_id == self.me:
            return False
        return message.is_hidden or not self.outlook.blocked.isdisjoint(message.speakers)

    def quote(self, seq: Seq) -> Quote:
        """A message of this channel as another one quotes it."""
        found = self._original(seq)
        if isinstance(found, QuoteState):
            return Quote(seq, found)
        author_id, author = found.author_id, self._name_of(found.author_id)
        if found.is_deleted:
            return Quote(seq, QuoteState.DELETED)
        if self.is_blocked(found):
            if seq not in self.revealed:
                return Quote(seq, QuoteState.BLOCKED)
            found = self.revealed[seq]
        is_action = found.kind is MessageKind.ACTION
        text, _ = with_names(found.body, found.mentions, self._name_of, self.me)
        words = said(plain_text(read_spans(text) if is_action else text), found.attachments)
        return Quote(seq, QuoteState.SHOWN, author_id, author, words, is_action)

    def _message(self, message: Message, *, is_grouped: bool) -> Entry:
        is_own, is_blocked = message.author_id == self.me, self.is_blocked(message)
        is_revealed = is_blocked and message.seq in self.revealed
        is_hidden = is_blocked and not is_revealed
        told = self.revealed[message.seq] if is_revealed else message
        text, named = ("", ()) if is_hidden else with_names(told.body, told.mentions, self._name_of, self.me)
        return Entry(
            key=f"{message.author_id} {message.client_id}",
            kind=EntryKind.MESSAGE,
            time=local(message.created_at),
            text=text,
            written="" if is_hidden else told.body,
            named=named,
            is_for_me=not is_own and any(each.user_id in (self.me, None) for each in told.mentions),
            author_id=message.author_id,
            author=self._name_of(message.author_id),
            is_own=is_own,
            is_action=message.kind is MessageKind.ACTION,
            is_grouped=is_grouped,
            channel_id=message.channel_id,
            seq=message.seq,
            client_id=message.client_id,
            edited_at=None if message.edited_at is None else local(message.edited_at),
            is_deleted=message.is_deleted,
            is_announcement=message.kind is MessageKind.ANNOUNCEMENT,
            is_hidden=is_hidden,
            is_revealed=is_revealed,
            is_pinned=message.pinned_at is not None,
            may_delete=not message.is_deleted and (is_own or self.outlook.may_delete),
            may_report=not message.is_deleted and not is_own,
            reactions=() if is_hidden else self._reactions(told),
            may_react=self.outlook.may_react and not message.is_deleted and not is_blocked,
            quote=None if told.reply_to is None or is_hidden else self.quote(told.reply_to),
            forwarded_from=told.forwarded_from,
            forwarded="" if told.forwarded_from is None else self._name_of(told.forwarded_from),
            attachments=() if is_hidden else told.attachments,
        )

    def _reactions(self, message: Message) -> tuple[Shown, ...]:
        if not message.reactions:
            return ()
        return shown(message.reactions, self.me, self.outlook.blocked, self._name_of)

    def unsent(self, unsent: Unsent, previous: Message | Unsent | None) -> Entry:
        """The row of a message of mine that is on its way, and follows `previous`."""
        is_grouped = False
        if previous is not None:
            author = previous.author_id if isinstance(previous, Message) else self.me
            passed = unsent.created_at - previous.created_at
            is_grouped = author == self.me and _is_grouped(previous.kind, unsent.kind, passed)
        reference = unsent.reference
        return Entry(
            key=f"{self.me} {unsent.client_id}",
            kind=EntryKind.MESSAGE,
            time=local(unsent.created_at),
            text=unsent.body,
            author_id=self.me,
            author=self._name_of(self.me),
            is_own=True,
            is_action=unsent.kind is MessageKind.ACTION,
            is_grouped=is_grouped and reference.reply_to is None,
            is_announcement=unsent.kind is MessageKind.ANNOUNCEMENT,
            state=SendState.FAILED if unsent.error else SendState.PENDING,
            error=unsent.error,
            channel_id=unsent.channel_id,
            client_id=unsent.client_id,
            uploads=unsent.uploads,
            quote=None if reference.reply_to is None else self.quote(reference.reply_to),
            forwarded_from=reference.forwarded_from,
            forwarded="" if reference.forwarded_from is None else self._name_of(reference.forwarded_from),
        )


def _belongs_below(previous: Message, message: Message) -> bool:
    """Whether a message stands below the one before it without a name of its own."""
    if message.reply_to is not None:
        return False
    passed = message.created_at - previous.created_at
    return previous.author_id == message.author_id and _is_grouped(previous.kind, message.kind, passed)


def _is_grouped(previous: MessageKind, kind: MessageKind, passed: Milliseconds) -> bool:
    """Whether one author's next message stands below the former one without the name said again."""
    return previous is kind is MessageKind.TEXT and passed < GROUP_MILLISECONDS


def local(moment: Milliseconds) -> datetime.datetime:
    """A moment as people here know it, aware of its zone."""
    return datetime.datetime.fromtimestamp(min(moment, LATEST) / 1000, datetime.UTC).astimezone()
