"""The audit log: who did what to whom. Every service that keeps the house notes it here; nobody edits it."""

from typing import Any

from server_app.context import Context
from server_app.storage import audit
from shared.requests import FetchAudit
from shared.types import AuditAction, ChannelId, UserId


def note(
    context: Context,
    action: AuditAction,
    *,
    user_id: UserId | None = None,
    channel_id: ChannelId | None = None,
    detail: str = "",
) -> None:
    """Write down what the asking person does, in the transaction in which it is done."""
    audit.add_entry(
        context.connection,
        at=context.house.now(),
        action=action,
        actor_id=context.user_id,
        user_id=user_id,
        channel_id=channel_id,
        detail=detail,
    )


def fetch_audit(context: Context, request: FetchAudit, _value: None) -> Any:
    """To be written."""
    raise NotImplementedError
