"""How far each person has read each channel, on whichever device."""

from collections.abc import Sequence

from server_app.audiences import ToUsers
from server_app.context import Context
from server_app.storage import channels, memberships, mentions
from shared.entities import Channel
from shared.errors import BadRequest
from shared.events import ChannelRead
from shared.requests import MarkManyRead, MarkRead, MarkUnread, Nothing
from shared.rights import may
from shared.types import ChannelId, ChannelKind, Permission, Seq

from . import receipts


def mark_read(context: Context, request: MarkRead, _value: None) -> Nothing:
    """Note how far the person has read; never back. Raises `BadRequest` beyond what was said."""
    _require_said(context.channel, request.seq)
    before = memberships.read_seq(context.connection, context.channel.id, context.me)
    if request.seq > before:
        _set(context, [(context.channel, request.seq)])
    return Nothing()


def mark_unread(context: Context, request: MarkUnread, _value: None) -> Nothing:
    """Let the person have read up to what came before this message, where they had read more."""
    seq = max(request.seq - 1, 0)
    if seq < memberships.read_seq(context.connection, context.channel.id, context.me):
        _set(context, [(context.channel, seq)], goes_back=True)
    return Nothing()


def mark_many_read(context: Context, request: MarkManyRead, _value: None) -> Nothing:
    """Note how far the person has read in each of these, or had; as many statements for 500 channels as for two."""
    known = _known_channels(context)
    before = {each.channel_id: each.seq for each in memberships.read_positions(context.connection, context.me)}
    moved: dict[ChannelId, Seq] = {}
    for position in request.positions:
        channel = known.get(position.channel_id)
        if channel is None:
            continue
        if not request.goes_back:
            _require_said(channel, position.seq)
        now = before.get(channel.id, 0)
        if position.seq < now if request.goes_back else position.seq > now:
            moved[channel.id] = position.seq
    _set(context, [(known[each], seq) for each, seq in moved.items()], goes_back=request.goes_back)
    return Nothing()


def _known_channels(context: Context) -> dict[ChannelId, Channel]:
    """Every channel that the person may see: as their snapshot would have it."""
    view, who = Permission.VIEW_CHANNELS, context.standing
    public = (each for each in channels.public_channels(context.connection) if may(who, view, each))
    return {each.id: each for each in (*public, *channels.own_channels(context.connection, context.me))}


def _require_said(channel: Channel, seq: Seq) -> None:
    if seq > channel.last_seq:
        raise BadRequest("There is no such message yet: nobody can have read so far.")


def _set(context: Context, positions: Sequence[tuple[Channel, Seq]], *, goes_back: bool = False) -> None:
    """Write them down, and tell the person's devices, where it goes back with what mentions them again."""
    if not positions:
        return
    memberships.set_read(context.connection, [(channel.id, context.me, seq) for channel, seq in positions])
    found = mentions.unread_mentions(context.connection, context.me) if goes_back else ()
    unread = {each.channel_id: each.seqs for each in found}
    for channel, seq in positions:
        read = ChannelRead(channel_id=channel.id, seq=seq, mentions=unread.get(channel.id, ()))
        context.emit(read, ToUsers((context.me,)))
    if any(channel.kind is ChannelKind.DIRECT for channel, _ in positions):
        receipts.tell_read(context, {channel.id for channel, _ in positions})
