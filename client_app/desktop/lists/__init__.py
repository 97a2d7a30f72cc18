"""The list of the left and of the right pane: thousands of rows on one canvas, of which only what is in view exists."""

from .rows import EntryRow, HeaderRow, ItemRow, ListRow, Tone
from .widget import VirtualList

__all__ = ["EntryRow", "HeaderRow", "ItemRow", "ListRow", "Tone", "VirtualList"]
