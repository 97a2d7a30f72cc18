"""What one may type to find messages, when a word is the same word, and which letters of a message are meant.

Both ends use it: the server finds with it, the client completes what is typed and marks what changed since.
"""

from .folding import fold, index_words
from .matching import Mark, Matcher
from .query import FILTERS, HAS, Day, Filter, Has, Needle, Query, parse

__all__ = [
    "FILTERS",
    "HAS",
    "Day",
    "Filter",
    "Has",
    "Mark",
    "Matcher",
    "Needle",
    "Query",
    "fold",
    "index_words",
    "parse",
]
