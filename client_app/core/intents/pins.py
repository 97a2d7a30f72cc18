"""Pins: messages that everybody in a channel shall find again."""

from collections.abc import Callable

from shared.requests import ListPins, SetPin
from shared.requests import Pins as Page
from shared.types import ChannelId, Milliseconds, Seq

from .house import House, Refused


class Pins:
    """Every method returns at once; `then` gets the answer later. `PinsChanged` says when to ask again."""

    def __init__(self, house: House) -> None:
        self._house = house

    def set(self, channel_id: ChannelId, seq: Seq, *, is_on: bool) -> None:
        """Pin a message to its channel, or take the pin away; it shows when the server has it."""
        self._house.ask(SetPin(channel_id=channel_id, seq=seq, is_on=is_on), lambda _: None)

    def list(
        self,
        channel_id: ChannelId,
        before: Milliseconds | None,
        then: Callable[[Page], None],
        refused: Refused = None,
    ) -> None:
        """Ask for a page of what is pinned, the newest pin first; `before` is the moment of the last one known."""
        self._house.ask(ListPins(channel_id=channel_id, before=before), then, refused)
