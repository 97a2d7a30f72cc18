"""A message as another one quotes it, which answers it."""

import enum
from dataclasses import dataclass

from shared.types import Seq, UserId

MOST_QUOTED = 300
"""Characters of a first line: more than the widest window shows."""


class QuoteState(enum.Enum):
    """What is known of an original."""

    SHOWN = "shown"
    LOADING = "loading"
    """It is not here yet."""
    DELETED = "deleted"
    BLOCKED = "blocked"
    """Said by somebody whom I blocked."""
    MISSING = "missing"
    """The server has no such message."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The message that another one answers, as it is drawn above that."""

    seq: Seq
    state: QuoteState
    author_id: UserId | None = None
    author: str = ""
    text: str = ""
    """The first line of what it says."""
    is_action: bool = False


def first_line(text: str) -> str:
    """The beginning of a message, as a quote has room for it."""
    return text.strip().partition("\n")[0][:MOST_QUOTED]
