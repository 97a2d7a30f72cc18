"""Desktop notifications: whether one is due and what it says; `delivery`, loaded late, brings it to the screen."""

from .backend import Backend
from .note import Note, note_of
from .rules import Wishes, is_due

__all__ = ["Backend", "Note", "Wishes", "is_due", "note_of"]
