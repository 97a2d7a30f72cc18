"""Queries about when people were here last."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select, update

from shared.types import Milliseconds, UserId

from .prepared import Prepared
from .tables import users

_note = Prepared(
    update(users).where(users.c.id == bindparam("person")).values(last_seen_at=bindparam("moment")),
)


def last_seen_at(connection: Connection, user_id: UserId) -> Milliseconds | None:
    """When this person was seen here last; None where nobody noted it yet."""
    return connection.execute(select(users.c.last_seen_at).where(users.c.id == user_id)).scalar_one_or_none() or None


def note_last_seen(connection: Connection, moments: Mapping[UserId, Milliseconds]) -> None:
    """Store when these people were seen here last."""
    if moments:
        _note.run(connection, [{"person": user_id, "moment": moment} for user_id, moment in moments.items()])
