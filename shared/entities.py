"""What exists: people, channels, messages, sessions, and the snapshot that a newcomer gets of all of it."""

from msgspec import Struct

from .types import (
    Body,
    ChannelId,
    ChannelKind,
    ClientId,
    MessageId,
    MessageKind,
    Milliseconds,
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
    member_ids: tuple[UserId, ...] = ()
    left_ids: tuple[UserId, ...] = ()

    def has_member(self, user_id: UserId) -> bool:
        """Whether this person hears what is said here."""
        if self.kind is ChannelKind.DIRECT:
            return user_id in self.member_ids
        return user_id not in self.left_ids


class Message(Struct, frozen=True):
    """What somebody said in a channel. Order within the channel is `seq`, never a clock."""

    id: MessageId
    channel_id: ChannelId
    seq: Seq
    author_id: UserId
    client_id: ClientId
    kind: MessageKind
    body: Body
    created_at: Milliseconds


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
    online_ids: tuple[UserId, ...]
    channels: tuple[Channel, ...]
    """Every public channel, also those that I left, and my direct ones."""
    read_positions: tuple[ReadPosition, ...]
    """Mine; a channel that is missing here is one of which I have read nothing."""
    idle_seconds: float
    """The server ends a connection from which it heard nothing for so long; a client pings well within it."""
