"""Queries about the devices that can come back without the password."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from shared.entities import Session
from shared.types import Milliseconds, RoleId, SessionId, UserId

from .prepared import Prepared
from .tables import sessions, users

_by_token = Prepared(
    select(sessions.c.user_id, sessions.c.id, sessions.c.address).where(
        sessions.c.token_hash == bindparam("token_hash"), sessions.c.last_seen_at >= bindparam("since")
    )
)
_living = Prepared(
    select(sessions.c.id)
    .join(users, users.c.id == sessions.c.user_id)
    .where(sessions.c.id.in_(bindparam("sessions", expanding=True)), ~users.c.is_banned)
)
_touch = update(sessions).where(sessions.c.id == bindparam("session")).values(last_seen_at=bindparam("now"))
_move = (
    update(sessions)
    .where(sessions.c.id == bindparam("session"))
    .values(address=bindparam("place"), last_seen_at=bindparam("now"))
)


class Found(NamedTuple):
    """The session that a token opens."""

    user_id: UserId
    session_id: SessionId
    address: str
    """From where it was opened last, as `address_key` has it."""


def add_session(
    connection: Connection, user_id: UserId, *, token_hash: str, device: str, address: str, now: Milliseconds
) -> SessionId:
    """Open a session."""
    values = {"user_id": user_id, "token_hash": token_hash, "device": device, "address": address}
    row = {**values, "created_at": now, "last_seen_at": now}
    return SessionId(connection.execute(insert(sessions).values(row).returning(sessions.c.id)).scalar_one())


def session_by_token(connection: Connection, token_hash: str, since: Milliseconds) -> Found | None:
    """The session that a token opens, if it was seen since then."""
    rows = _by_token.rows(connection, {"token_hash": token_hash, "since": since})
    return Found(*rows[0]) if rows else None


def living_sessions(connection: Connection, session_ids: Collection[SessionId]) -> set[SessionId]:
    """Those of these that have not ended. The sessions of somebody who is banned are there, and open nothing."""
    return {SessionId(found) for (found,) in _living.rows(connection, {"sessions": list(session_ids)})}


def session_ids_of(connection: Connection, user_id: UserId) -> tuple[SessionId, ...]:
    """All of a person's sessions."""
    found = connection.execute(select(sessions.c.id).where(sessions.c.user_id == user_id).order_by(sessions.c.id))
    return tuple(SessionId(session) for session in found.scalars())


def newest_address_of(connection: Connection, user_id: UserId) -> str:
    """From where a person came last; empty where that is not known."""
    known = (sessions.c.user_id == user_id) & (sessions.c.address != "")
    newest_first = (sessions.c.last_seen_at.desc(), sessions.c.id.desc())
    found = connection.execute(select(sessions.c.address).where(known).order_by(*newest_first).limit(1))
    return found.scalar_one_or_none() or ""


def roles_at(connection: Connection, address: str) -> set[RoleId]:
    """What those are who came last from there on any of their devices."""
    with_role = select(users.c.role_id).join(sessions, sessions.c.user_id == users.c.id)
    found = connection.execute(with_role.where(sessions.c.address == address).distinct())
    return {RoleId(role_id) for role_id in found.scalars()}


def move_sessions(connection: Connection, addresses: Mapping[SessionId, str], now: Milliseconds) -> None:
    """Note from where these were opened just now."""
    rows = [{"session": session_id, "place": address, "now": now} for session_id, address in addresses.items()]
    if rows:
        connection.execute(_move, rows)


def sessions_of(connection: Connection, user_id: UserId, current: SessionId | None) -> tuple[Session, ...]:
    """A person's sessions, newest first; the current one marked."""
    rows = connection.execute(select(sessions).where(sessions.c.user_id == user_id).order_by(sessions.c.id.desc()))
    return tuple(
        Session(
            id=SessionId(row.id),
            device=row.device,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_current=row.id == current,
        )
        for row in rows
    )


def surplus_sessions(connection: Connection, user_id: UserId, kept: int) -> tuple[SessionId, ...]:
    """All but so many of a person's sessions: the ones that were away longest, never the one that was just opened."""
    mine = select(sessions.c.id).where(sessions.c.user_id == user_id)
    newest = select(func.max(sessions.c.id)).where(sessions.c.user_id == user_id).scalar_subquery()
    # By its number, because a clock that was set back makes the newest look like the oldest.
    newest_first = mine.order_by((sessions.c.id == newest).desc(), sessions.c.last_seen_at.desc(), sessions.c.id.desc())
    return tuple(SessionId(session) for session in connection.execute(newest_first.offset(kept).limit(1000)).scalars())


def expired_sessions(connection: Connection, before: Milliseconds) -> tuple[SessionId, ...]:
    """Sessions that nobody has used since then, a thousand at a time."""
    found = connection.execute(select(sessions.c.id).where(sessions.c.last_seen_at < before).limit(1000))
    return tuple(SessionId(session) for session in found.scalars())


def delete_session(connection: Connection, user_id: UserId, session_id: SessionId) -> bool:
    """End one of a person's sessions; False where they have none of this id."""
    which = (sessions.c.id == session_id) & (sessions.c.user_id == user_id)
    return connection.execute(delete(sessions).where(which)).rowcount == 1


def delete_sessions(connection: Connection, session_ids: Iterable[SessionId]) -> None:
    """End these."""
    rows = [{"session": session_id} for session_id in session_ids]
    if rows:
        connection.execute(delete(sessions).where(sessions.c.id == bindparam("session")), rows)


def touch_sessions(connection: Connection, session_ids: Iterable[SessionId], now: Milliseconds) -> None:
    """Note that these were in use just now."""
    rows = [{"session": session_id, "now": now} for session_id in session_ids]
    if rows:
        connection.execute(_touch, rows)
