"""What is told of reading: how far somebody has read, what mentions them, and of what they want to be notified."""

from shared.entities import ChannelLevel
from shared.types import ChannelId, Seq, UserId

from .event import Event


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


class ReceiptChanged(Event, frozen=True):
    """The other person of a direct channel has read it so far; None where that is not for me to see."""

    channel_id: ChannelId
    user_id: UserId
    """The other person."""
    seq: Seq | None
