"""A message as another one quotes it, which answers it."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from shared.entities import Attachment
from shared.types import Seq, UserId

from .file_words import files_words

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


def said(text: str, attachments: Sequence[Attachment]) -> str:
    """What a message says in one line: its first line, or else its files."""
    return first_line(text) or files_line(attachments)


def files_line(attachments: Sequence[Attachment]) -> str:
    """Files in one line: “📎 report.pdf”, “📎 3 files”; empty where there are none."""
    words = files_words(attachments)
    return f"📎 {words}" if words else ""


def first_line(text: str) -> str:
    """The beginning of a message, as a quote has room for it."""
    return text.strip().partition("\n")[0][:MOST_QUOTED]
