"""What one writes down about other people."""

from shared.types import NoteText, UserId

from .asking import Nothing, Request


class SetNote(Request[Nothing], frozen=True, kw_only=True):
    """Write down something about a person, for one’s own eyes; empty to forget it. `fetch_profile` gives it."""

    user_id: UserId
    text: NoteText
