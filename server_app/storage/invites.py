"""Queries about invite codes and about who came in with them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from shared.moderation import Invite
from shared.types import Milliseconds, RoleId, UserId

from .tables import invite_uses, invites, users

_columns = invites.c
_invite = select(invites)


def add_invite(connection: Connection, made: Invite) -> None:
    """Make an invite that nobody has used."""
    values = {
        "code": made.code,
        "role_id": made.role_id,
        "created_by": made.created_by,
        "created_at": made.created_at,
        "expires_at": made.expires_at,
        "max_uses": made.max_uses,
    }
    connection.execute(insert(invites).values(values))


def invite(connection: Connection, code: str) -> Invite | None:
    """The invite of this code, whatever became of it; without who used it."""
    row = connection.execute(_invite.where(_columns.code == code)).one_or_none()
    return _as_invite(row, ()) if row else None


def newest_invites(
    connection: Connection, maker: UserId | None, role_ids: Collection[RoleId], count: int
) -> tuple[Invite, ...]:
    """What this person made, and what anybody made for these roles: at most so many, newest first."""
    which = or_(_columns.created_by == maker, _columns.role_id.in_(role_ids))
    rows = connection.execute(_invite.where(which).order_by(_columns.id.desc()).limit(count)).all()
    used_by = _used_by(connection, [row.id for row in rows])
    return tuple(_as_invite(row, used_by[row.id]) for row in rows)


def number_of_open_invites(connection: Connection, maker: UserId | None, now: Milliseconds) -> int:
    """How many invites of this person can still be used."""
    which = (_columns.created_by == maker) & is_open(now)
    return connection.execute(select(func.count()).select_from(invites).where(which)).scalar_one()


def is_open(now: Milliseconds) -> ColumnElement[bool]:
    """Whether an invite is neither revoked nor over nor used up."""
    lasts = or_(_columns.expires_at.is_(None), _columns.expires_at > now)
    has_uses = or_(_columns.max_uses.is_(None), _columns.uses < _columns.max_uses)
    return ~_columns.is_revoked & lasts & has_uses


def use_invite(connection: Connection, code: str, user_id: UserId, now: Milliseconds) -> bool:
    """Count that this person came with this code; False where it is not open any more."""
    counted = update(invites).where((_columns.code == code) & is_open(now)).values(uses=_columns.uses + 1)
    invite_id = connection.execute(counted.returning(_columns.id)).scalar_one_or_none()
    if invite_id is None:
        return False
    connection.execute(insert(invite_uses).values(invite_id=invite_id, user_id=user_id, used_at=now))
    return True


def revoke_invite(connection: Connection, code: str) -> bool:
    """Let a code be used no more; False where it was revoked before."""
    which = (_columns.code == code) & ~_columns.is_revoked
    return connection.execute(update(invites).where(which).values(is_revoked=True)).rowcount == 1


def forget_use(connection: Connection, user_id: UserId) -> None:
    """Forget that this person came with an invite; it stays used."""
    connection.execute(delete(invite_uses).where(invite_uses.c.user_id == user_id))


def _used_by(connection: Connection, invite_ids: Sequence[int]) -> defaultdict[int, list[UserId]]:
    """Who came in by each of these; whoever still waits for approval is known to nobody."""
    found = connection.execute(
        select(invite_uses.c.invite_id, invite_uses.c.user_id)
        .join(users, users.c.id == invite_uses.c.user_id)
        .where(invite_uses.c.invite_id.in_(invite_ids) & ~users.c.is_pending)
        .order_by(invite_uses.c.user_id)
    )
    used_by: defaultdict[int, list[UserId]] = defaultdict(list)
    for invite_id, user_id in found:
        used_by[invite_id].append(user_id)
    return used_by


def _as_invite(row: Any, used_by: Sequence[UserId]) -> Invite:
    return Invite(
        code=row.code,
        role_id=row.role_id,
        created_by=row.created_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        max_uses=row.max_uses,
        uses=row.uses,
        used_by=tuple(used_by),
        is_revoked=row.is_revoked,
    )
