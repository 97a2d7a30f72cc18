"""What the client knows: a snapshot, indexed. How a fact changes it stands in `facts`."""

from dataclasses import dataclass, field

from client_app.core.store import Wish, World
from shared.entities import Block, Channel, ChannelLevel, Choices, CustomEmoji, Role, Snapshot, Status, User
from shared.rights import Standing
from shared.types import (
    Availability,
    BlockKind,
    ChannelId,
    ChannelKind,
    CustomEmojiId,
    Milliseconds,
    PictureId,
    Rev,
    RoleId,
    Seq,
    UserId,
)

from .presence import Presence

TALKS = (ChannelKind.DIRECT, ChannelKind.GROUP)
"""Conversations: listed by how recent they are."""
NO_ROLE = Role(id=RoleId(0), name="", rank=0, permissions=())


@dataclass(frozen=True, slots=True)
class State:
    """Everything a snapshot says, indexed. Never changed in place: whoever holds one may go on reading it."""

    me: User
    users: dict[UserId, User]
    online: frozenset[UserId]
    """Who is here, however they look."""
    channels: dict[ChannelId, Channel]
    read: dict[ChannelId, Seq]
    """How far I have read, as the server says; 0 for a channel that is not here."""
    roles: dict[RoleId, Role]
    blocks: dict[UserId, Block]
    """Of whom I do not want to hear."""
    receipts: dict[ChannelId, Seq] = field(default_factory=dict)
    """How far the other person of a direct channel has read it, where I may see that."""
    wishes: dict[ChannelId, Wish] = field(default_factory=dict)
    """How far I want to have read, where the server has not said yet that I have."""
    idle: frozenset[UserId] = frozenset()
    """Of those who are here: who has not touched any device for a while."""
    undisturbed: frozenset[UserId] = frozenset()
    """Of those who are here: who wants to be left in peace."""
    statuses: dict[UserId, Status] = field(default_factory=dict)
    """What people say that they are up to; those that are over among them, see `status_of`."""
    choices: Choices = field(default_factory=Choices)
    """What I chose for all of my devices."""
    mentions: dict[ChannelId, tuple[Seq, ...]] = field(default_factory=dict)
    """Which messages mention me and are unread as the server says, ascending; of channels in which there are any."""
    levels: dict[ChannelId, ChannelLevel] = field(default_factory=dict)
    """Of what I want to be notified, in the channels for which I chose anything."""
    max_file_size: int = 0
    """Bytes that a file may have which I attach; 0 where that is not known."""

    icon: PictureId = ""
    """The picture that stands for the house; empty for none."""
    emoji: dict[CustomEmojiId, CustomEmoji] = field(default_factory=dict)
    """The emoji of the house."""

    def presence_of(self, user_id: UserId) -> Presence:
        """How somebody looks to me; I myself see that I am invisible."""
        if user_id == self.me.id and self.choices.availability is Availability.INVISIBLE:
            return Presence.INVISIBLE
        if user_id not in self.online:
            return Presence.OFFLINE
        if user_id in self.undisturbed:
            return Presence.DO_NOT_DISTURB
        return Presence.IDLE if user_id in self.idle else Presence.ONLINE

    def status_of(self, user_id: UserId, now: Milliseconds) -> Status | None:
        """What somebody says that they are up to at this moment; nothing of those whom I block."""
        status = self.statuses.get(user_id)
        if status is None or (status.until is not None and status.until <= now):
            return None
        block = self.block_of(user_id, now)
        return None if block is not None and block.kind is BlockKind.BLOCK else status

    def standing(self, user_id: UserId, now: Milliseconds) -> Standing:
        """What a person is allowed at this moment, as far as their role and a time-out say."""
        user = self.me if user_id == self.me.id else self.users.get(user_id)
        role = self.roles.get(user.role_id) if user else None
        if user is None:
            return Standing(user_id, NO_ROLE)
        return Standing(user_id, role or NO_ROLE, is_timed_out=user.timeout_until > now, is_banned=user.is_banned)

    def block_of(self, user_id: UserId, now: Milliseconds) -> Block | None:
        """What I do not want to hear of this person at this moment; None where I want to hear everything."""
        block = self.blocks.get(user_id)
        return block if block is not None and (block.until is None or block.until > now) else None

    def blocked(self, now: Milliseconds) -> frozenset[UserId]:
        """Whose messages are hidden at this moment."""
        found = (self.block_of(user_id, now) for user_id in self.blocks)
        return frozenset(block.user_id for block in found if block is not None and block.kind is BlockKind.BLOCK)

    def unread(self, channel_id: ChannelId) -> int:
        """How many messages of a channel I have not read; 0 for a channel that I have left."""
        channel = self.channels[channel_id]
        if not channel.has_member(self.me.id):
            return 0
        return max(0, channel.last_seq - self.read_seq(channel_id))

    def read_seq(self, channel_id: ChannelId) -> Seq:
        """How far I have read a channel, also where the server does not know it yet; 0 for not at all."""
        seq, wish = self.read.get(channel_id, 0), self.wishes.get(channel_id)
        return seq if wish is None else wish.after(seq)

    def unread_mentions(self, channel_id: ChannelId) -> tuple[Seq, ...]:
        """Which messages of a channel mention me that I have not read; none of a channel that I have left."""
        if channel_id not in self.mentions or not self.channels[channel_id].has_member(self.me.id):
            return ()
        read = self.read_seq(channel_id)
        return tuple(seq for seq in self.mentions[channel_id] if seq > read)

    @property
    def users_rev(self) -> Rev:
        """Up to which revision the people are known; what `resume` gives."""
        return max((user.rev for user in self.users.values()), default=0)

    def other(self, channel: Channel) -> UserId:
        """Whom a direct channel is with; I myself where it holds my notes."""
        return next((user_id for user_id in channel.member_ids if user_id != self.me.id), self.me.id)

    def direct_with(self, user_id: UserId) -> ChannelId | None:
        """The direct channel with this person; None where there is none yet."""
        channels = (channel for channel in self.channels.values() if channel.kind is ChannelKind.DIRECT)
        return next((channel.id for channel in channels if self.other(channel) == user_id), None)

    def name(self, user_id: UserId) -> str:
        """What a person is called."""
        user = self.users.get(user_id)
        return user.shown_name if user else f"user {user_id}"

    def handle(self, user_id: UserId) -> str:
        """The name by which a person logs in, and nobody else has: what is typed behind `@` and in commands."""
        user = self.users.get(user_id)
        return user.name if user else f"user {user_id}"

    def title(self, channel: Channel) -> str:
        """What a channel is called here: its name, or the other person's, or of a group the others'."""
        if channel.kind is ChannelKind.DIRECT:
            return self.name(self.other(channel))
        if channel.kind is ChannelKind.GROUP and not channel.name:
            names = sorted((self.name(each) for each in channel.member_ids if each != self.me.id), key=str.casefold)
            return ", ".join(names) or "Nobody else"
        return channel.name


def from_snapshot(snapshot: Snapshot, known: State | None = None) -> State:
    """The state that a snapshot tells; where it names only new and changed people, the rest are those `known`."""
    before = known.users if known and snapshot.users_since else {}
    return State(
        me=snapshot.me,
        users={**before, **{user.id: user for user in snapshot.users}},
        online=frozenset((*snapshot.online_ids, *snapshot.idle_ids, *snapshot.do_not_disturb_ids)),
        channels={channel.id: channel for channel in snapshot.channels},
        read={position.channel_id: position.seq for position in snapshot.read_positions if position.seq},
        roles={role.id: role for role in snapshot.roles},
        blocks={block.user_id: block for block in snapshot.blocks},
        idle=frozenset(snapshot.idle_ids),
        undisturbed=frozenset(snapshot.do_not_disturb_ids),
        statuses={each.user_id: each.status for each in snapshot.statuses},
        choices=snapshot.choices,
        receipts={each.channel_id: each.seq for each in snapshot.receipts},
        mentions={each.channel_id: each.seqs for each in snapshot.mentions},
        levels={level.channel_id: level for level in snapshot.levels},
        icon=snapshot.icon,
        emoji={each.id: each for each in snapshot.custom_emoji},
        max_file_size=snapshot.max_file_size,
    )


def to_world(state: State, open_channel_id: ChannelId | None) -> World:
    """What is kept of it on disk."""
    users, channels = tuple(state.users.values()), tuple(state.channels.values())
    roles, blocks, levels = tuple(state.roles.values()), tuple(state.blocks.values()), tuple(state.levels.values())
    house = (state.icon, tuple(state.emoji.values()), state.max_file_size)
    kept = (state.wishes, state.choices, state.mentions, levels, *house)
    return World(state.me, users, channels, state.read, open_channel_id, roles, blocks, *kept)


def from_world(world: World) -> State:
    """The state that was kept; who is there is not known."""
    return State(
        me=world.me,
        users={user.id: user for user in world.users},
        online=frozenset(),
        channels={channel.id: channel for channel in world.channels},
        read=dict(world.read),
        roles={role.id: role for role in world.roles},
        blocks={block.user_id: block for block in world.blocks},
        wishes=dict(world.wishes),
        choices=world.choices,
        mentions=dict(world.mentions),
        levels={level.channel_id: level for level in world.levels},
        icon=world.icon,
        emoji={each.id: each for each in world.emoji},
        max_file_size=world.max_file_size,
    )


def is_another(old: Channel | None, new: Channel | None, last_seq: Seq, last_rev: Rev) -> bool:
    """Whether the server knows less of a channel than we do, or has another one by this number: a backup was restored.

    `old` is the channel as it was known, `last_seq` and `last_rev` are the newest message and change kept of it.
    """
    if new is None:
        return True
    if old is not None:
        if (old.kind, old.created_at) != (new.kind, new.created_at):
            return True
        last_seq, last_rev = max(last_seq, old.last_seq), max(last_rev, old.last_rev)
    return new.last_seq < last_seq or new.last_rev < last_rev
