"""Signals on their way to whoever asked for them: gathered during a turn, told at its end, always in order."""

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any, TypeVar

from client_app.core.signals import (
    AdministrationChanged,
    ChannelsChanged,
    MentionsChanged,
    RosterChanged,
    SearchChanged,
    Signal,
    TimelineChanged,
)
from client_app.core.timeline.timeline import Splice
from shared.types import ChannelId

S = TypeVar("S")

TOLD_ONCE = (ChannelsChanged, RosterChanged, AdministrationChanged, MentionsChanged, SearchChanged)
"""What says only that something is otherwise."""


class Telling:
    """The handlers of each type of signal, and the signals that wait: each kind of change once, splices together.

    A handler may cause further signals, and ask for them to be told: they come after those that wait already, because
    splices of rows mean nothing in another order. A signal at which a handler failed is not told again; the rest is.
    """

    def __init__(self) -> None:
        self._handlers: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)
        self._signals: list[Signal] = []
        self._splices: dict[ChannelId, list[Splice]] = {}
        self._queue: deque[Signal] = deque()
        self._is_telling = False

    def on(self, signal_type: type[S], handler: Callable[[S], None]) -> None:
        """Call this with every signal of this type."""
        self._handlers[signal_type].append(handler)

    def emit(self, signal: Signal) -> None:
        """Tell this at the end of the turn."""
        is_told_once = isinstance(signal, TOLD_ONCE)
        if not is_told_once or signal not in self._signals:
            self._signals.append(signal)

    def timeline_changed(self, channel_id: ChannelId, splices: tuple[Splice, ...]) -> None:
        """Tell of these changed rows at the end of the turn."""
        if splices:
            self._splices.setdefault(channel_id, []).extend(splices)

    def forget_rows(self, channel_id: ChannelId) -> None:
        """Whoever draws a channel draws all of it anew: the changes of its rows that wait are in there already."""
        self._splices.pop(channel_id, None)
        waiting = [each for each in self._queue if not _is_about_rows(each, channel_id)]
        self._queue.clear()
        self._queue.extend(waiting)

    def tell(self) -> None:
        """Call the handlers of everything that waits. Within a handler it returns at once: the turn is not over."""
        if self._is_telling:
            return
        self._is_telling = True
        try:
            while self._gather():
                signal = self._queue.popleft()
                for handler in tuple(self._handlers[type(signal)]):
                    handler(signal)
        finally:
            self._is_telling = False

    def _gather(self) -> bool:
        """Queue what was emitted: rows first, because whoever hears of the rest may look at them; whether any waits."""
        if not self._queue:
            splices, self._splices = self._splices, {}
            signals, self._signals = self._signals, []
            self._queue.extend(TimelineChanged(channel_id, tuple(changes)) for channel_id, changes in splices.items())
            self._queue.extend(signals)
        return bool(self._queue)


def _is_about_rows(signal: Signal, channel_id: ChannelId) -> bool:
    return isinstance(signal, TimelineChanged) and signal.channel_id == channel_id
