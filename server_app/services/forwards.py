"""Passing on what somebody said: whoever may read it may say it again where they may write."""

from server_app.blocks import as_seen_message
from server_app.context import Context
from server_app.permissions import unknown_channel
from server_app.storage import blocks, channels, messages
from shared.entities import Message
from shared.errors import Forbidden, NotFound, Refusal
from shared.requests import Forward
from shared.rights import Standing, may
from shared.types import Permission


def forwarded(context: Context, who: Standing, forward: Forward) -> Message | Refusal:
    """The message that this person wants to pass on, or why they cannot."""
    channel = channels.channel(context.connection, forward.channel_id, known_to=who.user_id)
    if channel is None or not may(who, Permission.VIEW_CHANNELS, channel):
        return unknown_channel()
    message = messages.message(context.connection, forward.channel_id, forward.seq)
    if message is None:
        return NotFound("The message that you forward is not there.")
    if message.is_deleted:
        return NotFound("The message that you forward was deleted.")
    blocked = blocks.hidden_from(context.connection, who.user_id, context.house.clock.steady())
    if as_seen_message(message, blocked).is_hidden:
        return Forbidden("You block whoever said this. Unblock them to forward it.")
    return message
