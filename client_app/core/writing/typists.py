"""Who is writing something at this moment, here and elsewhere: told every now and then, and over by itself."""

import time
from collections.abc import Callable, Container

from client_app.core.network.asks import Asker
from client_app.core.signals import Signal, TypingChanged
from shared.requests import Typing
from shared.types import ChannelId, UserId

TELL_EVERY = 2.0
"""Seconds between two times that the server is told."""
SHOWN_FOR = 6.0
"""Seconds after which whoever was not heard of again does not write any more."""


class Typists:
    """The others who write, by channel, and when I told that I do."""

    def __init__(
        self, asker: Asker, blocked: Callable[[], Container[UserId]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`blocked` is of whom I do not want to hear; `clock` counts seconds."""
        self._asker = asker
        self._blocked = blocked
        self._clock = clock
        self._told_at: dict[ChannelId, float] = {}
        self._ends: dict[ChannelId, dict[UserId, float]] = {}
        """When each is over, in the order in which they began."""
        self._planned: set[ChannelId] = set()
        """Where it will be looked who has ceased to write."""
        self._emit: Callable[[Signal], None] = lambda _: None

    def typed(self, channel_id: ChannelId) -> None:
        """I write in a channel. Where the server does not want to hear it, nobody needs to know."""
        now = self._clock()
        if now - self._told_at.get(channel_id, now - TELL_EVERY) >= TELL_EVERY:
            self._told_at[channel_id] = now
            self._asker.ask(Typing(channel_id=channel_id), lambda _: None, lambda _: None)

    def of(self, channel_id: ChannelId) -> tuple[UserId, ...]:
        """Who else writes in a channel; whoever began first is first."""
        ends = self._ends.get(channel_id)
        if not ends:
            return ()
        blocked = self._blocked()
        return tuple(each for each in ends if each not in blocked)

    def heard(self, channel_id: ChannelId, user_id: UserId, emit: Callable[[Signal], None]) -> None:
        """Somebody writes."""
        self._emit = emit
        ends = self._ends.setdefault(channel_id, {})
        is_new = user_id not in ends
        ends[user_id] = self._clock() + SHOWN_FOR
        if channel_id not in self._planned:
            self._plan(channel_id, SHOWN_FOR)
        if is_new:
            emit(TypingChanged(channel_id))

    def said(self, channel_id: ChannelId, user_id: UserId) -> None:
        """Somebody has said what they wrote."""
        if self._ends.get(channel_id, {}).pop(user_id, None) is not None:
            self._emit(TypingChanged(channel_id))

    def dropped(self) -> None:
        """The connection is gone: nothing is known of anybody."""
        channel_ids = [channel_id for channel_id, ends in self._ends.items() if ends]
        self._ends.clear()
        self._planned.clear()
        for channel_id in channel_ids:
            self._emit(TypingChanged(channel_id))

    def _plan(self, channel_id: ChannelId, seconds: float) -> None:
        """One look for all who write in a channel, when the next of them may be over."""
        self._planned.add(channel_id)
        self._asker.after(seconds, lambda: self._look(channel_id))

    def _look(self, channel_id: ChannelId) -> None:
        """Leave out who has ceased to write."""
        if channel_id not in self._planned:
            return
        self._planned.discard(channel_id)
        now, ends = self._clock(), self._ends.get(channel_id, {})
        over = [user_id for user_id, end in ends.items() if end <= now]
        for user_id in over:
            del ends[user_id]
        if ends:
            self._plan(channel_id, min(ends.values()) - now)
        if over:
            self._emit(TypingChanged(channel_id))
