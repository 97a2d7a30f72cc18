"""Pages of messages on their way from the server: at most one upwards and one downwards for each channel."""

from collections.abc import Callable

from client_app.core.network.asks import Asker, ask_patiently
from shared.entities import Message
from shared.requests import FetchHistory
from shared.requests import History as Page
from shared.types import ChannelId, Seq


class Pages:
    """What is asked for. A page read before a message changed may come after that was told: the change wins."""

    def __init__(self, asker: Asker, take: Callable[[ChannelId, tuple[Message, ...]], bool]) -> None:
        """`take` gets every page before it is shown; whether it is to be."""
        self._asker = asker
        self._take = take
        self._is_online = False
        self._under_way: dict[tuple[ChannelId, bool], FetchHistory] = {}
        """By channel, and whether it goes upwards."""
        self._changed: dict[ChannelId, dict[Seq, Message]] = {}
        """What changed in a channel while a page of it was under way."""

    @property
    def is_online(self) -> bool:
        """Whether anything can be asked for at the moment."""
        return self._is_online

    def set_online(self, is_online: bool) -> None:
        """The session is open (again), or its connection is gone. Whoever needs a page asks anew."""
        self._is_online = is_online
        self._under_way.clear()
        self._changed.clear()

    def is_under_way(self, channel_id: ChannelId) -> bool:
        """Whether a page of this channel is on its way."""
        return (channel_id, True) in self._under_way or (channel_id, False) in self._under_way

    def cancel(self, channel_id: ChannelId) -> None:
        """What is on its way is not wanted any more."""
        for is_older in (True, False):
            self._under_way.pop((channel_id, is_older), None)
        self._changed.pop(channel_id, None)

    def changed(self, message: Message) -> None:
        """A message is another now."""
        if self.is_under_way(message.channel_id):
            changed = self._changed.setdefault(message.channel_id, {})
            if message.seq not in changed or changed[message.seq].rev < message.rev:
                changed[message.seq] = message

    def ask(self, request: FetchHistory, show: Callable[[Page], None]) -> None:
        """Ask for a page, unless one in this direction is on its way. Harmless without a connection.

        Where the server asks to wait, the same is asked again then; after a drop, whoever needs the page asks anew.
        """
        key = (request.channel_id, request.before_seq is not None)
        if not self._is_online or key in self._under_way:
            return
        self._under_way[key] = request

        def done(page: Page) -> None:
            changed = self._changed.get(request.channel_id, {})
            messages = tuple(_newer(message, changed.get(message.seq)) for message in page.messages)
            del self._under_way[key]
            if not self.is_under_way(request.channel_id):
                self._changed.pop(request.channel_id, None)
            if self._take(request.channel_id, messages):
                show(Page(messages=messages, more=page.more))

        def refused() -> None:
            del self._under_way[key]

        ask_patiently(self._asker, request, lambda: self._under_way.get(key) is request, done, refused)


def _newer(message: Message, changed: Message | None) -> Message:
    return changed if changed is not None and changed.rev > message.rev else message
