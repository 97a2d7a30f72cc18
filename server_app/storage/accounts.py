"""Queries about people and their password hashes."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from shared.entities import User
from shared.types import Milliseconds, Rev, Role, UserId

from .prepared import Prepared
from .tables import users

_ROLES = {role.value: role for role in Role}
_user = select(users.c.id, users.c.name, users.c.role, users.c.created_at, users.c.rev)
_everybody = Prepared(_user.order_by(users.c.id))
_credentials = select(users.c.id, users.c.password_hash)


class Credentials(NamedTuple):
    """What a password is checked against."""

    user_id: UserId
    password_hash: str


def all_users(connection: Connection) -> tuple[User, ...]:
    """Everybody, by id."""
    return tuple(_as_user(row) for row in _everybody.rows(connection, {}))


def newest_rev(connection: Connection) -> Rev:
    """The newest revision of anybody; 0 while there is nobody."""
    return connection.execute(select(func.max(users.c.rev))).scalar_one() or 0


def user(connection: Connection, user_id: UserId) -> User | None:
    """The person with this id."""
    row = connection.execute(_user.where(users.c.id == user_id)).one_or_none()
    return _as_user(row) if row else None


def number_of_users(connection: Connection) -> int:
    """How many accounts there are."""
    return connection.execute(select(func.count()).select_from(users)).scalar_one()


def name_is_taken(connection: Connection, name_key: str) -> bool:
    """Whether somebody has this name or one that looks like it."""
    return connection.execute(select(users.c.id).where(users.c.name_key == name_key)).one_or_none() is not None


def credentials_by_name(connection: Connection, name_key: str) -> Credentials | None:
    """What the password for this name is checked against; None where nobody has the name."""
    row = connection.execute(_credentials.where(users.c.name_key == name_key)).one_or_none()
    return Credentials(*row) if row else None


def credentials_of(connection: Connection, user_id: UserId) -> Credentials:
    """What this person's password is checked against."""
    return Credentials(*connection.execute(_credentials.where(users.c.id == user_id)).one())


def add_user(
    connection: Connection, *, name: str, name_key: str, role: Role, password_hash: str, now: Milliseconds
) -> User:
    """Make an account."""
    rev = newest_rev(connection) + 1
    values = {"name": name, "name_key": name_key, "role": role.value, "password_hash": password_hash, "created_at": now}
    user_id = connection.execute(insert(users).values(**values, rev=rev).returning(users.c.id)).scalar_one()
    return User(id=UserId(user_id), name=name, role=role, created_at=now, rev=rev)


def replace_password(connection: Connection, user_id: UserId, old_hash: str, new_hash: str) -> bool:
    """Set a new hash where the old one still stands; False where somebody was quicker."""
    which = (users.c.id == user_id) & (users.c.password_hash == old_hash)
    return connection.execute(update(users).where(which).values(password_hash=new_hash)).rowcount == 1


def _as_user(row: Iterable[Any]) -> User:
    user_id, name, role, created_at, rev = row
    return User(id=user_id, name=name, role=_ROLES[role], created_at=created_at, rev=rev)
