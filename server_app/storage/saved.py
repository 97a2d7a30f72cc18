"""Queries about messages that people saved for themselves."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from shared.entities import Saved
from shared.types import ChannelId, Milliseconds, Seq, UserId

from .messages import as_message
from .tables import messages, saved_messages


def is_saved(connection: Connection, user_id: UserId, channel_id: ChannelId, seq: Seq) -> bool:
    """Whether this person saved this message."""
    return connection.execute(select(saved_messages.c.seq).where(_one(user_id, channel_id, seq))).first() is not None


def number_and_newest(connection: Connection, user_id: UserId) -> tuple[int, Milliseconds]:
    """How many messages a person saved, and when the last of them; 0 where there are none."""
    query = select(func.count(), func.max(saved_messages.c.saved_at)).where(saved_messages.c.user_id == user_id)
    number, newest = connection.execute(query).one()
    return number, newest or 0


def add_saved(connection: Connection, user_id: UserId, channel_id: ChannelId, seq: Seq, at: Milliseconds) -> None:
    """Keep that a person saved a message."""
    values = {"user_id": user_id, "channel_id": channel_id, "seq": seq, "saved_at": at}
    connection.execute(insert(saved_messages).values(values))


def remove_saved(connection: Connection, user_id: UserId, channel_id: ChannelId, seq: Seq) -> None:
    """Keep it no more."""
    connection.execute(delete(saved_messages).where(_one(user_id, channel_id, seq)))


def saved_before(connection: Connection, user_id: UserId, before: Milliseconds | None) -> Iterator[Saved]:
    """What a person saved before this moment, the newest first."""
    query = (
        select(messages, saved_messages.c.saved_at)
        .join(
            messages,
            (messages.c.channel_id == saved_messages.c.channel_id) & (messages.c.seq == saved_messages.c.seq),
        )
        .where(saved_messages.c.user_id == user_id)
        .order_by(saved_messages.c.saved_at.desc())
    )
    if before is not None:
        query = query.where(saved_messages.c.saved_at < before)
    with connection.execute(query) as rows:
        for row in rows:
            yield Saved(message=as_message(row), saved_at=row.saved_at)


def _one(user_id: UserId, channel_id: ChannelId, seq: Seq) -> ColumnElement[bool]:
    of_theirs = (saved_messages.c.user_id == user_id) & (saved_messages.c.channel_id == channel_id)
    return of_theirs & (saved_messages.c.seq == seq)
