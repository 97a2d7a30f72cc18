"""Reading pages of a channel: the newest, or before, after or around a message."""

from server_app.context import Context
from server_app.storage import messages
from shared.entities import Message
from shared.errors import BadRequest
from shared.limits import MAX_INTEGER
from shared.requests import FetchHistory, History
from shared.types import ChannelId, Seq

from .blocks import as_seen_by_me
from .fitting import FRAME_BUDGET, fit_page


def fetch_history(context: Context, request: FetchHistory, _value: None) -> History:
    """A page, cut short where it would not fit into one frame: then there is more."""
    given = [seq for seq in (request.before_seq, request.after_seq, request.around_seq) if seq is not None]
    if len(given) > 1:
        raise BadRequest("Give at most one of before_seq, after_seq and around_seq.")
    channel_id, count = request.channel_id, request.limit
    if request.after_seq is not None:
        newer, more = _after(context, channel_id, request.after_seq, count, FRAME_BUDGET)
        return History(messages=tuple(newer), more=more)
    if request.around_seq is not None:
        return _around(context, channel_id, request.around_seq, count)
    before = MAX_INTEGER if request.before_seq is None else request.before_seq
    older, more = _before(context, channel_id, before, count, FRAME_BUDGET)
    return History(messages=tuple(older), more=more)


def _around(context: Context, channel_id: ChannelId, seq: Seq, count: int) -> History:
    """Half of the page before the message, the rest from it on; what one side lacks, the other does not fill."""
    newer, _ = _after(context, channel_id, max(seq - 1, 0), count - count // 2, FRAME_BUDGET // 2)
    older, more = _before(context, channel_id, seq, count // 2, FRAME_BUDGET // 2)
    return History(messages=(*older, *newer), more=more)


def _before(context: Context, channel_id: ChannelId, seq: Seq, count: int, budget: int) -> tuple[list[Message], bool]:
    found = messages.page_before(context.connection, channel_id, seq, count + 1)
    page, more = fit_page(as_seen_by_me(context, found), count, budget)
    return page[::-1], more


def _after(context: Context, channel_id: ChannelId, seq: Seq, count: int, budget: int) -> tuple[list[Message], bool]:
    found = messages.page_after(context.connection, channel_id, seq, count + 1)
    return fit_page(as_seen_by_me(context, found), count, budget)
