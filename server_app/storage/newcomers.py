"""Queries about people who made an account and wait to be let in."""

from sqlalchemy import Connection, delete, func, select, update

from shared.entities import User
from shared.moderation import Newcomer
from shared.types import RoleId, UserId

from .accounts import newest_rev, user
from .invites import forget_use
from .tables import invite_uses, invites, users

_newcomer = (
    select(users.c.id, users.c.name, users.c.created_at, users.c.role_id, invites.c.created_by)
    .outerjoin(invite_uses, invite_uses.c.user_id == users.c.id)
    .outerjoin(invites, invites.c.id == invite_uses.c.invite_id)
    .where(users.c.is_pending)
)


def newcomers(connection: Connection) -> tuple[Newcomer, ...]:
    """Everybody who waits, in the order in which they came."""
    return tuple(_as_newcomer(*row) for row in connection.execute(_newcomer.order_by(users.c.id)))


def newcomer(connection: Connection, user_id: UserId) -> Newcomer | None:
    """The one with this id, if they wait."""
    row = connection.execute(_newcomer.where(users.c.id == user_id)).one_or_none()
    return _as_newcomer(*row) if row else None


def number_of_uninvited(connection: Connection) -> int:
    """How many wait who came without an invite."""
    invited = select(invite_uses.c.user_id)
    which = users.c.is_pending & users.c.id.not_in(invited)
    return connection.execute(select(func.count()).select_from(users).where(which)).scalar_one()


def let_in(connection: Connection, user_id: UserId) -> User:
    """Let somebody in who waits, as the server's newest change to its people."""
    values = {"is_pending": False, "rev": newest_rev(connection) + 1}
    connection.execute(update(users).where(users.c.id == user_id).values(values))
    let_in = user(connection, user_id)
    assert let_in is not None, "they waited"
    return let_in


def turn_away(connection: Connection, user_id: UserId) -> None:
    """Remove somebody who waits: they were nobody to anybody."""
    forget_use(connection, user_id)
    connection.execute(delete(users).where((users.c.id == user_id) & users.c.is_pending))


def _as_newcomer(user_id: int, name: str, created_at: int, role_id: int, invited_by: int | None) -> Newcomer:
    return Newcomer(
        user_id=UserId(user_id),
        name=name,
        created_at=created_at,
        role_id=RoleId(role_id),
        invited_by=None if invited_by is None else UserId(invited_by),
    )
