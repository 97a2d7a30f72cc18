"""What becomes of messages that were said already: edited, deleted, and read again by whoever was away."""

from typing import Any

from msgspec.structs import replace

from server_app.audiences import ToChannel
from server_app.context import Context
from server_app.permissions import require
from server_app.storage import messages, versions
from server_app.storage.search.changes import note_changes
from shared.entities import Message
from shared.errors import BadRequest, Forbidden, NotFound
from shared.events import MessageChanged
from shared.requests import Changes, DeleteMessage, EditMessage, FetchChanges, Nothing
from shared.types import AuditAction, MessageKind, Permission, Seq

from .attachments import drop
from .audit import note
from .blocks import as_seen_by_me
from .fitting import FRAME_BUDGET, fit_page
from .mentions import find_mentions, tell_changed_mentions
from .wording import require_clean

DELETED = "This message was deleted."
NOTHING_LEFT: dict[str, Any] = {
    "body": "",
    "edited_at": None,
    "is_deleted": True,
    "reply_to": None,
    "forwarded_from": None,
    "mentions": (),
    "reactions": (),
    "pinned_at": None,
    "attachments": (),
}
"""What a deleted message is."""
_FOUND_BY = frozenset({"body", "mentions", "attachments", "pinned_at", "is_deleted"})
"""What of a message a search finds it by."""


def edit_message(context: Context, request: EditMessage, _value: None) -> Nothing:
    """Write a message anew. A deletion that came first has won."""
    message = message_there(context, request.seq)
    if message.author_id != context.me:
        raise Forbidden("This is not your message.")
    if message.is_deleted:
        raise NotFound(DELETED)
    if not (request.body or message.attachments):
        raise BadRequest("A message needs words or a file. Delete it where nothing is left to say.")
    _require_sayable(context, message, request.body)
    if request.body != message.body:
        where = (context.standing, context.channel.id)
        found = find_mentions(context, *where, request.body) if "@" in request.body else ()
        versions.add_version(context.connection, message)
        # What names nobody in the text, because it answers them, stays.
        mentions = (*(each for each in message.mentions if not each.length), *found)
        change(context, message, body=request.body, edited_at=context.house.now(), mentions=mentions)
    return Nothing()


def delete_message(context: Context, request: DeleteMessage, _value: None) -> Nothing:
    """Take a message back; harmless where it is deleted. To delete another's goes into the audit log."""
    channel, message = context.channel, message_there(context, request.seq)
    is_mine = message.author_id == context.me
    if not is_mine:
        require(context.standing, Permission.DELETE_MESSAGES, channel)
    if not message.is_deleted:
        change(context, message, **NOTHING_LEFT)
        versions.remove_versions(context.connection, [message])
        if message.attachments:
            drop(context, [message])
        if not is_mine:
            detail = f"message {message.seq}"
            note(
                context,
                AuditAction.MESSAGE_DELETED,
                user_id=message.author_id,
                channel_id=channel.id,
                detail=detail,
            )
    return Nothing()


def fetch_changes(context: Context, request: FetchChanges, _value: None) -> Changes:
    """A page of changed messages, cut short where it would not fit into one frame: then there are more."""
    found = messages.page_changed(context.connection, request.channel_id, request.after_rev, request.limit + 1)
    page, more = fit_page(as_seen_by_me(context, found), request.limit, FRAME_BUDGET)
    return Changes(messages=tuple(page), more=more)


def _require_sayable(context: Context, message: Message, body: str) -> None:
    """Raises where this may not be said now, although something else was."""
    require_clean(context, context.channel.kind, body)
    if message.kind is MessageKind.ANNOUNCEMENT:
        require(context.standing, Permission.ANNOUNCE)


def message_there(context: Context, seq: Seq) -> Message:
    """The message of the request's channel with this number, which may be deleted. Raises `NotFound`."""
    message = messages.message(context.connection, context.channel.id, seq)
    if message is None:
        raise NotFound("There is no such message.")
    return message


def change(context: Context, message: Message, **changes: Any) -> None:
    """Store what a message of the request's channel becomes, as the channel's next revision, and tell of it."""
    if not _FOUND_BY.isdisjoint(changes):
        note_changes(context.connection, [message.id])
    changed = replace(message, rev=context.channel.last_rev + 1, **changes)
    messages.change_message(context.connection, changed)
    if "mentions" in changes and (message.mentions or changed.mentions):
        tell_changed_mentions(context, message, changed)
    context.emit(MessageChanged(message=changed), ToChannel(changed.channel_id))
