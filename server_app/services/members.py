"""Who is in private channels and groups."""

import hashlib
from collections.abc import Iterable

from server_app.audiences import ToUsers, ToViewers
from server_app.context import Context
from server_app.permissions import require
from server_app.storage import accounts, blocks, channel_rules, channels, memberships
from shared.entities import Channel, User
from shared.errors import BadRequest, Conflict, Forbidden, NotFound
from shared.events import ChannelCreated, ChannelJoined, ChannelLeft, ChannelRemoved
from shared.limits import MAX_GROUP
from shared.requests import AddMember, ChannelMade, Nothing, OpenGroup, RemoveMember
from shared.types import AuditAction, ChannelKind, Permission, UserId

from .audit import note
from .sight import show


def open_group(context: Context, request: OpenGroup, _value: None) -> ChannelMade:
    """Find the conversation of exactly these people, as long as nobody left it or came to it, or make it."""
    people = sorted({context.me, *request.user_ids})
    if len(people) < 2:
        raise BadRequest("Name at least one other person.")
    if len(people) > _most(context):
        raise BadRequest(f"A group has at most {_most(context):.0f} people. Make a private channel for more.")
    key = _people_key(people)
    found = channels.by_people(context.connection, key)
    if found is not None:
        reveal(context, channels.channel(context.connection, found), context.me)
        return ChannelMade(channel_id=found)
    for user_id in people:
        require_welcome(context, user_id)
    made_so_far = channels.number_made_by(context.connection, context.me, ChannelKind.GROUP)
    if made_so_far >= context.house.settings.limits.groups_per_account:
        raise Forbidden("You began as many groups as one person may. Leave one that nobody needs any more.")
    made = channels.add_talk(context.connection, ChannelKind.GROUP, key, context.me, context.house.now())
    tell_members(context, made, people)
    return ChannelMade(channel_id=made.id)


def add_member(context: Context, request: AddMember, _value: None) -> Nothing:
    """Bring somebody in; harmless where they are in it."""
    channel, user_id = context.channel, request.user_id
    if channel.kind is ChannelKind.PUBLIC:
        raise BadRequest("This channel is public: whoever may see it is in it, or joins by themselves.")
    require_welcome(context, user_id)
    if channel.has_member(user_id):
        if not _is_kept_from(context, user_id):
            reveal(context, channel, user_id)
        return Nothing()
    if channel.kind is ChannelKind.GROUP:
        if len(channel.member_ids) >= _most(context):
            raise Conflict(f"A group has at most {_most(context):.0f} people. Make a private channel for more.")
        channels.forget_people(context.connection, channel.id)
    withheld_by = context.me if _is_kept_from(context, user_id) else None
    memberships.add_members(context.connection, channel.id, {user_id: withheld_by})
    if withheld_by is None:
        show(context, _now(context, channel), ToUsers((user_id,)))
    joined = ChannelJoined(channel_id=channel.id, user_id=user_id, last_seq=channel.last_seq, last_rev=channel.last_rev)
    context.emit(joined, ToViewers(channel.id))
    if channel.kind is ChannelKind.PRIVATE:
        note(context, AuditAction.MEMBER_ADDED, user_id=user_id, channel_id=channel.id)
    return Nothing()


def remove_member(context: Context, request: RemoveMember, _value: None) -> Nothing:
    """Take somebody out of a private channel; harmless where they are not in it."""
    channel, user_id = context.channel, request.user_id
    if channel.kind is ChannelKind.PUBLIC:
        raise BadRequest("This channel is public. To keep people out, change what their role may do here.")
    if channel.kind is ChannelKind.GROUP:
        raise Forbidden("In a group nobody is removed by others: whoever wants to leaves by themselves.")
    if not channel.has_member(user_id):
        return Nothing()
    if user_id == channel.created_by and user_id != context.me:
        require(context.standing, Permission.MANAGE_CHANNELS, channel)
    take_out(context, channel, user_id)
    note(context, AuditAction.MEMBER_REMOVED, user_id=user_id, channel_id=channel.id)
    return Nothing()


def take_out(context: Context, channel: Channel, user_id: UserId) -> None:
    """Let somebody be in a private channel or group no more. When the last one goes, it goes, too."""
    withheld = memberships.withheld_members(context.connection, channel.id)
    memberships.remove_member(context.connection, channel.id, user_id)
    if channel.kind is ChannelKind.GROUP:
        channels.forget_people(context.connection, channel.id)
    context.emit(ChannelLeft(channel_id=channel.id, user_id=user_id), ToViewers(channel.id))
    if user_id not in withheld:
        context.emit(ChannelRemoved(channel_id=channel.id), ToUsers((user_id,)))
    if not set(channel.member_ids) - set(withheld) - {user_id}:
        channel_rules.delete_channel(context.connection, channel.id)
        context.emit(ChannelRemoved(channel_id=channel.id), ToViewers(channel.id))


def tell_members(context: Context, made: Channel, people: Iterable[UserId]) -> None:
    """Let these be the first members of a new channel; who blocks the one who made it is not told."""
    withheld_by = {each: context.me if _is_kept_from(context, each) else None for each in people}
    memberships.add_members(context.connection, made.id, withheld_by)
    told = tuple(each for each, withheld in withheld_by.items() if withheld is None)
    for channel in _now(context, made):
        context.emit(ChannelCreated(channel=channel), ToUsers(told))


def reveal(context: Context, channel: Channel | None, user_id: UserId) -> bool:
    """Tell somebody of a channel that they are in without having been told; False where they know it."""
    if channel is None or user_id not in memberships.withheld_members(context.connection, channel.id):
        return False
    memberships.withhold_no_more(context.connection, channel.id, user_id)
    show(context, (channel,), ToUsers((user_id,)))
    return True


def require_welcome(context: Context, user_id: UserId) -> User:
    """Somebody with whom a conversation can begin. Raises `NotFound` and `Forbidden`."""
    person = accounts.user(context.connection, user_id)
    if person is None:
        raise NotFound("There is no such person.")
    if person.is_banned:
        raise Forbidden(f"{person.name} is banned from this server.")
    return person


def _is_kept_from(context: Context, user_id: UserId) -> bool:
    """Whether somebody blocks the person who asks, who must not be able to tell."""
    return blocks.blocks(context.connection, user_id, context.me, context.house.clock.steady())


def _now(context: Context, channel: Channel) -> tuple[Channel]:
    found = channels.channel(context.connection, channel.id)
    assert found is not None, "nobody deleted it in this step"
    return (found,)


def _most(context: Context) -> float:
    return min(MAX_GROUP, context.house.settings.limits.group_members)


def _people_key(people: Iterable[UserId]) -> str:
    """By which a group of exactly these people is found; ten long ids would not fit beside those of two."""
    return "group:" + hashlib.sha256(":".join(map(str, people)).encode()).hexdigest()[:40]
