"""What is told of messages: what is said, what becomes of it, and who is about to say something."""

from shared.entities import Message
from shared.types import ChannelId, Rev, Seq, UserId

from .event import Event


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


class PersonTyping(Event, frozen=True):
    """Somebody is writing something in a channel; shown for a few seconds, or until they have said it."""

    channel_id: ChannelId
    user_id: UserId


class SavedChanged(Event, frozen=True):
    """I saved a message for myself, or do so no more, perhaps on another device."""

    channel_id: ChannelId
    seq: Seq
    is_on: bool
