"""What somebody who blocks people gets to see: one rule for every event and every message, wherever they come from.

What is kept from them is what the blocked person says, and when they are there. What everybody must know alike stays:
who there is, which channels, who is in them, so that nobody's picture of the house goes wrong, and so that whoever
blocks a moderator still sees what they decide. The blocked person's own view is the same as ever.
"""

from collections.abc import Container
from typing import assert_never

from msgspec.structs import replace

from shared.entities import Message
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
from shared.types import MessageKind, UserId


def as_seen(event: AnyEvent, blocked: Container[UserId]) -> AnyEvent | None:
    """The event as somebody hears it who blocks these people; None where nothing is left of it."""
    match event:
        case MessagePosted(message=message) | MessageChanged(message=message):
            seen = as_seen_message(message, blocked)
            return event if seen is message else replace(event, message=seen)
        case ReactionChanged(user_id=user_id):
            is_kept = user_id in blocked
            return replace(event, emoji="", user_id=None, is_on=False) if is_kept else event
        case PresenceChanged():
            return _presence(event, blocked)
        case StatusSet() | ReceiptChanged() | PersonTyping():
            return _doing(event) if event.user_id in blocked else event
        case (
            # Who there is: whoever blocks somebody must be able to find them, and to end it.
            UserRegistered()
            | UserChanged()
            | RoleChanged()
            | RoleRemoved()
            # Which channels there are and who is in them. Somebody whom a blocked person brings into one is not among
            # those who are told in the first place, and so what reaches them here they are to know.
            | ChannelCreated()
            | ChannelRenamed()
            | TopicChanged()
            | ChannelChanged()
            | ChannelRemoved()
            | ChannelJoined()
            | ChannelLeft()
            # One's own.
            | ChannelRead()
            | SavedChanged()
            | MentionChanged()
            | ChannelLevelChanged()
            | BlocksChanged()
            | ChoicesChanged()
            | SessionEnded()
            # For those who keep the house: they decide on what they do not like to read, too.
            | NewcomerWaiting()
            | NewcomerSettled()
            | MessageReported()
            | PolicyChanged()
            # What the house looks like.
            | IconChanged()
            | EmojiAdded()
            | EmojiRemoved()
            | ServerStopping()
        ):
            return event
        case _:
            assert_never(event)


def _doing(event: StatusSet | ReceiptChanged | PersonTyping) -> AnyEvent | None:
    """What a blocked person does, as it is told to whoever blocks them."""
    match event:
        case StatusSet():
            # Not left out: whoever begins to block somebody is told so that their status goes.
            return event if event.status is None else replace(event, status=None)
        case ReceiptChanged():
            return event if event.seq is None else replace(event, seq=None)
        case PersonTyping():
            return None
        case _:
            assert_never(event)


def as_seen_message(message: Message, blocked: Container[UserId]) -> Message:
    """The message as somebody sees it who blocks these people: its place stays, nothing of what it says.

    Announcements concern everybody and are always shown. How blocked people reacted to what others said is left out.
    Whoever passes on what a blocked person said does not bring it back.
    """
    is_blocked = message.author_id in blocked or (message.forwarded_from and message.forwarded_from in blocked)
    if not is_blocked or message.kind is MessageKind.ANNOUNCEMENT:
        return without_their_reactions(message, blocked) if message.reactions else message
    return replace(
        message,
        is_hidden=True,
        kind=MessageKind.TEXT,
        body="",
        edited_at=None,
        reply_to=None,
        forwarded_from=message.forwarded_from if message.forwarded_from in blocked else None,
        mentions=(),
        reactions=(),
        attachments=(),
    )


def without_their_reactions(message: Message, blocked: Container[UserId]) -> Message:
    """The message without how these people reacted to it."""
    kept = (replace(each, user_ids=_without(each.user_ids, blocked)) for each in message.reactions)
    reactions = tuple(each for each in kept if each.user_ids)
    if reactions == message.reactions:
        return message
    return replace(message, reactions=reactions, has_hidden_reactions=True)


def whom_it_shows(event: AnyEvent) -> tuple[UserId, ...]:
    """The people of whom an event tells something that may be kept from those who block them."""
    match event:
        case MessagePosted(message=message) | MessageChanged(message=message):
            return message.speakers
        case ReactionChanged(user_id=user_id):
            return () if user_id is None else (user_id,)
        case PersonTyping(user_id=user_id) | ReceiptChanged(user_id=user_id):
            return (user_id,)
        case PresenceChanged():
            return (*event.online_ids, *event.offline_ids, *event.idle_ids, *event.do_not_disturb_ids)
        case StatusSet(user_id=user_id):
            return (user_id,)
    return ()


def _presence(event: PresenceChanged, blocked: Container[UserId]) -> PresenceChanged | None:
    seen = PresenceChanged(
        online_ids=_without(event.online_ids, blocked),
        offline_ids=_without(event.offline_ids, blocked),
        idle_ids=_without(event.idle_ids, blocked),
        do_not_disturb_ids=_without(event.do_not_disturb_ids, blocked),
    )
    return seen if whom_it_shows(seen) else None


def _without(user_ids: tuple[UserId, ...], blocked: Container[UserId]) -> tuple[UserId, ...]:
    return tuple(each for each in user_ids if each not in blocked)
