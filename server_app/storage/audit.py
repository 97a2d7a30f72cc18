"""Queries about the audit log, which is only added to."""

from sqlalchemy import Connection, insert

from shared.types import AuditAction, ChannelId, Milliseconds, UserId

from .tables import audit


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
