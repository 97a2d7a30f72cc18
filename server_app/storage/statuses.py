"""Queries about what people say that they are up to."""

from sqlalchemy import Connection, select, update

from shared.entities import PersonStatus, Status
from shared.types import Milliseconds, UserId

from .tables import users

_statuses = select(users.c.id, users.c.status_text, users.c.status_until).where(users.c.status_text != "")


def all_statuses(connection: Connection) -> tuple[PersonStatus, ...]:
    """Everybody's who has one, by id; also those that are over and were not taken away yet."""
    return tuple(_as_status(*row) for row in connection.execute(_statuses.order_by(users.c.id)))


def status_of(connection: Connection, user_id: UserId) -> Status | None:
    """What this person says, whether or not it is over; None where they say nothing."""
    row = connection.execute(_statuses.where(users.c.id == user_id)).one_or_none()
    return _as_status(*row).status if row else None


def set_status(connection: Connection, user_id: UserId, status: Status | None) -> None:
    """Store it in place of what was said before."""
    values = {"status_text": status.text if status else "", "status_until": (status.until if status else None) or 0}
    connection.execute(update(users).where(users.c.id == user_id).values(values))


def statuses_that_ended(connection: Connection, now: Milliseconds) -> tuple[UserId, ...]:
    """Whose is over, by id."""
    is_over = (users.c.status_until > 0) & (users.c.status_until <= now)
    return tuple(each.user_id for each in (_as_status(*row) for row in connection.execute(_statuses.where(is_over))))


def _as_status(user_id: int, text: str, until: int) -> PersonStatus:
    return PersonStatus(user_id=UserId(user_id), status=Status(text=text, until=until or None))
