"""How far each person has read each channel, on whichever device."""

from server_app.audiences import ToUsers
from server_app.context import Context
from server_app.storage import memberships
from shared.events import ChannelRead
from shared.requests import MarkRead, Nothing


def mark_read(context: Context, request: MarkRead, _value: None) -> Nothing:
    """Note how far the person has read; never back, never beyond what was said."""
    channel = context.channel
    seq = min(request.seq, channel.last_seq)
    if seq > memberships.read_seq(context.connection, channel.id, context.me):
        memberships.set_read(context.connection, [(channel.id, context.me, seq)])
        context.emit(ChannelRead(channel_id=channel.id, seq=seq), ToUsers((context.me,)))
    return Nothing()
