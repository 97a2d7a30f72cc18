"""Whether somebody touches their devices, and when they were here last."""

from collections.abc import Mapping

from server_app.context import Context
from server_app.storage import presence
from shared.requests import Nothing, SetIdle
from shared.types import Milliseconds, UserId


def set_idle(context: Context, request: SetIdle, _value: None) -> Nothing:
    """Note it of the connection that asks; what follows for the person is told with all other comings and goings."""
    assert context.rest is not None, "only steps on the connection's own thread rest"
    context.rest(request.is_idle)
    return Nothing()


def store_last_seen(context: Context, moments: Mapping[UserId, Milliseconds]) -> None:
    """Note when people went."""
    presence.note_last_seen(context.connection, moments)
