"""Pinning messages to their channel, and finding them again."""

from server_app.context import Context
from server_app.storage import pins
from shared.errors import Conflict, NotFound
from shared.limits import MAX_PINS
from shared.requests import ListPins, Nothing, Pins, SetPin
from shared.types import AuditAction, ChannelKind

from .audit import note
from .blocks import as_seen_by_me
from .changes import DELETED, change, message_there
from .fitting import FRAME_BUDGET, fit_page


def set_pin(context: Context, request: SetPin, _value: None) -> Nothing:
    """Pin a message or take its pin away, which is a change of it. Unpinning another's goes into the audit log."""
    message = message_there(context, request.seq)
    if message.is_deleted:
        raise NotFound(DELETED)
    if request.is_on == (message.pinned_at is not None):
        return Nothing()
    if not request.is_on:
        change(context, message, pinned_at=None)
        # In a conversation of a few, all may do the same, and there is nothing to be looked into.
        if message.author_id != context.me and context.channel.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE):
            note(
                context,
                AuditAction.MESSAGE_UNPINNED,
                user_id=message.author_id,
                channel_id=message.channel_id,
                detail=f"message {message.seq}",
            )
        return Nothing()
    number, newest = pins.number_and_newest(context.connection, message.channel_id)
    if number >= MAX_PINS:
        raise Conflict(f"{MAX_PINS} messages are pinned here, and more are not kept. Take the pin off another one.")
    # A page ends at a moment, so no two pins of a channel may share one.
    change(context, message, pinned_at=max(context.house.now(), newest + 1))
    return Nothing()


def list_pins(context: Context, request: ListPins, _value: None) -> Pins:
    """A page, the newest pin first, cut short where it would not fit into one frame: then there are more."""
    found = pins.page(context.connection, request.channel_id, request.before, request.limit + 1)
    page, more = fit_page(as_seen_by_me(context, found), request.limit, FRAME_BUDGET)
    return Pins(messages=tuple(page), more=more)
