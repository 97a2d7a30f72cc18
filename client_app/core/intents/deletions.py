"""Deleting several messages: one request after the other, as fast as the server takes them."""

from collections import deque
from collections.abc import Callable, Sequence

from client_app.core.network.asks import Asker
from shared.errors import Refusal
from shared.requests import DeleteMessage
from shared.types import ChannelId, Seq


class Deletions:
    """What waits to be deleted. It ends with the connection; what was deleted by then is."""

    def __init__(self, asker: Asker, tell: Callable[[str], None]) -> None:
        """`tell` is told in a sentence what could not be deleted."""
        self._asker, self._tell = asker, tell
        self._waiting: deque[DeleteMessage] = deque()
        self._is_under_way = False

    def add(self, channel_id: ChannelId, seqs: Sequence[Seq]) -> None:
        """Delete these messages of a channel."""
        self._waiting.extend(DeleteMessage(channel_id=channel_id, seq=seq) for seq in seqs)
        if not self._is_under_way:
            self._next()

    def forget(self) -> None:
        """The connection is gone, and with it the question under way."""
        left, self._is_under_way = len(self._waiting), False
        self._waiting.clear()
        if left:
            self._tell(f"The connection broke. {_counted(left)} not deleted.")

    def _next(self) -> None:
        self._is_under_way = bool(self._waiting)
        if self._waiting:
            self._asker.ask(self._waiting[0], lambda _: self._done(), self._refused)

    def _done(self) -> None:
        if self._waiting:
            self._waiting.popleft()
        self._next()

    def _refused(self, refusal: Refusal) -> None:
        if refusal.retry_after is not None:
            self._asker.after(refusal.retry_after, self._next)
            return
        left, self._is_under_way = len(self._waiting), False
        self._waiting.clear()
        if left:
            self._tell(f"{refusal.message} {_counted(left)} not deleted.")


def _counted(number: int) -> str:
    return "1 message was" if number == 1 else f"{number} messages were"
