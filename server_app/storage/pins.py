"""Queries about pinned messages: an index has just those."""

from sqlalchemy import ColumnElement, Connection, func, select

from shared.entities import Message
from shared.types import ChannelId, Milliseconds

from .messages import as_message
from .tables import messages


def number_and_newest(connection: Connection, channel_id: ChannelId) -> tuple[int, Milliseconds]:
    """How many messages are pinned to a channel, and when the last of them was; 0 where there are none."""
    query = select(func.count(), func.max(messages.c.pinned_at)).where(_pinned_to(channel_id))
    number, newest = connection.execute(query).one()
    return number, newest or 0


def page(connection: Connection, channel_id: ChannelId, before: Milliseconds | None, count: int) -> list[Message]:
    """At most so many messages that were pinned before this moment, the newest pin first."""
    query = select(messages).where(_pinned_to(channel_id)).order_by(messages.c.pinned_at.desc()).limit(count)
    if before is not None:
        query = query.where(messages.c.pinned_at < before)
    return [as_message(row) for row in connection.execute(query)]


def _pinned_to(channel_id: ChannelId) -> ColumnElement[bool]:
    return (messages.c.channel_id == channel_id) & messages.c.pinned_at.is_not(None)
