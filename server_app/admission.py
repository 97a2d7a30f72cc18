"""Whether a request may be carried out at all: asked before each of its steps that touches the database."""

from shared.requests import AnyRequest
from shared.types import ChannelId, Permission, UserId

from .context import Context
from .permissions import require, require_lower, session_over, unknown_channel
from .storage.channels import channel
from .storage.roles import standings
from .storage.sessions import living_sessions


def admit(context: Context, request: AnyRequest, needs: Permission | None, *, must_outrank: bool) -> None:
    """Let it pass, with what was found out kept in the context. Raises the refusal.

    A request that names a channel needs the permission there, any other on the whole server; without `needs`, whoever
    is logged in may ask. `must_outrank` says that it acts on the person whom it names. What others did in the same
    transaction counts.
    """
    other_id: UserId | None = getattr(request, "user_id", None)
    wanted = {context.me, other_id} if must_outrank and other_id is not None else {context.me}
    found = standings(context.connection, wanted, context.house.clock.steady())
    context.admitted = me = found[context.me]
    if context.session_id is None or not living_sessions(context.connection, {context.session_id}):
        # It was asked before the connection heard of the end.
        raise session_over(me)
    if needs is None:
        return
    channel_id: ChannelId | None = getattr(request, "channel_id", None)
    if channel_id is not None:
        context.place = channel(context.connection, channel_id, known_to=context.me)
        if context.place is None:
            raise unknown_channel()
    require(me, needs, context.place)
    if must_outrank and other_id is not None:
        context.target = require_lower(me, found.get(other_id), other_id)
