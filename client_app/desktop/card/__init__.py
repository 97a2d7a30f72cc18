"""The card of a person: who they are, and all that one may do with or to them."""

from .offers import Deeds
from .widget import PersonCard

__all__ = ["Deeds", "PersonCard"]
