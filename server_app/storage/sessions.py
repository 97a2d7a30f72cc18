"""Queries about the devices that can come back without the password."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from shared.entities import Session
from shared.types import Milliseconds, SessionId, UserId

from .prepared import Prepared
from .tables import sessions

_by_token = Prepared(
    select(sessions.c.user_id, sessions.c.id).where(
        sessions.c.token_hash == bindparam("token_hash"), sessions.c.last_seen_at >= bindparam("since")
    )
)
_by_id = Prepared(select(sessions.c.id).where(sessions.c.id == bindparam("session")))
_touch = update(sessions).where(sessions.c.id == bindparam("session")).values(last_seen_at=bindparam("now"))


def add_session(connection: Connection, user_id: UserId, token_hash: str, device: str, now: Milliseconds) -> SessionId:
    """Open a session."""
    values = {"user_id": user_id, "token_hash": token_hash, "device": device, "created_at": now, "last_seen_at": now}
    return SessionId(connection.execute(insert(sessions).values(values).returning(sessions.c.id)).scalar_one())


def session_by_token(connection: Connection, token_hash: str, since: Milliseconds) -> tuple[UserId, SessionId] | None:
    """Whose session a token opens, if it was seen since then."""
    rows = _by_token.rows(connection, {"token_hash": token_hash, "since": since})
    return (UserId(rows[0][0]), SessionId(rows[0][1])) if rows else None


def session_exists(connection: Connection, session_id: SessionId) -> bool:
    """Whether the session has not ended."""
    return bool(_by_id.rows(connection, {"session": session_id}))


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
