"""Pictures of people and of the house, and its own emoji: which there are, and how somebody changes them."""

from .pictures import Pictures

__all__ = ["Pictures"]
