"""What became of messages that were there already: heard as it happens, and asked for after one was away."""

from collections import deque
from collections.abc import Callable, Sequence

from client_app.core.network.asks import Asker, ask_patiently
from client_app.core.store import Messages
from shared.entities import Message
from shared.limits import MAX_PAGE
from shared.requests import Changes as Page
from shared.requests import FetchChanges
from shared.types import ChannelId, Rev

MOST_TO_CATCH_UP = 500
"""Changes missed beyond which what is here of a channel is forgotten, because loading its newest page is less."""


class Changes:
    """Up to which revision each channel is known here, on disk and in the timelines, and how the rest comes.

    A channel of which nothing is here is known to no revision. From the first message on it is known up to the one that
    the server had told of before that message was asked for or said, and every message here shows each change up to it.
    """

    def __init__(
        self,
        asker: Asker,
        messages: Messages,
        last_rev: Callable[[ChannelId], Rev],
        show: Callable[[Message], None],
        drop: Callable[[ChannelId], None],
    ) -> None:
        """`show` shows a message as it is now; `drop` forgets a channel of which too much is missing."""
        self._asker = asker
        self._messages = messages
        self._last_rev = last_rev
        self._show = show
        self._drop = drop
        self._known: dict[ChannelId, Rev] = {channel_id: mark.rev for channel_id, mark in messages.marks().items()}
        self._waiting: deque[ChannelId] = deque()
        self._is_online = False
        self._under_way: FetchChanges | None = None

    @property
    def channels(self) -> list[ChannelId]:
        """The channels of which something is here."""
        return list(self._known)

    def known(self, channel_id: ChannelId) -> Rev:
        """Up to which revision a channel is known; from now on it is, where it was not yet."""
        return self._known.setdefault(channel_id, self._last_rev(channel_id))

    def up_to(self, channel_id: ChannelId) -> Rev:
        """Up to which revision a channel is known; 0 where nothing of it is here."""
        return self._known.get(channel_id, 0)

    def forget(self, channel_id: ChannelId) -> None:
        """Nothing of this channel is here any more."""
        self._known.pop(channel_id, None)

    def set_online(self, is_online: bool) -> None:
        """The session is open (again), or its connection is gone."""
        self._is_online = is_online
        self._waiting.clear()
        self._under_way = None

    def heard(self, message: Message) -> None:
        """A message was edited or deleted just now."""
        known = self._known.get(message.channel_id)
        if known is None:
            return
        is_next = message.rev == known + 1
        self._take(message.channel_id, [message], message.rev if is_next else known)
        if message.rev > known + 1:
            self.catch_up(message.channel_id)

    def passed(self, channel_id: ChannelId, rev: Rev) -> None:
        """A message that is not here changed just now, to the revision that comes next."""
        self._take(channel_id, (), rev)

    def catch_up(self, channel_id: ChannelId, *, first: bool = False) -> None:
        """Ask for what is missing, one channel after the other; `first` for one that somebody looks at."""
        is_asked = self._under_way is not None and self._under_way.channel_id == channel_id
        if is_asked or not self._is_missing(channel_id) or not self._is_online:
            return  # What is asked for already looks again when it comes.
        if self._last_rev(channel_id) - self._known[channel_id] > MOST_TO_CATCH_UP:
            self._drop(channel_id)
            return
        if channel_id in self._waiting:
            self._waiting.remove(channel_id)
        if first:
            self._waiting.appendleft(channel_id)
        else:
            self._waiting.append(channel_id)
        self._ask_next()

    def _is_missing(self, channel_id: ChannelId) -> bool:
        known = self._known.get(channel_id)
        return known is not None and known < self._last_rev(channel_id)

    def _ask_next(self) -> None:
        while self._under_way is None and self._waiting:
            channel_id = self._waiting.popleft()
            if self._is_missing(channel_id):
                request = FetchChanges(channel_id=channel_id, after_rev=self._known[channel_id], limit=MAX_PAGE)
                self._under_way = request
                self._ask(request, self._last_rev(channel_id))

    def _ask(self, request: FetchChanges, last_rev: Rev) -> None:
        """Ask for a page; the server has told of `last_rev` already."""

        def done(page: Page) -> None:
            self._under_way = None
            rev = page.messages[-1].rev if page.messages else 0
            rev = rev if rev > request.after_rev else last_rev
            if request.channel_id in self._known:
                self._take(request.channel_id, page.messages, max(rev, self._known[request.channel_id]))
            self.catch_up(request.channel_id, first=True)
            self._ask_next()

        def refused() -> None:
            self._under_way = None
            self._ask_next()

        ask_patiently(self._asker, request, lambda: self._under_way is request, done, refused)

    def _take(self, channel_id: ChannelId, messages: Sequence[Message], rev: Rev) -> None:
        self._known[channel_id] = rev
        self._messages.change(channel_id, messages, rev)
        for message in messages:
            self._show(message)
