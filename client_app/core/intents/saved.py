"""Saved messages: what I want to find again, seen by nobody else."""

from collections.abc import Callable

from shared.requests import ListSaved, SavedMessages, SetSaved
from shared.types import ChannelId, Milliseconds, Seq

from .house import House, Refused


class Saved:
    """Every method returns at once; `then` gets the answer later. `SavedMessagesChanged` says when to ask again."""

    def __init__(self, house: House) -> None:
        self._house = house

    def set(self, channel_id: ChannelId, seq: Seq, *, is_on: bool, then: Callable[[], None] = lambda: None) -> None:
        """Save a message for myself, or do so no more."""
        self._house.ask(SetSaved(channel_id=channel_id, seq=seq, is_on=is_on), lambda _: then())

    def list(self, before: Milliseconds | None, then: Callable[[SavedMessages], None], refused: Refused = None) -> None:
        """Ask for a page of what I saved, the newest first; `before` is the moment of the last one known."""
        self._house.ask(ListSaved(before=before), then, refused)
