"""The line above what is new: drawn when a channel is opened, there until it is left or all is marked as read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from client_app.core.store import Unsent
from client_app.core.world.state import State
from shared.types import ChannelId, Milliseconds, Seq

from .timelines import Timelines


@dataclass(frozen=True, slots=True)
class New:
    """What was new in a channel when its line was drawn."""

    first_seq: Seq
    """The message below the line."""
    count: int
    since: Milliseconds | None
    """When the first of it was said; None where that message is not loaded."""


class NewLine:
    """Where the line stands in each channel."""

    def __init__(
        self, state: Callable[[], State], timelines: Timelines, unsent: Callable[[ChannelId], Sequence[Unsent]]
    ) -> None:
        self._state = state
        self._timelines = timelines
        self._unsent = unsent
        self._last_seqs: dict[ChannelId, Seq] = {}
        """The newest message when the line was drawn."""

    def begin(self, channel_id: ChannelId) -> Seq:
        """A channel is opened: above which message its line is to be drawn; 0 for no line."""
        state = self._state()
        first = state.read_seq(channel_id) + 1 if state.unread(channel_id) else 0
        self._last_seqs[channel_id] = state.channels[channel_id].last_seq if first else 0
        return first

    def came_back(self, channel_id: ChannelId) -> None:
        """Somebody is back before a channel that was open all the time: what was said meanwhile is new."""
        if channel_id in self._state().channels and self._state().unread(channel_id):
            self.draw(channel_id)

    def draw(self, channel_id: ChannelId) -> None:
        """Draw the line anew, or take it away, because something was marked as read or unread."""
        first, timeline = self.begin(channel_id), self._timelines.of(channel_id)
        self._timelines.changed(channel_id, timeline.set_unread_from(first, self._unsent(channel_id)))

    def of(self, channel_id: ChannelId) -> New | None:
        """What was new; None where there is no line."""
        timeline = self._timelines.of(channel_id)
        first = timeline.unread_from
        count = self._last_seqs.get(channel_id, 0) - first + 1
        if not first or count < 1:
            return None
        said = timeline.message(first)
        return New(first, count, None if said is None else said.created_at)
