"""One channel's messages as rows to draw: day lines, authors, groups, what is still being sent.

The rows form one list that changes by splices, so that a list of 100,000 rows is never compared or copied.
"""

import datetime
import enum
from dataclasses import dataclass

from shared.types import ClientId, Seq, UserId


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


@dataclass(frozen=True, slots=True)
class Splice:
    """At row `start`, `removed` rows went and the `inserted` rows came (rows that changed do both)."""

    start: int
    removed: int
    inserted: tuple[Entry, ...]
