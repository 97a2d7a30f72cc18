"""The audit log: who did what to whom. Every service that keeps the house notes it here; nobody edits it."""

from server_app.context import Context
from server_app.storage import accounts, audit
from shared.entities import Channel
from shared.requests import AuditPage, FetchAudit
from shared.rights import may
from shared.types import AuditAction, ChannelId, Permission, UserId

from .fitting import FRAME_BUDGET, fit_page


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


def fetch_audit(context: Context, request: FetchAudit, _value: None) -> AuditPage:
    """A page, newest first, cut short where it would not fit into one frame.

    What was done in a channel that whoever reads may not see is left out, unless they did it themselves: nobody
    learns of a private channel by its log. The server's command line shows all.
    """
    in_sight = tuple(each for each in audit.channels_for(context.connection, context.user_id) if _sees(context, each))
    sight = audit.Sight(context.user_id, tuple(each.id for each in in_sight))
    return audit_page(context, request, sight, in_sight)


def audit_page(
    context: Context, request: FetchAudit, sight: audit.Sight | None, named: tuple[Channel, ...]
) -> AuditPage:
    """A page of what is in sight; None for all. Words are looked for in the names of these channels, too."""
    people = accounts.all_users(context.connection) if request.text.strip() else ()
    wanted = tuple(
        audit.Wanted(
            word,
            tuple(each.id for each in people if word.casefold() in each.name.casefold()),
            tuple(each.id for each in named if word.casefold() in each.name.casefold()),
        )
        for word in request.text.split()
    )
    found = audit.page(context.connection, sight, wanted, request.before_id, request.limit + 1)
    page, more = fit_page(found, request.limit, FRAME_BUDGET)
    return AuditPage(entries=tuple(page), more=more)


def _sees(context: Context, channel: Channel) -> bool:
    return may(context.standing, Permission.VIEW_CHANNELS, channel)
