"""Who sees which channel from now on, or no more: told at once after any change of rules, roles or people."""

from collections.abc import Iterable

from server_app.audiences import ToRole, ToUsers
from server_app.context import Context
from server_app.storage import levels, memberships
from shared.entities import Channel, Role
from shared.events import ChannelCreated, ChannelLevelChanged, ChannelRead, ChannelRemoved
from shared.rights import Standing, may
from shared.types import ChannelId, ChannelKind, Permission, UserId

SOMEBODY = UserId(0)
"""For public channels the role decides alone, whoever has it."""


def follow(
    context: Context,
    people: ToUsers | ToRole,
    before: Role,
    after: Role,
    places: Iterable[tuple[Channel, Channel]],
) -> None:
    """Tell people, who had one role and have another now, which public channels are there for them from now on.

    Each place is a channel as it was and as it is. What they saw and see no more is taken from them, what they did not
    see before is shown to them; what was said until then counts as read.
    """
    shown: list[Channel] = []
    for old, new in places:
        if new.kind is not ChannelKind.PUBLIC:
            continue
        sees = _sees(after, new)
        if _sees(before, old) and not sees:
            context.emit(ChannelRemoved(channel_id=new.id), people)
        elif sees and not _sees(before, old):
            shown.append(new)
    show(context, shown, people)


def show(context: Context, channels: Iterable[Channel], people: ToUsers | ToRole) -> None:
    """Tell people of channels that they may see from now on; nothing that is in them counts as unread.

    A direct channel is an exception: its other person may see how far it is read, and nobody has looked at it yet.
    """
    spoken: list[ChannelId] = []
    shown: list[ChannelId] = []
    for channel in channels:
        context.emit(ChannelCreated(channel=channel), people)
        if channel.last_seq and channel.kind is not ChannelKind.DIRECT:
            context.emit(ChannelRead(channel_id=channel.id, seq=channel.last_seq), people)
            spoken.append(channel.id)
        shown.append(channel.id)
    _tell_levels(context, shown, people)
    if not spoken:
        return
    if isinstance(people, ToRole):
        memberships.catch_up(context.connection, spoken, role_id=people.role_id)
    else:
        memberships.catch_up(context.connection, spoken, user_ids=people.user_ids)


def _tell_levels(context: Context, channel_ids: list[ChannelId], people: ToUsers | ToRole) -> None:
    """What each of them chose for these channels before they lost sight of them holds again."""
    if not channel_ids:
        return
    if isinstance(people, ToRole):
        found = levels.levels_of(context.connection, channel_ids, role_id=people.role_id)
    else:
        found = levels.levels_of(context.connection, channel_ids, user_ids=people.user_ids)
    for user_id, level in found:
        context.emit(ChannelLevelChanged(level=level), ToUsers((user_id,)))


def _sees(role: Role, channel: Channel) -> bool:
    return may(Standing(SOMEBODY, role), Permission.VIEW_CHANNELS, channel)
