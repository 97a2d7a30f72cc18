"""How a fact changes what the client knows. Pure: old state + events = fresh snapshot, for every event."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar, assert_never

import msgspec

from shared.entities import Choices, Message
from shared.events import (
    AnyEvent,
    BlocksChanged,
    ChannelChanged,
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelLevelChanged,
    ChannelRead,
    ChannelRemoved,
    ChannelRenamed,
    ChoicesChanged,
    EmojiAdded,
    EmojiRemoved,
    IconChanged,
    MentionChanged,
    MessageChanged,
    MessagePosted,
    MessageReported,
    NewcomerSettled,
    NewcomerWaiting,
    PersonTyping,
    PolicyChanged,
    PresenceChanged,
    ReactionChanged,
    ReceiptChanged,
    RoleChanged,
    RoleRemoved,
    SavedChanged,
    ServerStopping,
    SessionEnded,
    StatusSet,
    TopicChanged,
    UserChanged,
    UserRegistered,
)
from shared.types import Availability, ChannelId, ChannelKind, MessageId, Rev, Seq, UserId

from .house import with_house
from .mentions import with_level, with_mention, with_reading
from .state import TALKS, State

AboutNow = PresenceChanged | StatusSet | ChoicesChanged
AboutPeople = UserRegistered | UserChanged | RoleChanged | RoleRemoved | BlocksChanged | AboutNow
AboutAChannel = ChannelRenamed | TopicChanged | ChannelChanged | ChannelJoined | ChannelLeft
AboutMessages = MessagePosted | MessageChanged | ReactionChanged
AboutReading = ChannelRead | MentionChanged | ChannelLevelChanged | ReceiptChanged

K = TypeVar("K")
V = TypeVar("V")


def apply(state: State, event: AnyEvent) -> State:  # noqa: PLR0911  # a branch for each kind of event
    """The state after an event. Hearing an event twice, or one that the snapshot held already, changes nothing more."""
    match event:
        case (
            (UserRegistered() | UserChanged() | RoleChanged() | RoleRemoved() | BlocksChanged())
            | (PresenceChanged() | StatusSet() | ChoicesChanged())
        ) as about_people:
            return _people(state, about_people)
        case ChannelCreated(channel=channel):
            return replace(state, channels=_with(state.channels, channel.id, channel))
        case ChannelRemoved(channel_id=channel_id):
            return _forget(state, channel_id)
        case (ChannelRenamed() | TopicChanged() | ChannelChanged() | ChannelJoined() | ChannelLeft()) as about_one:
            return _channel(state, about_one)
        case (MessagePosted() | MessageChanged() | ReactionChanged()) as about_messages:
            return _messages(state, about_messages)
        case (ChannelRead() | MentionChanged() | ChannelLevelChanged() | ReceiptChanged()) as about_reading:
            return _reading(state, about_reading)
        case (IconChanged() | EmojiAdded() | EmojiRemoved()) as about_the_house:
            return with_house(state, about_the_house)
        case NewcomerWaiting() | NewcomerSettled() | MessageReported() | PolicyChanged():
            pass  # Whoever keeps the house asks for these lists.
        case SavedChanged():
            pass  # Whoever looks at what they saved asks for it.
        case PersonTyping():
            pass  # Nobody stores it: it is over in a few seconds.
        case SessionEnded() | ServerStopping():
            pass
        case _:
            assert_never(event)
    return state


def _people(state: State, event: AboutPeople) -> State:
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
        case PresenceChanged() | StatusSet() | ChoicesChanged():
            return _now(state, event)
        case _:
            assert_never(event)


def _now(state: State, event: AboutNow) -> State:
    """How people look at the moment, and what they are up to."""
    match event:
        case PresenceChanged(online_ids=online, offline_ids=offline, idle_ids=idle, do_not_disturb_ids=undisturbed):
            told = {*online, *offline, *idle, *undisturbed}
            return replace(
                state,
                online=(state.online | told).difference(offline),
                idle=(state.idle - told).union(idle),
                undisturbed=(state.undisturbed - told).union(undisturbed),
            )
        case StatusSet(user_id=user_id, status=status):
            statuses = state.statuses
            changed = _without(statuses, user_id) if status is None else _with(statuses, user_id, status)
            return replace(state, statuses=changed)
        case ChoicesChanged(choices=choices):
            return _choose(state, choices)
        case _:
            assert_never(event)


def _read_by_author(state: State, message: Message) -> State:
    """Who has said something has read what came before it, as far as that is for me to see."""
    if message.seq <= state.receipts.get(message.channel_id, message.seq):
        return state
    return replace(state, receipts=_with(state.receipts, message.channel_id, message.seq))


def _choose(state: State, choices: Choices) -> State:
    """What I look like follows at once: where I chose twice in a moment, nobody need be told of the first."""
    me = {state.me.id}
    match choices.availability:
        case Availability.INVISIBLE:
            online, idle, undisturbed = state.online - me, state.idle - me, state.undisturbed - me
        case Availability.DO_NOT_DISTURB:
            online, idle, undisturbed = state.online | me, state.idle - me, state.undisturbed | me
        case Availability.AUTOMATIC:
            online, idle, undisturbed = state.online | me, state.idle, state.undisturbed - me
        case _:
            assert_never(choices.availability)
    return replace(state, choices=choices, online=online, idle=idle, undisturbed=undisturbed)


def _channel(state: State, event: AboutAChannel) -> State:
    match event:
        case ChannelRenamed(channel_id=channel_id, name=name):
            return _change_channel(state, channel_id, name=name)
        case TopicChanged(channel_id=channel_id, topic=topic):
            return _change_channel(state, channel_id, topic=topic)
        case ChannelChanged():
            return _change_rules(state, event)
        case ChannelJoined(channel_id=channel_id, user_id=user_id, last_seq=seq, last_rev=rev):
            state = _change_channel(state, channel_id, last_seq=seq, last_rev=rev)
            return _move(state, channel_id, user_id, is_in=True)
        case ChannelLeft(channel_id=channel_id, user_id=user_id):
            return _move(state, channel_id, user_id, is_in=False)
        case _:
            assert_never(event)


def _messages(state: State, event: AboutMessages) -> State:
    match event:
        case MessagePosted(message=message):
            state = _change_channel(state, message.channel_id, last_seq=message.seq, last_message_id=message.id)
            is_mine = message.author_id == state.me.id
            seq = max(message.seq, state.read.get(message.channel_id, 0))
            return read_to(state, message.channel_id, seq) if is_mine else _read_by_author(state, message)
        case MessageChanged(message=message):
            return _change_channel(state, message.channel_id, last_rev=message.rev)
        case ReactionChanged(channel_id=channel_id, rev=rev):
            return _change_channel(state, channel_id, last_rev=rev)
        case _:
            assert_never(event)


def _reading(state: State, event: AboutReading) -> State:
    match event:
        case ChannelRead(channel_id=channel_id, seq=seq, mentions=mentions):
            return read_to(state, channel_id, seq, mentions)
        case MentionChanged():
            return with_mention(state, event)
        case ChannelLevelChanged():
            return with_level(state, event)
        case ReceiptChanged(channel_id=channel_id, seq=seq):
            known = state.receipts
            return replace(
                state, receipts=_without(known, channel_id) if seq is None else _with(known, channel_id, seq)
            )
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


def read_to(state: State, channel_id: ChannelId, seq: Seq, mentions: Iterable[Seq] = ()) -> State:
    """I have read a channel so far, and no further; a channel of which I have read nothing is not named.

    `mentions` are what is unread again where it went back.
    """
    if seq != state.read.get(channel_id, 0):
        read = _with(state.read, channel_id, seq) if seq else _without(state.read, channel_id)
        state = replace(state, read=read)
    return with_reading(state, channel_id, mentions)


def _forget(state: State, channel_id: ChannelId) -> State:
    """Without a channel that is not there for me any more, and all that is known of it."""
    return replace(
        state,
        channels=_without(state.channels, channel_id),
        read=_without(state.read, channel_id),
        wishes=_without(state.wishes, channel_id),
        receipts=_without(state.receipts, channel_id),
        mentions=_without(state.mentions, channel_id),
        levels=_without(state.levels, channel_id),
    )
