"""Desktop notifications: whether one is due, what it says, and how it reaches the screen."""

from .delivery import Backend, Delivery
from .note import Note, note_of
from .rules import is_due

__all__ = ["Backend", "Delivery", "Note", "is_due", "note_of"]
