"""Queries about who has left which public channel or is in another one, and how far each person has read."""

import functools
import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, literal, literal_column, select, update

from shared.entities import ReadPosition
from shared.types import ChannelId, ChannelKind, RoleId, Seq, UserId

from .prepared import Prepared
from .tables import channels, memberships, users

_KEY = [memberships.c.channel_id, memberships.c.user_id]
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


def catch_up(
    connection: Connection,
    channel_ids: Sequence[ChannelId],
    *,
    user_ids: Sequence[UserId] = (),
    role_id: RoleId | None = None,
) -> None:
    """Let all that was said in these channels count as read by these people and by the people of this role."""
    # Who waits for approval is nobody to anybody, and may be turned away.
    who = users.c.id.in_(user_ids) if role_id is None else (users.c.role_id == role_id) & ~users.c.is_pending
    spoken = channels.c.id.in_(channel_ids) & (channels.c.last_seq > 0)
    # Whoever waits for approval begins with their own positions, or is never here.
    source = select(channels.c.id, users.c.id, channels.c.last_seq).join(users, who & ~users.c.is_pending).where(spoken)
    statement = _insert_of(connection.dialect.name).from_select(["channel_id", "user_id", "read_seq"], source)
    connection.execute(
        statement.on_conflict_do_update(index_elements=_KEY, set_={"read_seq": statement.excluded.read_seq})
    )


def add_members(connection: Connection, channel_id: ChannelId, members: Mapping[UserId, UserId | None]) -> None:
    """Bring people into a channel that is not public; each with the one because of whom they are not told, or None."""
    rows = [
        {"channel_id": channel_id, "user_id": user_id, "withheld_by": withheld_by}
        for user_id, withheld_by in members.items()
    ]
    connection.execute(insert(memberships), rows)


def remove_member(connection: Connection, channel_id: ChannelId, user_id: UserId) -> None:
    """Take somebody out of a channel that is not public."""
    which = (memberships.c.channel_id == channel_id) & (memberships.c.user_id == user_id)
    connection.execute(delete(memberships).where(which))


def withheld_members(connection: Connection, channel_id: ChannelId) -> dict[UserId, UserId]:
    """The members of a channel who are not told of it, and because of whom."""
    which = (memberships.c.channel_id == channel_id) & memberships.c.withheld_by.is_not(None)
    rows = connection.execute(select(memberships.c.user_id, memberships.c.withheld_by).where(which))
    return {UserId(user_id): UserId(withheld_by) for user_id, withheld_by in rows}


def withhold_no_more(connection: Connection, channel_id: ChannelId, user_id: UserId) -> None:
    """Let somebody who is in a channel be told of it."""
    which = (memberships.c.channel_id == channel_id) & (memberships.c.user_id == user_id)
    connection.execute(update(memberships).where(which).values(withheld_by=None))


@functools.cache
def _upsert(dialect: str, column: str) -> Prepared:
    """An insert that sets this one column where the row is there already; each dialect has its own word for it."""
    statement = _insert_of(dialect)
    upsert = statement.on_conflict_do_update(index_elements=_KEY, set_={column: statement.excluded[column]})
    return Prepared(upsert, ["channel_id", "user_id", column])


def _insert_of(dialect: str) -> Any:
    return importlib.import_module(f"sqlalchemy.dialects.{dialect}").insert(memberships)
