"""The pane in which one searches: a field, what it is about, and what was found."""

from .pane import SearchPane

__all__ = ["SearchPane"]
