"""Of what somebody wants to be notified in each channel, on all of their devices."""

from server_app.audiences import ToUsers
from server_app.context import Context
from server_app.storage import levels
from shared.entities import ChannelLevel
from shared.events import ChannelLevelChanged
from shared.requests import Nothing, SetChannelLevel


def set_channel_level(context: Context, request: SetChannelLevel, _value: None) -> Nothing:
    """Store what was chosen. A mute that has an end is over by itself: whoever looks at it looks at the time."""
    until: int | None = 0
    if request.is_muted:
        now = context.house.clock.steady()
        until = None if request.seconds is None else now + request.seconds * 1000
    chosen = ChannelLevel(channel_id=context.channel.id, level=request.level, muted_until=until)
    levels.set_level(context.connection, context.me, chosen)
    context.emit(ChannelLevelChanged(level=chosen), ToUsers((context.me,)))
    return Nothing()
