"""The rules of a channel: read-only, slow, overrides, archived, deleted."""

from collections.abc import Sequence

from msgspec.structs import replace

from server_app.audiences import ToRole, ToViewers
from server_app.context import Context
from server_app.storage import attachments, channel_rules, roles
from shared.entities import Channel, Override
from shared.errors import BadRequest, Forbidden, NotFound
from shared.events import ChannelChanged, ChannelRemoved
from shared.requests import ArchiveChannel, ChangeChannel, DeleteChannel, Nothing
from shared.rights import CHANNEL_PERMISSIONS, OWNER, may, outranks
from shared.types import GENERAL, AuditAction, ChannelKind, Permission

from .audit import note
from .sight import follow

MOST_AT_ONCE = 500
"""Messages of deleted channels for one go: some milliseconds of the writer's time."""


def change_channel(context: Context, request: ChangeChannel, _value: None) -> Nothing:
    """Set what is given of a channel's rules."""
    old = context.channel
    _require_rules(old)
    new = old
    if request.is_read_only is not None:
        new = replace(new, is_read_only=request.is_read_only)
    if request.slow_seconds is not None:
        new = replace(new, slow_seconds=request.slow_seconds)
    if request.overrides is not None:
        new = replace(new, overrides=_judged(context, old, request.overrides))
    if new != old:
        note(context, AuditAction.CHANNEL_CHANGED, channel_id=old.id, detail=_difference(context, old, new))
        set_rules(context, old, new)
    return Nothing()


def archive_channel(context: Context, request: ArchiveChannel, _value: None) -> Nothing:
    """Let nobody write in a channel any more, or let them again."""
    old = context.channel
    _require_rules(old)
    if old.id == GENERAL:
        raise Forbidden(f"#{old.name} cannot be archived: it is where everybody can be reached.")
    if request.is_archived != old.is_archived:
        detail = "archived" if request.is_archived else "in use again"
        note(context, AuditAction.CHANNEL_ARCHIVED, channel_id=old.id, detail=detail)
        set_rules(context, old, replace(old, is_archived=request.is_archived))
    return Nothing()


def delete_channel(context: Context, _request: DeleteChannel, _value: None) -> Nothing:
    """Delete a channel and all that was said in it, for good; what was reported of it stays with the moderators."""
    channel = context.channel
    _require_rules(channel)
    if channel.id == GENERAL:
        raise Forbidden(f"#{channel.name} cannot be deleted: it is where everybody can be reached.")
    channel_rules.delete_channel(context.connection, channel.id)
    context.house.files.doubt(attachments.remove_of_channel(context.connection, channel.id))
    note(context, AuditAction.CHANNEL_DELETED, channel_id=channel.id, detail=f"#{channel.name}")
    context.emit(ChannelRemoved(channel_id=channel.id), ToViewers(channel.id))
    return Nothing()


def set_rules(context: Context, old: Channel, new: Channel) -> None:
    """Store a channel's rules and tell all whom they concern, first those who see it from now on or no more."""
    channel_rules.set_rules(context.connection, new)
    if old.overrides != new.overrides:
        for role in roles.all_roles(context.connection):
            follow(context, ToRole(role.id), role, role, [(old, new)])
    tell_rules(context, new)


def tell_rules(context: Context, channel: Channel) -> None:
    """Say which rules a channel has now."""
    changed = ChannelChanged(
        channel_id=channel.id,
        is_read_only=channel.is_read_only,
        slow_seconds=channel.slow_seconds,
        is_archived=channel.is_archived,
        overrides=channel.overrides,
        user_id=context.me,
    )
    context.emit(changed, ToViewers(channel.id))


def remove_leftovers(context: Context) -> bool:
    """Remove some of what was said in deleted channels; whether there may be more."""
    return channel_rules.remove_leftovers(context.connection, MOST_AT_ONCE)


def _require_rules(channel: Channel) -> None:
    if channel.kind is ChannelKind.GROUP:
        raise Forbidden("A group has no rules of its own: all who are in it may do the same. Leave it to be out of it.")


def _judged(context: Context, channel: Channel, wanted: Sequence[Override]) -> tuple[Override, ...]:
    """The overrides in order. Raises where they make no sense, or where this person may not set them."""
    if len({each.role_id for each in wanted}) < len(wanted):
        raise BadRequest("Name each role once.")
    before = {each.role_id: each for each in channel.overrides}
    after = {each.role_id: _in_order(each) for each in wanted}
    known = {role.id: role for role in roles.all_roles(context.connection)}
    for role_id in before.keys() | after.keys():
        old, new = before.get(role_id, Override(role_id)), after.get(role_id, Override(role_id))
        if role_id not in known:
            raise NotFound("There is no such role.")
        if old == new:
            continue
        if role_id == OWNER or not outranks(context.standing, known[role_id]):
            raise Forbidden("You can set this only for roles that rank below yours.")
        _judge(context, channel, old, new)
    return tuple(after[role_id] for role_id in sorted(after) if after[role_id].allow or after[role_id].deny)


def _judge(context: Context, channel: Channel, old: Override, new: Override) -> None:
    if set(new.allow) & set(new.deny):
        raise BadRequest("A channel either allows something to a role or denies it.")
    if not {*new.allow, *new.deny} <= set(CHANNEL_PERMISSIONS):
        raise BadRequest("This is not for a channel to decide: it holds for the whole server.")
    if Permission.VIEW_CHANNELS in (*new.allow, *new.deny) and channel.kind is ChannelKind.PRIVATE:
        raise BadRequest("Who sees a private channel is decided by who is in it.")
    if Permission.VIEW_CHANNELS in new.deny and channel.id == GENERAL:
        raise BadRequest(f"Everybody sees #{channel.name}.")
    # As the channel would be for somebody who is in it while it is in use: what they may do then, they may let others.
    here = replace(channel, is_archived=False, left_ids=())
    if not all(may(context.standing, permission, here) for permission in set(new.allow) - set(old.allow)):
        raise Forbidden("You can allow others only what you may do here yourself.")


def _in_order(override: Override) -> Override:
    return replace(
        override,
        allow=tuple(each for each in Permission if each in override.allow),
        deny=tuple(each for each in Permission if each in override.deny),
    )


def _difference(context: Context, old: Channel, new: Channel) -> str:
    """What became of the rules, in words."""
    words: list[str] = []
    if new.is_read_only != old.is_read_only:
        words.append("read-only" if new.is_read_only else "not read-only any more")
    if new.slow_seconds != old.slow_seconds:
        words.append(f"{new.slow_seconds} s between two messages" if new.slow_seconds else "no slow mode any more")
    names = {role.id: role.name for role in roles.all_roles(context.connection)}
    before = {each.role_id: each for each in old.overrides}
    after = {each.role_id: each for each in new.overrides}
    for role_id in sorted(before.keys() | after.keys()):
        if before.get(role_id) != after.get(role_id):
            words.append(f"{names.get(role_id, role_id)}: {_in_words(after.get(role_id))}")
    return "; ".join(words)


def _in_words(override: Override | None) -> str:
    if override is None:
        return "as everywhere"
    signs = [f"+{each.value}" for each in override.allow] + [f"−{each.value}" for each in override.deny]
    return " ".join(signs)
