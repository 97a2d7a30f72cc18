"""Queries about who is kept out: people and addresses."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from shared.moderation import Ban
from shared.types import Milliseconds, UserId

from .prepared import Prepared
from .tables import bans

_ban = (bans.c.user_id, bans.c.address, bans.c.reason, bans.c.created_by, bans.c.created_at, bans.c.until)
_concerning = Prepared(
    select(*_ban).where((bans.c.user_id == bindparam("user")) | (bans.c.address == bindparam("address")))
)
_over = Prepared(select(*_ban).where(bans.c.until <= bindparam("now")).order_by(bans.c.id))


def bans_concerning(connection: Connection, user_id: UserId | None, address: str) -> tuple[Ban, ...]:
    """The bans of this person, and of whoever comes from there; also those that are over."""
    return tuple(_as_ban(row) for row in _concerning.rows(connection, {"user": user_id, "address": address}))


def newest_bans(connection: Connection, count: int) -> list[Ban]:
    """At most so many, newest first."""
    return [_as_ban(row) for row in connection.execute(select(*_ban).order_by(bans.c.id.desc()).limit(count))]


def bans_over(connection: Connection, now: Milliseconds) -> tuple[Ban, ...]:
    """Those of which the end has come."""
    return tuple(_as_ban(row) for row in _over.rows(connection, {"now": now}))


def add_ban(connection: Connection, ban: Ban) -> None:
    """Keep a person or an address out, in place of an earlier ban of the same."""
    remove_ban(connection, ban.user_id, ban.address)
    values = {
        "user_id": ban.user_id,
        "address": ban.address or None,
        "reason": ban.reason,
        "created_by": ban.created_by,
        "created_at": ban.created_at,
        "until": ban.until,
    }
    connection.execute(insert(bans).values(values))


def remove_ban(connection: Connection, user_id: UserId | None, address: str = "") -> bool:
    """Keep a person, or else an address, out no longer; False where they were not."""
    which = bans.c.address == address if user_id is None else bans.c.user_id == user_id
    return connection.execute(delete(bans).where(which)).rowcount > 0


def _as_ban(row: Sequence[Any]) -> Ban:
    user_id, address, reason, created_by, created_at, until = row
    return Ban(
        user_id=user_id, address=address or "", reason=reason, created_by=created_by, created_at=created_at, until=until
    )
