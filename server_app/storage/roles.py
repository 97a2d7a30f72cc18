"""Queries about roles, and about what people are allowed by them."""

import functools
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update

from shared.entities import Role
from shared.rights import Standing
from shared.types import Milliseconds, Permission, RoleId, UserId

from .prepared import Prepared
from .tables import roles, users

_role = (roles.c.id, roles.c.name, roles.c.rank, roles.c.permissions)
_all = Prepared(select(*_role).order_by(roles.c.rank.desc(), roles.c.id))
_standings = Prepared(
    select(users.c.id, users.c.timeout_until, *_role)
    .join(roles, roles.c.id == users.c.role_id)
    .where(users.c.id.in_(bindparam("user_ids", expanding=True)))
)


def all_roles(connection: Connection) -> tuple[Role, ...]:
    """Every role, by rank, the highest first."""
    return tuple(_as_role(*row) for row in _all.rows(connection, {}))


def role(connection: Connection, role_id: RoleId) -> Role | None:
    """The role with this id."""
    return next((each for each in all_roles(connection) if each.id == role_id), None)


def standings(connection: Connection, user_ids: Collection[UserId], now: Milliseconds) -> dict[UserId, Standing]:
    """What each of these people may do at this moment; whoever does not exist is left out."""
    return {
        user_id: Standing(user_id, _as_role(*of_role), timeout_until > now)
        for user_id, timeout_until, *of_role in _standings.rows(connection, {"user_ids": list(user_ids)})
    }


def name_is_taken(connection: Connection, name_key: str) -> bool:
    """Whether a role has this name or one that looks like it."""
    return connection.execute(select(roles.c.id).where(roles.c.name_key == name_key)).one_or_none() is not None


def add_role(connection: Connection, *, name: str, name_key: str, rank: int, permissions: Sequence[Permission]) -> Role:
    """Make a role."""
    values = {"name": name, "name_key": name_key, "rank": rank, "permissions": _as_text(permissions)}
    role_id = connection.execute(insert(roles).values(values).returning(roles.c.id)).scalar_one()
    return Role(id=RoleId(role_id), name=name, rank=rank, permissions=tuple(permissions))


def change_role(connection: Connection, changed: Role, name_key: str) -> None:
    """Store what a role became."""
    values = {
        "name": changed.name,
        "name_key": name_key,
        "rank": changed.rank,
        "permissions": _as_text(changed.permissions),
    }
    connection.execute(update(roles).where(roles.c.id == changed.id).values(values))


def remove_role(connection: Connection, role_id: RoleId) -> None:
    """Remove a role that nobody has any more."""
    assert not connection.execute(select(literal(1)).where(users.c.role_id == role_id).limit(1)).first(), "give another"
    connection.execute(delete(roles).where(roles.c.id == role_id))


@functools.lru_cache(maxsize=1024)
def _as_role(role_id: int, name: str, rank: int, permissions: str) -> Role:
    """Few roles are read again and again. A permission that this program does not know is left out."""
    known = {permission.value: permission for permission in Permission}
    names: list[Any] = msgspec.json.decode(permissions)
    return Role(
        id=RoleId(role_id), name=name, rank=rank, permissions=tuple(known[each] for each in names if each in known)
    )


def _as_text(permissions: Sequence[Permission]) -> str:
    return msgspec.json.encode(permissions).decode()
