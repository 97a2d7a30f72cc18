"""What exists: people and their roles, channels, messages, sessions, and the snapshot that a newcomer gets of it."""

from msgspec import Struct

from .types import (
    Availability,
    BlockKind,
    ChannelId,
    ChannelKind,
    ClientId,
    Emoji,
    KeptBody,
    Level,
    MessageId,
    MessageKind,
    Milliseconds,
    Permission,
    Rev,
    RoleId,
    Seq,
    SessionId,
    UserId,
)


class Role(Struct, frozen=True):
    """What a person is to the server; everybody has exactly one."""

    id: RoleId
    name: str
    rank: int
    """Whoever has a higher one may act on people, and give roles, of a lower one."""
    permissions: tuple[Permission, ...]


class User(Struct, frozen=True, omit_defaults=True):
    """A person with an account."""

    id: UserId
    name: str
    role_id: RoleId
    created_at: Milliseconds
    rev: Rev
    """The server's change to its people that made them what they are."""
    timeout_until: Milliseconds = 0
    """Until then they may only look on, and write in direct channels."""
    is_banned: bool = False
    display_name: str = ""
    """What they want to be called; empty where their name will do. No two people have names that look alike."""

    @property
    def shown_name(self) -> str:
        """What they are called wherever somebody reads it."""
        return self.display_name or self.name


class Status(Struct, frozen=True, omit_defaults=True):
    """What somebody is up to, in their own words."""

    text: str
    until: Milliseconds | None = None
    """From then on it is over, whether or not that was told; None for none that is known."""


class PersonStatus(Struct, frozen=True):
    """Whose status it is."""

    user_id: UserId
    status: Status


class Choices(Struct, frozen=True, omit_defaults=True):
    """What somebody chose for all of their devices; nobody else is told."""

    availability: Availability = Availability.AUTOMATIC
    shares_last_seen: bool = True
    """Whether others may see when they were here last, and they when others were."""
    shares_receipts: bool = True
    """Whether the other person of a direct conversation sees how far they have read, and they how far the other has."""


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


class Mention(Struct, frozen=True, omit_defaults=True):
    """A person, or everybody, whom a message names: which characters of its body do so.

    The body keeps what was typed; whoever shows it puts the person's name of today there.
    """

    start: int
    """The index of the `@`, counted in code points."""
    length: int
    user_id: UserId | None = None
    """None for everybody (`@channel`, `@here`)."""


class Reaction(Struct, frozen=True):
    """One emoji under a message, and who put it there, in their order."""

    emoji: Emoji
    user_ids: tuple[UserId, ...]


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
    is_hidden: bool = False
    """Whether it was said by somebody whom I block: its body is not here; `reveal_message` gives it."""
    reply_to: Seq | None = None
    """The message of the same channel that it answers."""
    forwarded_from: UserId | None = None
    """Who said it first, somewhere else."""
    mentions: tuple[Mention, ...] = ()
    """In the order of the body, none within another."""
    reactions: tuple[Reaction, ...] = ()
    """In the order in which each was first used."""
    has_hidden_reactions: bool = False
    """Whether somebody whom I block reacted to it, which is not among them."""
    pinned_at: Milliseconds | None = None
    """When it was pinned to its channel."""

    @property
    def speakers(self) -> tuple[UserId, ...]:
        """Whose words it is: its author's, and whoever's it says again."""
        return (self.author_id,) if self.forwarded_from is None else (self.author_id, self.forwarded_from)


class Version(Struct, frozen=True):
    """What an edited message said before."""

    number: int
    """Of a message, the first version is number 1; the numbers of what is not kept any more are not given again."""
    body: KeptBody
    written_at: Milliseconds


class Saved(Struct, frozen=True):
    """A message that somebody saved for themselves, as it is now."""

    message: Message
    saved_at: Milliseconds


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


class Session(Struct, frozen=True):
    """A device that can come back without the password."""

    id: SessionId
    device: str
    created_at: Milliseconds
    last_seen_at: Milliseconds
    is_current: bool
    """Whether it is the one that asks."""


class Block(Struct, frozen=True):
    """Somebody of whom I do not want to hear."""

    user_id: UserId
    kind: BlockKind
    until: Milliseconds | None = None
    """None for ever."""


class Snapshot(Struct, frozen=True):
    """All that a device needs to know to draw its window; from then on it hears events."""

    me: User
    users: tuple[User, ...]
    """Everybody; where `users_since` is not 0, only those who are new or changed since."""
    online_ids: tuple[UserId, ...]
    """Who is here and neither idle nor wants to be left in peace."""
    channels: tuple[Channel, ...]
    """Every public channel that I may see, also those that I left, and all others that I am in."""
    read_positions: tuple[ReadPosition, ...]
    """Mine; a channel that is missing here is one of which I have read nothing."""
    idle_seconds: float
    """The server ends a connection from which it heard nothing for so long; a client pings well within it."""
    users_since: Rev = 0
    """The revision that `resume` gave, where the server could go on from it; else 0."""
    roles: tuple[Role, ...] = ()
    """All, by rank, the highest first."""
    blocks: tuple[Block, ...] = ()
    """Mine."""
    receipts: tuple[ReadPosition, ...] = ()
    """How far the other person of each direct channel has read it, where both share that; not of those whom I block."""
    idle_ids: tuple[UserId, ...] = ()
    """Who is here, and has not touched any device for a while."""
    do_not_disturb_ids: tuple[UserId, ...] = ()
    """Who is here, and wants to be left in peace."""
    statuses: tuple[PersonStatus, ...] = ()
    """Everybody’s who has one; those of people whom I block are left out."""
    choices: Choices = Choices()
    """Mine."""
    mentions: tuple[UnreadMentions, ...] = ()
    """Of the channels in which there are any."""
    levels: tuple[ChannelLevel, ...] = ()
    """Of the channels for which I chose anything."""
