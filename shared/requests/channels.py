"""Channels of every kind: making, shaping, entering and leaving them, and who is in them."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.entities import Channel, Override
from shared.limits import MAX_GROUP
from shared.types import ChannelId, ChannelName, SlowSeconds, Topic, UserId

from .asking import Nothing, Request


class ChannelMade(Struct, frozen=True):
    """The channel that was created, or that existed already between these two people."""

    channel_id: ChannelId


class Channels(Struct, frozen=True):
    """Every channel that the person may know of."""

    channels: tuple[Channel, ...]


class CreateChannel(Request[ChannelMade], frozen=True, kw_only=True):
    """Make a channel: a public one, in which everybody is from the start, or a private one, in which one is alone."""

    name: ChannelName
    topic: Topic = ""
    private: bool = False


class RenameChannel(Request[Nothing], frozen=True, kw_only=True):
    """Give a channel another name. For whoever made it, and those who manage channels."""

    channel_id: ChannelId
    name: ChannelName


class SetTopic(Request[Nothing], frozen=True, kw_only=True):
    """Say what a channel is about. For whoever made it, and those who manage channels."""

    channel_id: ChannelId
    topic: Topic


class JoinChannel(Request[Nothing], frozen=True, kw_only=True):
    """Hear a public channel again that one has left."""

    channel_id: ChannelId


class LeaveChannel(Request[Nothing], frozen=True, kw_only=True):
    """Be in a channel or group no more. `general` and direct channels cannot be left."""

    channel_id: ChannelId


class ListChannels(Request[Channels], frozen=True, kw_only=True):
    """List the channels that one may know of, those that one has left among them."""


class OpenDirect(Request[ChannelMade], frozen=True, kw_only=True):
    """Find or make the direct channel between oneself and another person."""

    user_id: UserId


class OpenGroup(Request[ChannelMade], frozen=True, kw_only=True):
    """Begin a conversation with several people; at most ten, oneself among them."""

    user_ids: Annotated[tuple[UserId, ...], Meta(min_length=1, max_length=MAX_GROUP)]


class AddMember(Request[Nothing], frozen=True, kw_only=True):
    """Bring somebody into a private channel or a group that one is in; harmless where they are."""

    channel_id: ChannelId
    user_id: UserId


class RemoveMember(Request[Nothing], frozen=True, kw_only=True):
    """Take somebody out of a private channel; harmless where they are not in it."""

    channel_id: ChannelId
    user_id: UserId


class ChangeChannel(Request[Nothing], frozen=True, kw_only=True):
    """Set what is given of a channel's rules."""

    channel_id: ChannelId
    is_read_only: bool | None = None
    slow_seconds: SlowSeconds | None = None
    overrides: Annotated[tuple[Override, ...], Meta(max_length=60)] | None = None
    """All of them; each role once, and only permissions that a channel can decide on."""


class ArchiveChannel(Request[Nothing], frozen=True, kw_only=True):
    """Let nobody write in a channel any more, or let them again. `general` cannot be archived."""

    channel_id: ChannelId
    is_archived: bool = True


class DeleteChannel(Request[Nothing], frozen=True, kw_only=True):
    """Delete a channel and all that was said in it, for good. `general` cannot be deleted."""

    channel_id: ChannelId
