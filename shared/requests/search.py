"""Search: messages that have words in them, or were said by somebody, somewhere, some time."""

import enum
from typing import Annotated

from msgspec import Meta, Struct

from shared.entities import Message
from shared.limits import MAX_FRAME_BEFORE_LOGIN, MAX_INTEGER, MAX_PAGE, MAX_UTC_OFFSET
from shared.types import ChannelId

from .asking import Request

Cursor = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]


class SearchOrder(enum.Enum):
    """What comes first."""

    NEWEST = "newest"
    BEST = "best"
    """Of the newest that are found, those of which what is looked for is the most."""


class Hit(Struct, frozen=True):
    """A message that was found."""

    message: Message
    marks: tuple[tuple[int, int], ...]
    """What of its body was looked for: start and length, in code points; none within another. Empty where a filter
    alone found it, or the name of a file."""


class Found(Struct, frozen=True, omit_defaults=True):
    """What was found, in the order that was asked for."""

    hits: tuple[Hit, ...] = ()
    following: Cursor | None = None
    """What to give for the page that follows; None where nothing does."""
    is_partial: bool = False
    """Whether not all was looked through: a search takes only so long at a time."""
    is_prepared: bool = True
    """Whether the index is complete. Where it is not, the server is still reading what was said before."""
    sentence: str = ""
    """Why nothing can be found by these words; empty where something can."""


class Search(Request[Found], frozen=True, kw_only=True):
    """Look for messages in all channels that one may read.

    All words must be there, in any order: a word of three letters or more stands for all that begin with it, in quotes
    for itself, several in quotes for each other's neighbours. Filters are `from:`, `in:`, `before:`, `after:`, `on:`,
    `has:file`, `has:image`, `has:link`, `is:pinned` and `mentions:`.
    """

    query: Annotated[str, Meta(max_length=MAX_FRAME_BEFORE_LOGIN)]
    """At most 512 characters; whatever stands in them, nothing is a mistake."""
    channel_id: ChannelId | None = None
    """Only there."""
    order: SearchOrder = SearchOrder.NEWEST
    following: Cursor | None = None
    """The `following` of the page before; None for the first."""
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 25
    utc_offset: Annotated[int, Meta(ge=-MAX_UTC_OFFSET, le=MAX_UTC_OFFSET)] = 0
    """By how many minutes the clock of whoever asks is ahead of UTC: when a day begins."""
