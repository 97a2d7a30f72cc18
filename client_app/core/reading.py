"""How far one has read, on its way to the server: told again where it asked to wait, and after a drop."""

from collections.abc import Callable

from shared.errors import Refusal
from shared.requests import MarkRead
from shared.types import ChannelId, Seq

from .asks import Asker
from .state import State


class Reading:
    """Tells what was read here. The server never takes it back, so telling it twice does no harm."""

    def __init__(self, asker: Asker, read: Callable[[ChannelId], Seq]) -> None:
        """`read` is how far one has read a channel by now."""
        self._asker = asker
        self._read = read
        self._waiting: set[ChannelId] = set()
        """Those of which the server wants to hear later."""

    def tell(self, channel_id: ChannelId) -> None:
        """Tell how far one has read a channel."""
        if channel_id in self._waiting:
            return
        request = MarkRead(channel_id=channel_id, seq=self._read(channel_id))
        self._asker.ask(request, lambda _: None, lambda refusal: self._refused(channel_id, refusal))

    def dropped(self) -> None:
        """The connection is gone; what it did not carry is told once it is back."""
        self._waiting.clear()

    def _refused(self, channel_id: ChannelId, refusal: Refusal) -> None:
        if refusal.retry_after is not None and channel_id not in self._waiting:
            self._waiting.add(channel_id)
            self._asker.after(refusal.retry_after, lambda: self._tell_again(channel_id))

    def _tell_again(self, channel_id: ChannelId) -> None:
        if channel_id in self._waiting:
            self._waiting.remove(channel_id)
            self.tell(channel_id)


def read_ahead(before: State, state: State) -> dict[ChannelId, Seq]:
    """What was read here and the server does not know, by channel: a drop came first, or there was no connection.

    What the server does not have any more, because it was restored from a backup, does not count.
    """
    return {
        channel_id: seq
        for channel_id, seq in before.read.items()
        if channel_id in state.channels and state.read.get(channel_id, 0) < seq <= state.channels[channel_id].last_seq
        if channel_id in before.channels
        and before.channels[channel_id].created_at == state.channels[channel_id].created_at
    }
