"""Queries about people and their password hashes."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import Connection, func, insert, select, update

from shared.entities import User
from shared.names import loose_key
from shared.types import Milliseconds, Rev, RoleId, UserId

from .prepared import Prepared
from .tables import users

_user = select(
    users.c.id,
    users.c.name,
    users.c.role_id,
    users.c.created_at,
    users.c.rev,
    users.c.timeout_until,
    users.c.is_banned,
    users.c.display_name,
    users.c.avatar,
).where(~users.c.is_pending)
_everybody = Prepared(_user.order_by(users.c.id))
_credentials = select(users.c.id, users.c.password_hash)


class Credentials(NamedTuple):
    """What a password is checked against."""

    user_id: UserId
    password_hash: str


def all_users(connection: Connection) -> tuple[User, ...]:
    """Everybody who was let in, by id."""
    return tuple(_as_user(row) for row in _everybody.rows(connection, {}))


def newest_rev(connection: Connection) -> Rev:
    """The newest revision of anybody; 0 while there is nobody."""
    return connection.execute(select(func.max(users.c.rev))).scalar_one() or 0


def user(connection: Connection, user_id: UserId) -> User | None:
    """The person with this id; None also for one who was not let in yet."""
    row = connection.execute(_user.where(users.c.id == user_id)).one_or_none()
    return _as_user(row) if row else None


def number_of_users(connection: Connection) -> int:
    """How many accounts there are."""
    return connection.execute(select(func.count()).select_from(users)).scalar_one()


def name_is_taken(connection: Connection, name_key: str) -> bool:
    """Whether somebody has this name or one that looks like it, or is called so."""
    is_alike = (users.c.name_key == name_key) | (users.c.display_key == loose_key(name_key))
    return connection.execute(select(users.c.id).where(is_alike).limit(1)).one_or_none() is not None


def credentials_by_name(connection: Connection, name_key: str) -> Credentials | None:
    """What the password for this name is checked against; None where nobody has the name."""
    row = connection.execute(_credentials.where(users.c.name_key == name_key)).one_or_none()
    return Credentials(*row) if row else None


def credentials_of(connection: Connection, user_id: UserId) -> Credentials:
    """What this person's password is checked against."""
    return Credentials(*connection.execute(_credentials.where(users.c.id == user_id)).one())


def current_hash(connection: Connection, user_id: UserId) -> str | None:
    """The hash of this person's password; None where they are gone."""
    return connection.execute(select(users.c.password_hash).where(users.c.id == user_id)).scalar_one_or_none()


def add_user(
    connection: Connection,
    *,
    name: str,
    name_key: str,
    role_id: RoleId,
    password_hash: str,
    now: Milliseconds,
    is_pending: bool = False,
) -> User:
    """Make an account; it has no revision while nobody knows of it."""
    rev = 0 if is_pending else newest_rev(connection) + 1
    values = {"name": name, "name_key": name_key, "role_id": role_id, "password_hash": password_hash, "rev": rev}
    row = {**values, "created_at": now, "is_pending": is_pending}
    user_id = connection.execute(insert(users).values(row).returning(users.c.id)).scalar_one()
    return User(id=UserId(user_id), name=name, role_id=role_id, created_at=now, rev=rev)


def change_user(connection: Connection, changed: User) -> User:
    """Store what a person became, as the server's newest change to its people; the person with that revision."""
    changed = replace(changed, rev=newest_rev(connection) + 1)
    values = {
        "role_id": changed.role_id,
        "timeout_until": changed.timeout_until,
        "is_banned": changed.is_banned,
        "display_name": changed.display_name,
        "avatar": changed.avatar,
        "rev": changed.rev,
    }
    connection.execute(update(users).where(users.c.id == changed.id).values(values))
    return changed


def users_with_role(connection: Connection, role_id: RoleId) -> tuple[User, ...]:
    """The people of a role, by id."""
    return tuple(_as_user(row) for row in connection.execute(_user.where(users.c.role_id == role_id)))


def replace_password(connection: Connection, user_id: UserId, old_hash: str, new_hash: str) -> bool:
    """Set a new hash where the old one still stands; False where somebody was quicker."""
    which = (users.c.id == user_id) & (users.c.password_hash == old_hash)
    return connection.execute(update(users).where(which).values(password_hash=new_hash)).rowcount == 1


def _as_user(row: Iterable[Any]) -> User:
    user_id, name, role_id, created_at, rev, timeout_until, is_banned, display_name, avatar = row
    return User(
        id=user_id,
        name=name,
        role_id=role_id,
        created_at=created_at,
        rev=rev,
        timeout_until=timeout_until,
        is_banned=bool(is_banned),
        display_name=display_name,
        avatar=avatar,
    )
