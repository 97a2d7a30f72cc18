"""What raw writers ask, the plan that they share, and the plain connection that they ask on."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.answers import Done, Refused
from shared.events import MessagePosted
from shared.requests import DeleteMessage, EditMessage, SendMessage
from shared.types import ChannelId
from tests.peer import Peer

from .ledger import Ledger

Asked = SendMessage | EditMessage | DeleteMessage


@dataclass(eq=False)
class Errand:
    """Something to be asked until it is answered."""

    request: Asked
    mark: str
    not_before: float = 0.0


class Wire(Peer):
    """A peer that takes what comes, in any order."""

    def take(self, seconds: float) -> tuple[list[Done | Refused], list[MessagePosted]]:
        """Wait at most so long for something; the replies and messages that came. Raises `HungUp` and `OSError`."""
        try:
            self._pump(time.monotonic() + seconds)
        except TimeoutError:
            return [], []
        return self.taken()

    def taken(self) -> tuple[list[Done | Refused], list[MessagePosted]]:
        """What came so far."""
        replies = list(self._replies.values())
        self._replies.clear()
        posted = [event for event in self._events if isinstance(event, MessagePosted)]
        self._events.clear()
        return replies, posted


@dataclass
class Plan:
    """What all writers share."""

    seed: int
    address: tuple[str, int]
    channel_ids: Sequence[ChannelId]
    pause: float
    """Seconds between two texts of one line, on average."""
    flood_pause: float
    """The same while much is said."""
    ledger: Ledger
    hush: threading.Event = field(default_factory=threading.Event)
    """Say nothing new; finish what is under way."""
    over: threading.Event = field(default_factory=threading.Event)
    flood_until: float = 0.0

    def flood(self, seconds: float) -> None:
        """Say much more than usual for so long. Any thread."""
        self.flood_until = time.monotonic() + seconds

    @property
    def is_flooding(self) -> bool:
        """Whether much is to be said now."""
        return time.monotonic() < self.flood_until and not self.hush.is_set()
