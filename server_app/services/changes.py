"""What becomes of messages that were said already: edited, deleted, and read again by whoever was away."""

from typing import Any

from msgspec.structs import replace

from server_app.audiences import ToChannel
from server_app.context import Context
from server_app.permissions import known_channel, require_writing
from server_app.storage import channels, messages
from shared.entities import Channel, Message
from shared.errors import Forbidden, NotFound
from shared.events import MessageChanged
from shared.requests import Changes, DeleteMessage, EditMessage, FetchChanges, Nothing
from shared.types import ChannelId, Seq

from .fitting import FRAME_BUDGET, fit_page


def edit_message(context: Context, request: EditMessage, _value: None) -> Nothing:
    """Write a message anew. A deletion that came first has won."""
    channel, message = _mine(context, request.channel_id, request.seq)
    require_writing(context.me, channel)
    if message.is_deleted:
        raise NotFound("This message was deleted.")
    if request.body != message.body:
        _change(context, channel, message, body=request.body, edited_at=context.house.now())
    return Nothing()


def delete_message(context: Context, request: DeleteMessage, _value: None) -> Nothing:
    """Take a message back; harmless where it is deleted."""
    channel, message = _mine(context, request.channel_id, request.seq)
    if not message.is_deleted:
        _change(context, channel, message, body="", edited_at=None, is_deleted=True)
    return Nothing()


def fetch_changes(context: Context, request: FetchChanges, _value: None) -> Changes:
    """A page of changed messages, cut short where it would not fit into one frame: then there are more."""
    known_channel(context.me, channels.channel(context.connection, request.channel_id))
    found = messages.page_changed(context.connection, request.channel_id, request.after_rev, request.limit + 1)
    page, more = fit_page(found, request.limit, FRAME_BUDGET)
    return Changes(messages=tuple(page), more=more)


def _mine(context: Context, channel_id: ChannelId, seq: Seq) -> tuple[Channel, Message]:
    channel = known_channel(context.me, channels.channel(context.connection, channel_id))
    message = messages.message(context.connection, channel_id, seq)
    if message is None:
        raise NotFound("There is no such message.")
    if message.author_id != context.me:
        raise Forbidden("This is not your message.")
    return channel, message


def _change(context: Context, channel: Channel, message: Message, **changes: Any) -> None:
    changed = replace(message, rev=channel.last_rev + 1, **changes)
    messages.change_message(context.connection, changed)
    context.emit(MessageChanged(message=changed), ToChannel(channel.id))
