"""What the core tells whoever draws it: one frozen type per signal, all told on the thread that drains the core.

A signal says that something changed; the view models (`client.channels`, `client.timeline(…)`, `client.roster`) hold
what it is now.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shared.entities import Message, User
from shared.errors import Code
from shared.types import ChannelId

from .network.address import Address
from .timeline.timeline import Splice


class Phase(enum.Enum):
    """Where the client stands with its server."""

    LOGGED_OUT = "logged out"
    CONNECTING = "connecting"
    """The first time: the login screen waits."""
    ONLINE = "online"
    RECONNECTING = "reconnecting"
    """After a drop, or from the start where the last world is kept: what is typed is kept and goes out later."""


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """The client's standing with its server changed."""

    phase: Phase
    reason: str = ""
    """Why the connection is not there, as a sentence."""
    retry_in: float | None = None
    """Seconds until the next attempt; None while one is under way."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A session is open, or its last world is here: draw everything anew. Told again after each resume."""

    me: User
    is_resumed: bool


@dataclass(frozen=True, slots=True)
class LoginFailed:
    """The attempt to log in, register or come back from a remembered session ended; another may follow at once."""

    message: str
    code: Code | None
    """None where no server answered."""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class CertificateQuestion:
    """The server showed a certificate that no authority vouches for. Nothing was sent to it.

    `known` is None for a server that is new: `client.trust(address, fingerprint)` remembers it; then connect again.
    Otherwise the fingerprint is not the one remembered, and going on wants a deliberate act.
    """

    address: Address
    fingerprint: str
    known: str | None


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """The session is over: asked for, revoked or expired. The login screen is next; the message says why."""

    message: str


@dataclass(frozen=True, slots=True)
class ChannelsChanged:
    """Names, topics, unread counts, order or presence in the left pane changed."""


@dataclass(frozen=True, slots=True)
class ChannelOpened:
    """Another channel is the open one."""

    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class TimelineChanged:
    """The entries of one channel's timeline changed by these splices, in this order."""

    channel_id: ChannelId
    splices: tuple[Splice, ...]


@dataclass(frozen=True, slots=True)
class TypingChanged:
    """Others began or ceased to write in a channel; `client.typists(…)` says who."""

    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class RosterChanged:
    """Members of the open channel, or their presence, changed."""


@dataclass(frozen=True, slots=True)
class AdministrationChanged:
    """Something that those keep who run the house changed: an open page of it asks again.

    So does `client.administration.waiting()`.
    """


@dataclass(frozen=True, slots=True)
class PicturesChanged:
    """The house has another picture, or other emoji of its own."""


@dataclass(frozen=True, slots=True)
class PinsChanged:
    """A message of this channel changed: whoever shows what is pinned there asks again."""

    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class SavedMessagesChanged:
    """I saved a message, or do so no more, perhaps on another device: whoever shows them asks again."""


@dataclass(frozen=True, slots=True)
class MentionsChanged:
    """What mentions me changed: an open list of it asks again."""


@dataclass(frozen=True, slots=True)
class SearchChanged:
    """What is looked for, or what was found, changed: `client.search.results` holds it."""


@dataclass(frozen=True, slots=True)
class MessageArrived:
    """Somebody else said something just now (not history): what a notification is made of.

    Also told of a message that was changed so that it mentions me now.

    Not told of people whom I blocked or muted.
    """

    message: Message
    author: User
    is_direct: bool
    """Whether it was said in a direct conversation or a group."""
    is_announcement: bool = False
    """Whether it is meant for everybody, whatever their settings."""
    is_mention: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the person: the answer to a command, or why something was refused."""

    text: str
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class Undoable:
    """Something was done, and can be taken back for a while."""

    text: str
    undo: Callable[[], None]


@dataclass(frozen=True, slots=True)
class FileArrived:
    """A file that was wanted is on this computer. Its name there says nothing of what it is called."""

    key: str
    path: Path


@dataclass(frozen=True, slots=True)
class FileFailed:
    """A file that was wanted cannot be had, for this reason; `client.files.try_again` lets it be asked for again."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileProgress:
    """A file has come further, here or to the server; told some ten times a second. `client.files.progress` says it."""

    key: str


@dataclass(frozen=True, slots=True)
class FilePreviewed:
    """The first lines of a text that was sent as a file are known: `client.files.previews` has them."""

    key: str


@dataclass(frozen=True, slots=True)
class AttachedChanged:
    """Other files lie beside the text that is being written in a channel: `client.attached(…)` says which."""

    channel_id: ChannelId


Signal = (
    StatusChanged
    | LoggedIn
    | LoginFailed
    | CertificateQuestion
    | LoggedOut
    | ChannelsChanged
    | ChannelOpened
    | TimelineChanged
    | TypingChanged
    | RosterChanged
    | AdministrationChanged
    | PicturesChanged
    | PinsChanged
    | SavedMessagesChanged
    | MentionsChanged
    | SearchChanged
    | MessageArrived
    | FileArrived
    | FileFailed
    | FileProgress
    | FilePreviewed
    | AttachedChanged
    | Notice
    | Undoable
)
