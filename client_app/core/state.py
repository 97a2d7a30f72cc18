"""What the client knows, and how a fact changes it. Pure: old state + events = fresh snapshot, for every event."""

from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

import msgspec

from shared.entities import Block, Channel, Role, Snapshot, User
from shared.events import (
    AnyEvent,
    BlocksChanged,
    ChannelChanged,
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelRead,
    ChannelRemoved,
    ChannelRenamed,
    MessageChanged,
    MessagePosted,
    MessageReported,
    NewcomerSettled,
    NewcomerWaiting,
    PolicyChanged,
    PresenceChanged,
    RoleChanged,
    RoleRemoved,
    ServerStopping,
    SessionEnded,
    TopicChanged,
    UserChanged,
    UserRegistered,
)
from shared.rights import Standing, may, outranks
from shared.types import ChannelId, ChannelKind, MessageId, Permission, Rev, RoleId, Seq, UserId

from .store import World

TALKS = (ChannelKind.DIRECT, ChannelKind.GROUP)
"""Conversations: listed by how recent they are."""
NO_ROLE = Role(id=RoleId(0), name="", rank=0, permissions=())

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class State:
    """Everything a snapshot says, indexed. Never changed in place: whoever holds one may go on reading it."""

    me: User
    users: dict[UserId, User]
    online: frozenset[UserId]
    channels: dict[ChannelId, Channel]
    read: dict[ChannelId, Seq]
    """How far I have read; 0 for a channel that is not here."""
    roles: dict[RoleId, Role]
    blocks: dict[UserId, Block]
    """Of whom I do not want to hear."""

    def standing(self, user_id: UserId) -> Standing:
        """What a person is allowed, as far as their role says; whether they are timed out depends on the clock."""
        user = self.users.get(user_id)
        role = self.roles.get(user.role_id) if user else None
        return Standing(user_id, role or NO_ROLE)

    def may(self, permission: Permission, channel_id: ChannelId | None = None) -> bool:
        """Whether I may do this, in this channel or on the whole server."""
        channel = self.channels.get(channel_id) if channel_id is not None else None
        if channel_id is not None and channel is None:
            return False
        return may(self.standing(self.me.id), permission, channel)

    def outranks(self, user_id: UserId) -> bool:
        """Whether I may act on this person, where I have the permission."""
        return user_id != self.me.id and outranks(self.standing(self.me.id), self.standing(user_id).role)

    def unread(self, channel_id: ChannelId) -> int:
        """How many messages of a channel I have not read; 0 for a channel that I have left."""
        channel = self.channels[channel_id]
        if not channel.has_member(self.me.id):
            return 0
        return max(0, channel.last_seq - self.read.get(channel_id, 0))

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
        return user.name if user else f"user {user_id}"

    def title(self, channel: Channel) -> str:
        """What a channel is called here: its name, or the other person's."""
        return self.name(self.other(channel)) if channel.kind is ChannelKind.DIRECT else channel.name


def from_snapshot(snapshot: Snapshot, known: State | None = None) -> State:
    """The state that a snapshot tells; where it names only new and changed people, the rest are those `known`."""
    before = known.users if known and snapshot.users_since else {}
    return State(
        me=snapshot.me,
        users={**before, **{user.id: user for user in snapshot.users}},
        online=frozenset(snapshot.online_ids),
        channels={channel.id: channel for channel in snapshot.channels},
        read={position.channel_id: position.seq for position in snapshot.read_positions if position.seq},
        roles={role.id: role for role in snapshot.roles},
        blocks={block.user_id: block for block in snapshot.blocks},
    )


def to_world(state: State, open_channel_id: ChannelId | None) -> World:
    """What is kept of it on disk."""
    users, channels = tuple(state.users.values()), tuple(state.channels.values())
    roles, blocks = tuple(state.roles.values()), tuple(state.blocks.values())
    return World(state.me, users, channels, state.read, open_channel_id, roles, blocks)


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


def apply(state: State, event: AnyEvent) -> State:  # noqa: PLR0911 -- one branch an event, and the type checker sees that none is missing
    """The state after an event. Hearing an event twice, or one that the snapshot held already, changes nothing more."""
    match event:
        case UserRegistered(user=user):
            return replace(state, users=_with(state.users, user.id, user))
        case UserChanged(user=user):
            me = user if user.id == state.me.id else state.me
            return replace(state, me=me, users=_with(state.users, user.id, user))
        case RoleChanged(role=role):
            return replace(state, roles=_with(state.roles, role.id, role))
        case RoleRemoved(role_id=role_id):
            return replace(state, roles=_without(state.roles, role_id))
        case BlocksChanged(blocks=blocks):
            return replace(state, blocks={block.user_id: block for block in blocks})
        case ChannelChanged():
            return _change_rules(state, event)
        case ChannelRemoved(channel_id=channel_id):
            channels, read = _without(state.channels, channel_id), _without(state.read, channel_id)
            return replace(state, channels=channels, read=read)
        case PresenceChanged(online_ids=came, offline_ids=went):
            return replace(state, online=(state.online | frozenset(came)) - frozenset(went))
        case ChannelCreated(channel=channel):
            return replace(state, channels=_with(state.channels, channel.id, channel))
        case ChannelRenamed(channel_id=channel_id, name=name):
            return _change_channel(state, channel_id, name=name)
        case TopicChanged(channel_id=channel_id, topic=topic):
            return _change_channel(state, channel_id, topic=topic)
        case ChannelJoined(channel_id=channel_id, user_id=user_id, last_seq=seq, last_rev=rev):
            state = _change_channel(state, channel_id, last_seq=seq, last_rev=rev)
            return _move(state, channel_id, user_id, is_in=True)
        case ChannelLeft(channel_id=channel_id, user_id=user_id):
            return _move(state, channel_id, user_id, is_in=False)
        case MessagePosted(message=message):
            state = _change_channel(state, message.channel_id, last_seq=message.seq, last_message_id=message.id)
            is_mine = message.author_id == state.me.id
            return _read_to(state, message.channel_id, message.seq) if is_mine else state
        case MessageChanged(message=message):
            return _change_channel(state, message.channel_id, last_rev=message.rev)
        case ChannelRead(channel_id=channel_id, seq=seq):
            return _read_to(state, channel_id, seq)
        case NewcomerWaiting() | NewcomerSettled() | MessageReported() | PolicyChanged():
            return state
        case SessionEnded() | ServerStopping():
            return state
        case _:
            assert_never(event)


def _with(mapping: dict[K, V], key: K, value: V) -> dict[K, V]:
    return {**mapping, key: value}


def _without(mapping: dict[K, V], key: K) -> dict[K, V]:
    return {each: value for each, value in mapping.items() if each != key}


def _change_channel(
    state: State,
    channel_id: ChannelId,
    *,
    name: str | None = None,
    topic: str | None = None,
    last_seq: Seq = 0,
    last_message_id: MessageId | None = None,
    last_rev: Rev = 0,
) -> State:
    channel = state.channels.get(channel_id)
    if channel is None:
        return state
    is_newer = channel.kind in TALKS and last_seq > channel.last_seq
    changed = msgspec.structs.replace(
        channel,
        name=channel.name if name is None else name,
        topic=channel.topic if topic is None else topic,
        last_seq=max(channel.last_seq, last_seq),
        last_message_id=last_message_id if is_newer else channel.last_message_id,
        last_rev=max(channel.last_rev, last_rev),
    )
    return replace(state, channels=_with(state.channels, channel_id, changed))


def _change_rules(state: State, event: ChannelChanged) -> State:
    channel = state.channels.get(event.channel_id)
    if channel is None:
        return state
    changed = msgspec.structs.replace(
        channel,
        is_read_only=event.is_read_only,
        slow_seconds=event.slow_seconds,
        is_archived=event.is_archived,
        overrides=event.overrides,
    )
    return replace(state, channels=_with(state.channels, channel.id, changed))


def _move(state: State, channel_id: ChannelId, user_id: UserId, *, is_in: bool) -> State:
    """Somebody is in a channel from now on, or is not."""
    channel = state.channels.get(channel_id)
    if channel is None:
        return state
    if channel.kind is ChannelKind.PUBLIC:
        changed = msgspec.structs.replace(channel, left_ids=_moved(channel.left_ids, user_id, is_in=not is_in))
    else:
        changed = msgspec.structs.replace(channel, member_ids=_moved(channel.member_ids, user_id, is_in=is_in))
    return replace(state, channels=_with(state.channels, channel_id, changed))


def _moved(people: tuple[UserId, ...], user_id: UserId, *, is_in: bool) -> tuple[UserId, ...]:
    return tuple(sorted({*people, user_id} if is_in else {*people} - {user_id}))


def _read_to(state: State, channel_id: ChannelId, seq: Seq) -> State:
    if seq <= state.read.get(channel_id, 0):
        return state
    return replace(state, read=_with(state.read, channel_id, seq))
