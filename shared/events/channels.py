"""What is told of channels: that they are there, by which rules, and who is in them."""

from shared.entities import Channel, Override
from shared.types import ChannelId, Rev, Seq, UserId

from .event import Event


class ChannelCreated(Event, frozen=True):
    """There is a channel that was not there for me: it is new, or I may see it from now on."""

    channel: Channel


class ChannelRenamed(Event, frozen=True):
    """A channel has another name."""

    channel_id: ChannelId
    name: str
    user_id: UserId
    """Who did it."""


class TopicChanged(Event, frozen=True):
    """A channel has another topic."""

    channel_id: ChannelId
    topic: str
    user_id: UserId


class ChannelChanged(Event, frozen=True):
    """A channel has other rules."""

    channel_id: ChannelId
    is_read_only: bool
    slow_seconds: int
    is_archived: bool
    overrides: tuple[Override, ...]
    user_id: UserId
    """Who did it."""


class ChannelRemoved(Event, frozen=True):
    """The channel is not there for me any more: deleted, or I may not see it. Forget what is kept of it."""

    channel_id: ChannelId


class ChannelJoined(Event, frozen=True):
    """Somebody hears a public channel again, or was brought into another one."""

    channel_id: ChannelId
    user_id: UserId
    last_seq: Seq = 0
    """The newest message, of which whoever was away did not hear."""
    last_rev: Rev = 0
    """The newest change to a message, likewise."""


class ChannelLeft(Event, frozen=True):
    """Somebody hears a public channel no more, or is out of another one."""

    channel_id: ChannelId
    user_id: UserId
