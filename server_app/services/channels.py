"""Making, shaping, joining, leaving and listing channels."""

from server_app.audiences import ToViewers
from server_app.context import Context
from server_app.permissions import require_leaving
from server_app.storage import channels, memberships
from shared import names
from shared.errors import Conflict, Forbidden
from shared.events import ChannelCreated, ChannelJoined, ChannelLeft, ChannelRenamed, TopicChanged
from shared.requests import (
    ChannelMade,
    Channels,
    CreateChannel,
    JoinChannel,
    LeaveChannel,
    ListChannels,
    Nothing,
    RenameChannel,
    SetTopic,
)
from shared.types import ChannelKind

from .fitting import FRAME_BUDGET, fit_channels


def create_channel(context: Context, request: CreateChannel, _value: None) -> ChannelMade:
    """Make a public channel that everybody is in."""
    if channels.number_of_public_channels(context.connection) >= context.house.settings.limits.channels:
        raise Forbidden("This server has as many channels as it can hold.")
    name, key = _free_name(context, request.name)
    made = channels.add_public(
        context.connection,
        name=name,
        name_key=key,
        topic=request.topic,
        created_by=context.me,
        now=context.house.now(),
    )
    context.emit(ChannelCreated(channel=made), ToViewers(made.id))
    return ChannelMade(channel_id=made.id)


def rename_channel(context: Context, request: RenameChannel, _value: None) -> Nothing:
    """Give a channel another name."""
    channel = context.channel
    if names.channel_name(request.name) == channel.name:
        return Nothing()
    if names.name_key(names.channel_name(request.name)) == names.name_key(channel.name):
        name, key = names.channel_name(request.name), names.name_key(channel.name)
    else:
        name, key = _free_name(context, request.name)
    channels.rename(context.connection, channel.id, name, key)
    context.emit(ChannelRenamed(channel_id=channel.id, name=name, user_id=context.me), ToViewers(channel.id))
    return Nothing()


def set_topic(context: Context, request: SetTopic, _value: None) -> Nothing:
    """Say what a channel is about."""
    channel = context.channel
    if request.topic != channel.topic:
        channels.set_topic(context.connection, channel.id, request.topic)
        context.emit(
            TopicChanged(channel_id=channel.id, topic=request.topic, user_id=context.me), ToViewers(channel.id)
        )
    return Nothing()


def join_channel(context: Context, _request: JoinChannel, _value: None) -> Nothing:
    """Hear a public channel again; harmless where one is in it."""
    channel = context.channel
    if channel.kind is ChannelKind.PUBLIC and not channel.has_member(context.me):
        memberships.set_left(context.connection, channel.id, context.me, left=False)
        joined = ChannelJoined(
            channel_id=channel.id, user_id=context.me, last_seq=channel.last_seq, last_rev=channel.last_rev
        )
        context.emit(joined, ToViewers(channel.id))
    return Nothing()


def leave_channel(context: Context, _request: LeaveChannel, _value: None) -> Nothing:
    """Hear no more of a public channel; harmless where one has left."""
    channel = context.channel
    require_leaving(channel)
    if channel.has_member(context.me):
        memberships.set_left(context.connection, channel.id, context.me, left=True)
        context.emit(ChannelLeft(channel_id=channel.id, user_id=context.me), ToViewers(channel.id))
    return Nothing()


def list_channels(context: Context, _request: ListChannels, _value: None) -> Channels:
    """Every channel that the person may know of."""
    public = context.house.directory.overview(context.me, 0).channels
    found = (*public, *channels.own_channels(context.connection, context.me))
    return Channels(channels=fit_channels(found, context.me, FRAME_BUDGET))


def _free_name(context: Context, typed: str) -> tuple[str, str]:
    """A new channel's name and its key. Raises `Conflict` where it is taken."""
    name = names.channel_name(typed)
    key = names.name_key(name)
    if channels.name_is_taken(context.connection, key):
        raise Conflict(f"There is a channel #{name} already, or one that looks like it.")
    return name, key
