"""Queries about of what people want to be notified in each channel."""

import importlib
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, bindparam, literal_column, or_, select

from shared.entities import ChannelLevel
from shared.types import ChannelId, Level, Milliseconds, RoleId, UserId

from .prepared import Prepared
from .tables import memberships, users

FOR_EVER = -1
"""How the table says that something has no end."""

_is_chosen = or_(memberships.c.level != literal_column("''"), memberships.c.muted_until != literal_column("0"))
_columns = (memberships.c.user_id, memberships.c.channel_id, memberships.c.level, memberships.c.muted_until)
_mine = Prepared(select(*_columns).where(memberships.c.user_id == bindparam("user"), _is_chosen))


def set_level(connection: Connection, user_id: UserId, chosen: ChannelLevel) -> None:
    """Store what a person chose for a channel."""
    values: dict[str, str | Milliseconds] = {
        "level": "" if chosen.level is Level.DEFAULT else chosen.level.value,
        "muted_until": FOR_EVER if chosen.muted_until is None else chosen.muted_until,
    }
    row = {"channel_id": chosen.channel_id, "user_id": user_id, **values}
    statement = importlib.import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(memberships)
    key = [memberships.c.channel_id, memberships.c.user_id]
    connection.execute(statement.values(row).on_conflict_do_update(index_elements=key, set_=values))


def levels(connection: Connection, user_id: UserId) -> tuple[ChannelLevel, ...]:
    """What a person chose, for the channels where they did; also for some that they may not see any more."""
    return tuple(_as_level(*row[1:]) for row in _mine.rows(connection, {"user": user_id}))


def levels_of(
    connection: Connection,
    channel_ids: Collection[ChannelId],
    *,
    user_ids: Sequence[UserId] = (),
    role_id: RoleId | None = None,
) -> list[tuple[UserId, ChannelLevel]]:
    """What these people, or the people of this role, chose for these channels."""
    who = users.c.id.in_(user_ids) if role_id is None else users.c.role_id == role_id
    found = select(*_columns).join(users, users.c.id == memberships.c.user_id).where(who, _is_chosen)
    rows = connection.execute(found.where(memberships.c.channel_id.in_(channel_ids)))
    return [(UserId(user_id), _as_level(*row)) for user_id, *row in rows]


def _as_level(channel_id: int, level: str, muted_until: int) -> ChannelLevel:
    return ChannelLevel(
        channel_id=ChannelId(channel_id),
        level=Level(level) if level else Level.DEFAULT,
        muted_until=None if muted_until == FOR_EVER else muted_until,
    )
