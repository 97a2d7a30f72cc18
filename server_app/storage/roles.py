"""Queries about roles, and about what people are allowed by them."""

import functools
from collections.abc import Collection, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, delete, insert, literal, literal_column, select, update

from shared.entities import Role, User
from shared.rights import Standing
from shared.types import Milliseconds, Permission, RoleId, SessionId, UserId

from . import accounts
from .prepared import Prepared
from .tables import invites, roles, sessions, users

_role = (roles.c.id, roles.c.name, roles.c.rank, roles.c.permissions)
_all = Prepared(select(*_role).order_by(roles.c.rank.desc(), roles.c.id))
_standings = Prepared(
    select(users.c.id, users.c.role_id, users.c.timeout_until, users.c.is_banned).where(
        users.c.id.in_(bindparam("user_ids", expanding=True)), users.c.is_pending.is_(literal_column("0"))
    )
)
_of_sessions = Prepared(
    select(sessions.c.id, users.c.id, users.c.role_id, users.c.timeout_until, users.c.is_banned)
    .join(users, users.c.id == sessions.c.user_id)
    .where(sessions.c.id.in_(bindparam("session_ids", expanding=True)))
)
_some = Prepared(select(*_role).where(roles.c.id.in_(bindparam("role_ids", expanding=True))))


def all_roles(connection: Connection) -> tuple[Role, ...]:
    """Every role, by rank, the highest first."""
    return tuple(_as_role(*row) for row in _all.rows(connection, {}))


def role(connection: Connection, role_id: RoleId) -> Role | None:
    """The role with this id."""
    return next((each for each in all_roles(connection) if each.id == role_id), None)


def standings(connection: Connection, user_ids: Collection[UserId], now: Milliseconds) -> dict[UserId, Standing]:
    """What each of these people may do at this moment; whoever is not there, or not yet, is left out."""
    found = _standings.rows(connection, {"user_ids": list(user_ids)})
    by_id = _some_roles(connection, {role_id for _, role_id, _, _ in found})
    return {
        user_id: Standing(user_id, by_id[role_id], timeout_until > now, bool(is_banned))
        for user_id, role_id, timeout_until, is_banned in found
    }


def standings_of_sessions(
    connection: Connection, session_ids: Collection[SessionId], now: Milliseconds
) -> dict[SessionId, Standing]:
    """What the people of these sessions may do at this moment; a session that has ended is left out."""
    found = _of_sessions.rows(connection, {"session_ids": list(session_ids)})
    by_id = _some_roles(connection, {role_id for _, _, role_id, _, _ in found})
    return {
        session_id: Standing(user_id, by_id[role_id], timeout_until > now, bool(is_banned))
        for session_id, user_id, role_id, timeout_until, is_banned in found
    }


def _some_roles(connection: Connection, role_ids: Collection[RoleId]) -> dict[RoleId, Role]:
    """These, asked for by themselves: a role is a long text, and many people have few of them."""
    rows = _some.rows(connection, {"role_ids": list(role_ids)}) if role_ids else ()
    return {row[0]: _as_role(*row) for row in rows}


def role_by_name(connection: Connection, name_key: str) -> RoleId | None:
    """The role that has this name or one that looks like it."""
    return connection.execute(select(roles.c.id).where(roles.c.name_key == name_key)).scalar_one_or_none()


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


def move_people(connection: Connection, from_id: RoleId, to_id: RoleId) -> tuple[User, ...]:
    """Give all people of one role another, those who wait or are invited as well; the people as they are now."""
    people = accounts.users_with_role(connection, from_id)
    rev = accounts.newest_rev(connection)
    moved = tuple(replace(each, role_id=to_id, rev=rev + number) for number, each in enumerate(people, 1))
    if moved:
        rows = [{"moved": each.id, "new_rev": each.rev} for each in moved]
        connection.execute(update(users).where(users.c.id == bindparam("moved")).values(rev=bindparam("new_rev")), rows)
    for table in (users, invites):
        connection.execute(update(table).where(table.c.role_id == from_id).values(role_id=to_id))
    return moved


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
