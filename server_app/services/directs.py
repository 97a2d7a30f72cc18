"""Direct channels: the place where two people write to each other."""

from server_app.audiences import ToUsers
from server_app.context import Context
from server_app.storage import accounts, channels
from shared.errors import NotFound
from shared.events import ChannelCreated
from shared.requests import ChannelMade, OpenDirect
from shared.types import UserId


def open_direct(context: Context, request: OpenDirect, _value: None) -> ChannelMade:
    """Find or make the direct channel between oneself and another person, or for notes to oneself."""
    pair = f"{min(context.me, request.user_id)}:{max(context.me, request.user_id)}"
    found = channels.direct_by_pair(context.connection, pair)
    if found is not None:
        return ChannelMade(channel_id=found)
    if accounts.user(context.connection, request.user_id) is None:
        raise NotFound("There is no such person.")
    members: tuple[UserId, ...] = tuple({context.me, request.user_id})
    made = channels.add_direct(context.connection, pair, members, context.me, context.house.now())
    context.emit(ChannelCreated(channel=made), ToUsers(made.member_ids))
    return ChannelMade(channel_id=made.id)
