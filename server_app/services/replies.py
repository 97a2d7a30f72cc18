"""Answers to what was said: reading the originals, and whether one can be answered."""

from server_app.context import Context
from server_app.storage import messages
from server_app.storage.replies import Original
from shared.errors import NotFound, Refusal
from shared.limits import MAX_PAGE
from shared.requests import FetchMessages, Originals

from .blocks import as_seen_by_me
from .fitting import FRAME_BUDGET, fit_page


def fetch_messages(context: Context, request: FetchMessages, _value: None) -> Originals:
    """Single messages, as far as they fit into one frame."""
    found = messages.some_messages(context.connection, request.channel_id, request.seqs)
    page, more = fit_page(as_seen_by_me(context, found), MAX_PAGE, FRAME_BUDGET)
    return Originals(messages=tuple(page), more=more)


def why_not_answered(original: Original | None) -> Refusal | None:
    """Why nobody can answer this message; None where everybody can who may write there."""
    if original is None:
        return NotFound("The message that you answer is not in this channel. Send yours without the quote.")
    if original.is_deleted:
        return NotFound("The message that you answer was deleted. Send yours without the quote.")
    return None
