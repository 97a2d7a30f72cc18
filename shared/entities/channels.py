"""Channels, and how far somebody has come in them."""

from msgspec import Struct

from shared.types import ChannelId, ChannelKind, Level, MessageId, Milliseconds, Permission, Rev, RoleId, Seq, UserId


class Override(Struct, frozen=True):
    """What a channel allows or denies to the people of a role, whatever the role itself says."""

    role_id: RoleId
    allow: tuple[Permission, ...] = ()
    deny: tuple[Permission, ...] = ()


class Channel(Struct, frozen=True, omit_defaults=True):
    """A place for messages, as everybody who may see it sees it.

    Membership is told in the shorter way for each kind: a public channel names the people who left it, all others the
    people who are in it.
    """

    id: ChannelId
    kind: ChannelKind
    name: str
    """Empty for a direct channel, which each of the two calls by the other's name, and for a group that has none."""
    topic: str
    created_by: UserId | None
    """None for `general`, which nobody made."""
    created_at: Milliseconds
    last_seq: Seq
    """The number of the newest message; 0 while there is none."""
    last_message_id: MessageId | None = None
    """Of a direct channel or a group, its newest message: the higher, the more recent. None while there is none."""
    last_rev: Rev = 0
    """The newest change to a message that was there already; 0 while there was none."""
    is_read_only: bool = False
    """Whether only those write who may do so in read-only channels."""
    slow_seconds: int = 0
    """How long each person waits between two messages; 0 for not at all."""
    is_archived: bool = False
    """Whether nobody writes here any more."""
    overrides: tuple[Override, ...] = ()
    member_ids: tuple[UserId, ...] = ()
    left_ids: tuple[UserId, ...] = ()

    def has_member(self, user_id: UserId) -> bool:
        """Whether this person hears what is said here, if they may see the channel at all."""
        if self.kind is ChannelKind.PUBLIC:
            return user_id not in self.left_ids
        return user_id in self.member_ids


class ReadPosition(Struct, frozen=True):
    """How far a person has read a channel, on whichever device.

    Unread is `last_seq - seq`, computed and never stored.
    """

    channel_id: ChannelId
    seq: Seq


class UnreadMentions(Struct, frozen=True):
    """The messages of a channel that mention me and that I have not read."""

    channel_id: ChannelId
    seqs: tuple[Seq, ...]
    """Ascending; of very many the newest."""


class ChannelLevel(Struct, frozen=True):
    """Of what I want to be notified in a channel."""

    channel_id: ChannelId
    level: Level = Level.DEFAULT
    muted_until: Milliseconds | None = 0
    """Until then the channel is muted, whatever the level: only mentions count. None for ever, 0 where it is not."""
