"""Messages that people save for themselves, from whatever channels they see."""

from itertools import islice

from msgspec.structs import replace

from server_app.audiences import ToUsers
from server_app.context import Context
from server_app.storage import channels, saved
from shared.entities import Saved
from shared.errors import Conflict, NotFound
from shared.events import SavedChanged
from shared.limits import MAX_SAVED
from shared.requests import ListSaved, Nothing, SavedMessages, SetSaved
from shared.rights import may
from shared.types import ChannelId, Permission

from .blocks import as_seen_by_me
from .changes import DELETED, message_there
from .fitting import FRAME_BUDGET, fit_page


def set_saved(context: Context, request: SetSaved, _value: None) -> Nothing:
    """Save a message, or do so no more. Only one's own devices hear of it."""
    database, me, message = context.connection, context.me, message_there(context, request.seq)
    if request.is_on == saved.is_saved(database, me, message.channel_id, message.seq):
        return Nothing()
    if request.is_on:
        if message.is_deleted:
            raise NotFound(DELETED)
        number, newest = saved.number_and_newest(database, me)
        if number >= MAX_SAVED:
            raise Conflict(f"You saved {MAX_SAVED:,} messages, and more are not kept. Remove one of them first.")
        # A page ends at a moment, so no two of a person may share one.
        at = max(context.house.now(), newest + 1)
        saved.add_saved(database, me, message.channel_id, message.seq, at)
    else:
        saved.remove_saved(database, me, message.channel_id, message.seq)
    event = SavedChanged(channel_id=message.channel_id, seq=message.seq, is_on=request.is_on)
    context.emit(event, ToUsers((me,)))
    return Nothing()


def list_saved(context: Context, request: ListSaved, _value: None) -> SavedMessages:
    """A page, the newest first, of what may still be seen; cut short where it would not fit into one frame."""
    sees: dict[ChannelId, bool] = {}

    def is_seen(one: Saved) -> bool:
        channel_id = one.message.channel_id
        if channel_id not in sees:
            channel = channels.channel(context.connection, channel_id, known_to=context.me)
            sees[channel_id] = channel is not None and may(context.standing, Permission.VIEW_CHANNELS, channel)
        return sees[channel_id]

    all_of_it = saved.saved_before(context.connection, context.me, request.before)
    found = list(islice(filter(is_seen, all_of_it), request.limit + 1))
    shown = as_seen_by_me(context, [one.message for one in found])
    found = [replace(one, message=message) for one, message in zip(found, shown, strict=True)]
    page, more = fit_page(found, request.limit, FRAME_BUDGET)
    return SavedMessages(saved=tuple(page), more=more)
