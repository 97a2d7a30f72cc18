"""Direct channels: the place where two people write to each other."""

from server_app.context import Context
from server_app.permissions import require
from server_app.storage import channels
from shared.requests import ChannelMade, OpenDirect
from shared.types import ChannelKind, Permission

from .members import require_welcome, reveal, tell_members
from .receipts import tell_sight


def open_direct(context: Context, request: OpenDirect, _value: None) -> ChannelMade:
    """Find or make the direct channel between oneself and another person, or for notes to oneself."""
    pair = f"{min(context.me, request.user_id)}:{max(context.me, request.user_id)}"
    found = channels.by_people(context.connection, pair)
    if found is not None:
        if reveal(context, channels.channel(context.connection, found), context.me):
            tell_sight(context, context.me, request.user_id, saw=False)
        return ChannelMade(channel_id=found)
    if request.user_id != context.me:
        require(context.standing, Permission.WRITE_DIRECTLY)
    require_welcome(context, request.user_id)
    made = channels.add_talk(context.connection, ChannelKind.DIRECT, pair, context.me, context.house.now())
    tell_members(context, made, sorted({context.me, request.user_id}))
    tell_sight(context, context.me, request.user_id, saw=False)
    tell_sight(context, request.user_id, context.me, saw=False)
    return ChannelMade(channel_id=made.id)
