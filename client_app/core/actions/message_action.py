"""What can be done with one message: what an entry of the table of message actions is."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry, EntryKind, SendState

MessageSign = Literal["smile", "reply", "pencil", "jump", "cross"]
"""What an action in the bar beside a message is drawn as."""


class MessageGroup(enum.Enum):
    """Which part of the menu an action stands in; the parts are divided by lines, in this order."""

    ANSWER = "answer"
    """To say something to it."""
    TAKE = "take"
    """To take it somewhere else: copy, link, forward, select."""
    KEEP = "keep"
    """To find it again: pin, save, mark unread."""
    CHANGE = "change"
    """What becomes of it."""
    OTHERS = "others"
    """What concerns whoever said it."""


@dataclass(frozen=True, slots=True)
class MessageAction:
    """Something that a person can do with a message of the open channel."""

    id: str
    label: str
    """As the menu says it; a few words, with “…” where it asks something first."""
    group: MessageGroup
    run: Callable[[Client, Surface, Entry], None]
    """Raises `Refusal` where it cannot be done: the person is told."""
    is_available: Callable[[Client, Entry], bool]
    """Asked whenever the menu or the bar is shown and before it runs, of every row: also day lines and unsent ones."""
    key: str = ""
    """One letter, while the keyboard is on a message; actions that are never available together may share it."""
    sign: MessageSign | None = None
    """Of those that stand in the bar beside the message under the pointer, too; in the order of the table."""


def is_said(entry: Entry) -> bool:
    """Whether it is a message that everybody has: not on its way, nor deleted; it may be hidden from me."""
    return entry.kind is EntryKind.MESSAGE and entry.state is SendState.SENT and not entry.is_deleted


def is_readable(entry: Entry) -> bool:
    """Whether it is such a message, and I can read it."""
    return is_said(entry) and is_shown(entry)


def is_shown(entry: Entry) -> bool:
    """Whether it is a message whose text I see, be it sent or not."""
    return entry.kind is EntryKind.MESSAGE and not entry.is_deleted and not entry.is_hidden
