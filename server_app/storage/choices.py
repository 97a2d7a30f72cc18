"""Queries about what people chose for all of their devices."""

from sqlalchemy import Connection, bindparam, select, update

from shared.entities import Choices
from shared.types import Availability, UserId

from .prepared import Prepared
from .tables import users

_USUAL = Choices()
_choices = Prepared(
    select(users.c.availability, users.c.shares_last_seen, users.c.shares_receipts).where(
        users.c.id == bindparam("user")
    )
)


def choices_of(connection: Connection, user_id: UserId) -> Choices:
    """What this person chose; what is usual where they chose nothing."""
    for availability, shares_last_seen, shares_receipts in _choices.rows(connection, {"user": user_id}):
        return Choices(_availability(availability), bool(shares_last_seen), bool(shares_receipts))
    return _USUAL


def set_choices(connection: Connection, user_id: UserId, choices: Choices) -> None:
    """Store them."""
    availability = "" if choices.availability is _USUAL.availability else choices.availability.value
    values = {
        "availability": availability,
        "shares_last_seen": choices.shares_last_seen,
        "shares_receipts": choices.shares_receipts,
    }
    connection.execute(update(users).where(users.c.id == user_id).values(values))


def availabilities(connection: Connection) -> dict[UserId, Availability]:
    """How those want to look who chose that."""
    rows = connection.execute(select(users.c.id, users.c.availability).where(users.c.availability != ""))
    return {UserId(user_id): _availability(value) for user_id, value in rows}


def _availability(value: str) -> Availability:
    return Availability(value) if value else _USUAL.availability
