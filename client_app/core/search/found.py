"""What a search is about, and what came of it."""

import enum
from dataclasses import dataclass

from shared.entities import Message
from shared.requests import SearchOrder
from shared.types import ChannelId


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for."""

    query: str = ""
    channel_id: ChannelId | None = None
    """Only there; None for everywhere."""
    order: SearchOrder = SearchOrder.NEWEST


class Progress(enum.Enum):
    """How far a search has come."""

    IDLE = "idle"
    """Nothing is looked for."""
    SEARCHING = "searching"
    """The first answer is on its way."""
    DONE = "done"
    MORE = "more"
    """The next page is on its way."""
    FAILED = "failed"
    """There was no answer, for the reason in `sentence`."""
    OFFLINE = "offline"
    """There is no connection; it is asked as soon as there is one."""


@dataclass(frozen=True, slots=True)
class Results:
    """All that is known of the answer."""

    wish: Wish = Wish()
    progress: Progress = Progress.IDLE
    messages: tuple[Message, ...] = ()
    """In the order that was asked for, as they are now."""
    following: int | None = None
    """Where the server goes on; None where nothing follows."""
    is_partial: bool = False
    """Whether the server has not looked through all of it."""
    is_prepared: bool = True
    """Whether the server has read all that was said before."""
    sentence: str = ""
    """Why nothing can be found, or was answered; empty otherwise."""

    @property
    def count(self) -> str:
        """How many there are, as one says it: `3`, or `25+` where there are more."""
        return f"{len(self.messages)}+" if self.following is not None else str(len(self.messages))
