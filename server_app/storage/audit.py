"""Queries about the audit log, which is only added to."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, or_, select

from shared.entities import Channel
from shared.moderation import AuditEntry
from shared.types import AuditAction, AuditId, ChannelId, ChannelKind, Milliseconds, UserId

from .channels import overrides_from
from .tables import audit, channels, memberships

_ACTIONS = {action.value: action for action in AuditAction}


class Sight(NamedTuple):
    """What somebody may read of the log: what they did, what concerns no channel, and what concerns one of these."""

    user_id: UserId | None
    channel_ids: tuple[ChannelId, ...]


class Wanted(NamedTuple):
    """A word that entries have in them, or in the names of these people and channels."""

    word: str
    user_ids: tuple[UserId, ...]
    channel_ids: tuple[ChannelId, ...]


def add_entry(
    connection: Connection,
    *,
    at: Milliseconds,
    action: AuditAction,
    actor_id: UserId | None,
    user_id: UserId | None = None,
    channel_id: ChannelId | None = None,
    detail: str = "",
) -> None:
    """Note that somebody did something; `actor_id` None stands for the server's command line."""
    values = {"at": at, "action": action.value, "actor_id": actor_id, "user_id": user_id, "channel_id": channel_id}
    connection.execute(insert(audit).values(**values, detail=detail))


def page(
    connection: Connection, sight: Sight | None, wanted: Sequence[Wanted], before_id: AuditId | None, count: int
) -> list[AuditEntry]:
    """At most so many, newest first, that have all these words in them; `sight` None for all."""
    query = select(audit).where(audit.c.action.in_(_ACTIONS)).order_by(audit.c.id.desc()).limit(count)
    if sight is not None:
        mine = audit.c.actor_id == sight.user_id
        query = query.where(or_(audit.c.channel_id.is_(None), audit.c.channel_id.in_(sight.channel_ids), mine))
    if before_id is not None:
        query = query.where(audit.c.id < before_id)
    return [_as_entry(row) for row in connection.execute(query.where(and_(True, *map(_has, wanted))))]


def channels_for(connection: Connection, user_id: UserId | None) -> tuple[Channel, ...]:
    """What the log can tell of, also deleted channels, with nobody but this person as a member."""
    told = (memberships.c.user_id == user_id) & memberships.c.withheld_by.is_(None)
    mine = (memberships.c.channel_id == channels.c.id) & told
    query = select(channels, memberships.c.left).outerjoin(memberships, mine)
    rows = connection.execute(query.where(channels.c.kind != ChannelKind.DIRECT.value))
    return tuple(
        Channel(
            id=ChannelId(row.id),
            kind=ChannelKind(row.kind),
            name=row.name,
            topic="",
            created_by=row.created_by,
            created_at=row.created_at,
            last_seq=0,
            overrides=overrides_from(row.overrides),
            member_ids=(user_id,) if user_id is not None and row.left is False else (),
        )
        for row in rows
    )


def _has(wanted: Wanted) -> ColumnElement[bool]:
    return or_(
        # Letters beyond ASCII are found here as they were typed; in names, whatever their case.
        audit.c.detail.icontains(wanted.word, autoescape=True),
        audit.c.action.icontains(wanted.word, autoescape=True),
        audit.c.actor_id.in_(wanted.user_ids),
        audit.c.user_id.in_(wanted.user_ids),
        audit.c.channel_id.in_(wanted.channel_ids),
    )


def _as_entry(row: Row[*tuple[Any, ...]]) -> AuditEntry:
    return AuditEntry(
        id=AuditId(row.id),
        at=row.at,
        action=_ACTIONS[row.action],
        actor_id=row.actor_id,
        user_id=row.user_id,
        channel_id=row.channel_id,
        detail=row.detail,
    )
