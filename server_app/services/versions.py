"""What edited messages said before, for those whom it concerns."""

from server_app.context import Context
from server_app.permissions import require
from server_app.storage import versions
from shared.errors import NotFound
from shared.requests import FetchVersions, Versions
from shared.types import Permission

from .changes import DELETED, message_there
from .fitting import FRAME_BUDGET, fit_page


def fetch_versions(context: Context, request: FetchVersions, _value: None) -> Versions:
    """A page, the latest first, for the author and for whoever may delete the message; of a blocked person, too."""
    message = message_there(context, request.seq)
    if message.author_id != context.me:
        require(context.standing, Permission.DELETE_MESSAGES, context.channel)
    if message.is_deleted:
        raise NotFound(DELETED)
    found = versions.page(context.connection, message.channel_id, message.seq, request.before_number, request.limit + 1)
    page, more = fit_page(found, request.limit, FRAME_BUDGET)
    return Versions(versions=tuple(page), more=more)
