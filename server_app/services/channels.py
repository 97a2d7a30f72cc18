"""Making, shaping, joining, leaving and listing channels."""

import itertools

from server_app.audiences import ToUsers, ToViewers
from server_app.context import Context
from server_app.permissions import require, require_leaving
from server_app.storage import channels, memberships
from shared import names
from shared.entities import Channel
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
from shared.rights import may
from shared.types import ChannelId, ChannelKind, Permission

from .fitting import FRAME_BUDGET, fit_channels
from .members import take_out
from .wording import require_clean


def create_channel(context: Context, request: CreateChannel, _value: None) -> ChannelMade:
    """Make a public channel that everybody is in who may see it, or a private one in which one is alone."""
    _require_making(context, request.private)
    # Only what somebody can see may stand in the way of a name: nobody sees whether a private channel has it.
    name, key = (names.channel_name(request.name), None) if request.private else _free_name(context, request.name)
    kind = ChannelKind.PRIVATE if request.private else ChannelKind.PUBLIC
    topic = names.without_turns(request.topic)
    require_clean(context, kind, name.replace("-", " "), topic)
    now = context.house.now()
    made = channels.add_room(
        context.connection, kind, name=name, name_key=key, topic=topic, created_by=context.me, now=now
    )
    if request.private:
        memberships.add_members(context.connection, made.id, {context.me: None})
        mine = channels.channel(context.connection, made.id)
        assert mine is not None, "it was made just now"
        context.emit(ChannelCreated(channel=mine), ToUsers((context.me,)))
    else:
        context.emit(ChannelCreated(channel=made), ToViewers(made.id))
    return ChannelMade(channel_id=made.id)


def rename_channel(context: Context, request: RenameChannel, _value: None) -> Nothing:
    """Give a channel another name."""
    channel, name = context.channel, names.channel_name(request.name)
    if name == channel.name:
        return Nothing()
    require_clean(context, channel.kind, name.replace("-", " "))
    key = None
    if channel.kind is ChannelKind.PUBLIC and names.name_key(name) != names.name_key(channel.name):
        name, key = _free_name(context, request.name)
    channels.rename(context.connection, channel.id, name, key)
    context.emit(ChannelRenamed(channel_id=channel.id, name=name, user_id=context.me), ToViewers(channel.id))
    return Nothing()


def set_topic(context: Context, request: SetTopic, _value: None) -> Nothing:
    """Say what a channel is about."""
    channel = context.channel
    topic = names.without_turns(request.topic)
    if topic != channel.topic:
        require_clean(context, channel.kind, topic)
        channels.set_topic(context.connection, channel.id, topic)
        context.emit(TopicChanged(channel_id=channel.id, topic=topic, user_id=context.me), ToViewers(channel.id))
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
    """Be in a channel or group no more; harmless where one has left a public one."""
    channel = context.channel
    require_leaving(channel)
    if channel.kind is not ChannelKind.PUBLIC:
        take_out(context, channel, context.me)
    elif channel.has_member(context.me):
        memberships.set_left(context.connection, channel.id, context.me, left=True)
        context.emit(ChannelLeft(channel_id=channel.id, user_id=context.me), ToViewers(channel.id))
    return Nothing()


def list_channels(context: Context, _request: ListChannels, _value: None) -> Channels:
    """Every channel that the person may know of."""
    public = context.house.directory.overview(context.me, 0).channels
    found = (*public, *channels.own_channels(context.connection, context.me))
    return Channels(channels=fit_channels(found, context.me, FRAME_BUDGET))


def _require_making(context: Context, private: bool) -> None:
    """Raises where this person may not make a channel, or no more of them."""
    require(context.standing, Permission.CREATE_PRIVATE_CHANNELS if private else Permission.CREATE_CHANNELS)
    limits, database = context.house.settings.limits, context.connection
    if channels.number_of_rooms(database) >= limits.channels:
        raise Forbidden("This server has as many channels as it can hold.")
    if not private:
        return
    if channels.number_made_by(database, context.me, ChannelKind.PRIVATE) >= limits.private_channels_per_account:
        raise Forbidden("You made as many private channels as one person may. Delete one that nobody needs any more.")


def _free_name(context: Context, typed: str) -> tuple[str, str]:
    """A public channel's new name and its key. Raises `Conflict` where one that the person can see has it."""
    name = names.channel_name(typed)
    key = names.name_key(name)
    in_use = channels.names_in_use(context.connection, key)
    if any(_is_seen(context, channel_id) for channel_id in in_use.values()):
        raise Conflict(f"There is a channel #{name} already, or one that looks like it.")
    others = (f"{key}{channels.ALIKE}{number}" for number in itertools.count(2))
    return name, next(each for each in itertools.chain((key,), others) if each not in in_use)


def _is_seen(context: Context, channel_id: ChannelId) -> bool:
    found: Channel | None = channels.channel(context.connection, channel_id)
    return found is not None and may(context.standing, Permission.VIEW_CHANNELS, found)
