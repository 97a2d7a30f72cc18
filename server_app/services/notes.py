"""What one writes down about other people, for one's own eyes."""

from server_app.context import Context
from server_app.storage import accounts, notes
from shared.errors import NotFound
from shared.requests import Nothing, SetNote


def set_note(context: Context, request: SetNote, _value: None) -> Nothing:
    """Write it down in place of what stood there; the person cannot tell."""
    if accounts.user(context.connection, request.user_id) is None:
        raise NotFound("There is no such person.")
    notes.set_note(context.connection, context.me, request.user_id, request.text.strip())
    return Nothing()
