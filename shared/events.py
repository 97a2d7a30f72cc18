"""What a server tells to everybody whom it concerns: facts, one Struct each in the past tense.

Every fact sets something to a value (it never counts up or down), so hearing one twice does no harm.
"""

from typing import Union, get_args

from msgspec import Struct

from .entities import Block, Channel, ChannelLevel, Choices, Message, Override, Role, Status, User
from .moderation import Newcomer, Policy, Report
from .types import ChannelId, Rev, RoleId, Seq, UserId, wire_name


class Event(Struct, frozen=True, tag=wire_name, tag_field="type"):
    """A fact, told without being asked."""


class UserRegistered(Event, frozen=True):
    """Somebody made an account."""

    user: User


class UserChanged(Event, frozen=True):
    """A person has another role or display name, is timed out or banned, or no more; this is what they are now."""

    user: User


class RoleChanged(Event, frozen=True):
    """There is a new role, or one is another now; what one sees of the channels follows in further events."""

    role: Role


class RoleRemoved(Event, frozen=True):
    """There is no such role any more; `user_changed` told of everybody who had it."""

    role_id: RoleId


class PresenceChanged(Event, frozen=True, omit_defaults=True):
    """People came or went, with their first or last device, or look otherwise now: each of them is in one of the four.

    Told at most a few times a second, so that 500 who leave at once make one event.
    """

    online_ids: tuple[UserId, ...] = ()
    offline_ids: tuple[UserId, ...] = ()
    idle_ids: tuple[UserId, ...] = ()
    """Here, but nobody has touched any of their devices for a while."""
    do_not_disturb_ids: tuple[UserId, ...] = ()
    """Here, and wanting to be left in peace."""


class StatusSet(Event, frozen=True):
    """A person says what they are up to, or nothing any more."""

    user_id: UserId
    status: Status | None = None


class ChoicesChanged(Event, frozen=True):
    """I chose something else for all of my devices, on one of them."""

    user_id: UserId
    """I."""
    choices: Choices


class ChannelCreated(Event, frozen=True):
    """There is a channel that was not there for me: it is new, or I may see it from now on."""

    channel: Channel


class ChannelRenamed(Event, frozen=True):
    """A channel has another name."""

    channel_id: ChannelId
    name: str
    user_id: UserId
    """Who did it."""


class TopicChanged(Event, frozen=True):
    """A channel has another topic."""

    channel_id: ChannelId
    topic: str
    user_id: UserId


class ChannelChanged(Event, frozen=True):
    """A channel has other rules."""

    channel_id: ChannelId
    is_read_only: bool
    slow_seconds: int
    is_archived: bool
    overrides: tuple[Override, ...]
    user_id: UserId
    """Who did it."""


class ChannelRemoved(Event, frozen=True):
    """The channel is not there for me any more: deleted, or I may not see it. Forget what is kept of it."""

    channel_id: ChannelId


class ChannelJoined(Event, frozen=True):
    """Somebody hears a public channel again, or was brought into another one."""

    channel_id: ChannelId
    user_id: UserId
    last_seq: Seq = 0
    """The newest message, of which whoever was away did not hear."""
    last_rev: Rev = 0
    """The newest change to a message, likewise."""


class ChannelLeft(Event, frozen=True):
    """Somebody hears a public channel no more, or is out of another one."""

    channel_id: ChannelId
    user_id: UserId


class MessagePosted(Event, frozen=True):
    """Somebody said something. The author hears it too, knows its `client_id`, and has read the channel so far."""

    message: Message


class MessageChanged(Event, frozen=True):
    """A message that was there already was edited, deleted or pinned, or its pin taken away; this is what it is now."""

    message: Message


class ReactionChanged(Event, frozen=True):
    """Somebody put an emoji under a message, or took it back.

    For somebody who blocks that person, only the channel's revision moves on: there is no emoji and nobody's name.
    """

    channel_id: ChannelId
    seq: Seq
    rev: Rev
    emoji: str
    """Empty where it is kept from whoever hears this."""
    user_id: UserId | None
    is_on: bool


class ChannelRead(Event, frozen=True):
    """I have read a channel so far, perhaps on another device; less than before where I marked messages as unread."""

    channel_id: ChannelId
    seq: Seq
    mentions: tuple[Seq, ...] = ()
    """Where it went back: the messages after it that mention me, which are unread again."""


class MentionChanged(Event, frozen=True):
    """A message of this channel mentions me, or does so no more. Told before the message itself."""

    channel_id: ChannelId
    seq: Seq
    is_on: bool


class ChannelLevelChanged(Event, frozen=True):
    """I want to be notified of something else in a channel."""

    level: ChannelLevel


class SavedChanged(Event, frozen=True):
    """I saved a message for myself, or do so no more, perhaps on another device."""

    channel_id: ChannelId
    seq: Seq
    is_on: bool


class ReceiptChanged(Event, frozen=True):
    """The other person of a direct channel has read it so far; None where that is not for me to see."""

    channel_id: ChannelId
    user_id: UserId
    """The other person."""
    seq: Seq | None


class PersonTyping(Event, frozen=True):
    """Somebody is writing something in a channel; shown for a few seconds, or until they have said it."""

    channel_id: ChannelId
    user_id: UserId


class BlocksChanged(Event, frozen=True):
    """Of these people I do not want to hear; all of them."""

    user_id: UserId
    """I."""
    blocks: tuple[Block, ...]


class NewcomerWaiting(Event, frozen=True):
    """Somebody waits for approval. Told to those who may give it."""

    newcomer: Newcomer


class NewcomerSettled(Event, frozen=True):
    """Somebody waits no more: they were let in, or turned away. Told to those who may do it."""

    user_id: UserId


class MessageReported(Event, frozen=True):
    """There is a report, or it was dealt with. Told to those who handle reports."""

    report: Report


class PolicyChanged(Event, frozen=True):
    """The house has other rules. Told to those who may set them."""

    policy: Policy


class SessionEnded(Event, frozen=True):
    """This session is over, for the reason that is given. The connection ends; the token is void."""

    message: str


class ServerStopping(Event, frozen=True):
    """The server is about to stop and will close the connection."""

    retry_after: float
    """Seconds after which coming back makes sense."""


AnyEvent = Union[
    UserRegistered,
    UserChanged,
    RoleChanged,
    RoleRemoved,
    PresenceChanged,
    StatusSet,
    ChoicesChanged,
    ChannelCreated,
    ChannelRenamed,
    TopicChanged,
    ChannelChanged,
    ChannelRemoved,
    ChannelJoined,
    ChannelLeft,
    MessagePosted,
    MessageChanged,
    ReactionChanged,
    ChannelRead,
    PersonTyping,
    ReceiptChanged,
    SavedChanged,
    MentionChanged,
    ChannelLevelChanged,
    BlocksChanged,
    NewcomerWaiting,
    NewcomerSettled,
    MessageReported,
    PolicyChanged,
    SessionEnded,
    ServerStopping,
]
EVENTS: tuple[type[AnyEvent], ...] = get_args(AnyEvent)
