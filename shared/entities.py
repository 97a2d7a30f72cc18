"""What exists: people, channels, messages, sessions, and the snapshot that a newcomer gets of all of it."""

from msgspec import Struct

from .types import (
    ChannelId,
    ChannelKind,
    ClientId,
    KeptBody,
    MessageId,
    MessageKind,
    Milliseconds,
    Rev,
    Role,
    Seq,
    SessionId,
    UserId,
)


class User(Struct, frozen=True):
    """A person with an account."""

    id: UserId
    name: str
    role: Role
    created_at: Milliseconds
    rev: Rev
    """The server's change to its people that made them what they are."""


class Channel(Struct, frozen=True):
    """A place for messages, as everybody who may see it sees it.

    Membership is told in the shorter way for each kind: a public channel names the people who left it, a direct one
    the people who are in it.
    """

    id: ChannelId
    kind: ChannelKind
    name: str
    """Empty for a direct channel, which each of the two calls by the other's name."""
    topic: str
    created_by: UserId | None
    """None for `general`, which nobody made."""
    created_at: Milliseconds
    last_seq: Seq
    """The number of the newest message; 0 while there is none."""
    last_message_id: MessageId | None = None
    """Of a direct channel, its newest message: the higher, the more recent. None while there is none, or if public."""
    last_rev: Rev = 0
    """The newest change to a message that was there already; 0 while there was none."""
    member_ids: tuple[UserId, ...] = ()
    left_ids: tuple[UserId, ...] = ()

    def has_member(self, user_id: UserId) -> bool:
        """Whether this person hears what is said here."""
        if self.kind is ChannelKind.DIRECT:
            return user_id in self.member_ids
        return user_id not in self.left_ids


class Message(Struct, frozen=True, omit_defaults=True):
    """What somebody said in a channel, as it is now. Order within the channel is `seq`, never a clock."""

    id: MessageId
    channel_id: ChannelId
    seq: Seq
    author_id: UserId
    client_id: ClientId
    kind: MessageKind
    body: KeptBody
    created_at: Milliseconds
    rev: Rev = 0
    """The channel's change that made it what it is; 0 while it is what was said at first."""
    edited_at: Milliseconds | None = None
    """When its author last wrote it anew."""
    is_deleted: bool = False
    """Whether it was deleted: nothing of what it said is left."""


class ReadPosition(Struct, frozen=True):
    """How far a person has read a channel, on whichever device.

    Unread is `last_seq - seq`, computed and never stored.
    """

    channel_id: ChannelId
    seq: Seq


class Session(Struct, frozen=True):
    """A device that can come back without the password."""

    id: SessionId
    device: str
    created_at: Milliseconds
    last_seen_at: Milliseconds
    is_current: bool
    """Whether it is the one that asks."""


class Snapshot(Struct, frozen=True):
    """All that a device needs to know to draw its window; from then on it hears events."""

    me: User
    users: tuple[User, ...]
    """Everybody; where `users_since` is not 0, only those who are new or changed since."""
    online_ids: tuple[UserId, ...]
    channels: tuple[Channel, ...]
    """Every public channel, also those that I left, and my direct ones."""
    read_positions: tuple[ReadPosition, ...]
    """Mine; a channel that is missing here is one of which I have read nothing."""
    idle_seconds: float
    """The server ends a connection from which it heard nothing for so long; a client pings well within it."""
    users_since: Rev = 0
    """The revision that `resume` gave, where the server could go on from it; else 0."""
