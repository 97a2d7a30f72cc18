"""Queries about who has left which public channel, and how far each person has read."""

import functools
import importlib
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, literal, literal_column, select

from shared.entities import ReadPosition
from shared.types import ChannelId, ChannelKind, Seq, UserId

from .prepared import Prepared
from .tables import channels, memberships

_read_positions = Prepared(
    select(memberships.c.channel_id, memberships.c.read_seq).where(
        memberships.c.user_id == bindparam("user"), memberships.c.read_seq > literal_column("0")
    )
)


def set_left(connection: Connection, channel_id: ChannelId, user_id: UserId, left: bool) -> None:
    """Note that a person left a public channel, or came back to it."""
    row = {"channel_id": channel_id, "user_id": user_id, "left": left}
    _upsert(connection.dialect.name, "left").run(connection, [row])


def set_read(connection: Connection, rows: Sequence[tuple[ChannelId, UserId, Seq]]) -> None:
    """Note how far people have read; the caller sees to it that it does not go back."""
    values = [{"channel_id": channel_id, "user_id": user_id, "read_seq": seq} for channel_id, user_id, seq in rows]
    _upsert(connection.dialect.name, "read_seq").run(connection, values)


def read_seq(connection: Connection, channel_id: ChannelId, user_id: UserId) -> Seq:
    """How far a person has read a channel; 0 for not at all."""
    which = (memberships.c.channel_id == channel_id) & (memberships.c.user_id == user_id)
    return connection.execute(select(memberships.c.read_seq).where(which)).scalar_one_or_none() or 0


def read_positions(connection: Connection, user_id: UserId) -> tuple[ReadPosition, ...]:
    """Where a person has read anything."""
    rows = _read_positions.rows(connection, {"user": user_id})
    return tuple(ReadPosition(channel_id=channel_id, seq=seq) for channel_id, seq in rows)


def read_all_public(connection: Connection, user_id: UserId) -> None:
    """Let a newcomer start without unread messages: what was said before them counts as read."""
    spoken = (channels.c.kind == ChannelKind.PUBLIC.value) & (channels.c.last_seq > 0)
    source = select(channels.c.id, literal(user_id), channels.c.last_seq).where(spoken)
    connection.execute(insert(memberships).from_select(["channel_id", "user_id", "read_seq"], source))


@functools.cache
def _upsert(dialect: str, column: str) -> Prepared:
    """An insert that sets this one column where the row is there already; each dialect has its own word for it."""
    statement = importlib.import_module(f"sqlalchemy.dialects.{dialect}").insert(memberships)
    key = [memberships.c.channel_id, memberships.c.user_id]
    upsert = statement.on_conflict_do_update(index_elements=key, set_={column: statement.excluded[column]})
    return Prepared(upsert, ["channel_id", "user_id", column])
