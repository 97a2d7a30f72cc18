"""The timelines that are here, by channel, and how I look at them."""

from collections.abc import Callable, Iterator

from shared.types import ChannelId

from .state import State
from .timeline import Outlook, Splice, Timeline


class Timelines:
    """Makes the timeline of a channel when it is first needed, and tells what changed in it."""

    def __init__(
        self,
        state: Callable[[], State],
        changed: Callable[[ChannelId, tuple[Splice, ...]], None],
        outlook: Callable[[ChannelId], Outlook],
    ) -> None:
        """`outlook` says whose messages are hidden in a channel at this moment, and what I may do there."""
        self._state = state
        self._outlook = outlook
        self._timelines: dict[ChannelId, Timeline] = {}
        self.changed = changed

    def __iter__(self) -> Iterator[ChannelId]:
        return iter(tuple(self._timelines))

    def of(self, channel_id: ChannelId) -> Timeline:
        """The timeline of a channel; an empty one before its first page is there."""
        if (timeline := self._timelines.get(channel_id)) is None:
            state = self._state()
            channel = state.channels.get(channel_id)
            title = state.title(channel) if channel else ""
            timeline = Timeline(title, state.me.id, lambda user_id: self._state().name(user_id))
            timeline.look(self._outlook(channel_id), ())
            self._timelines[channel_id] = timeline
        return timeline

    def get(self, channel_id: ChannelId) -> Timeline | None:
        """The timeline of a channel; None where nobody needed it yet."""
        return self._timelines.get(channel_id)

    def outlook(self, channel_id: ChannelId) -> Outlook:
        """How I look at a channel at this moment."""
        return self._outlook(channel_id)

    def forget(self, channel_id: ChannelId) -> None:
        """The channel is not there for me any more."""
        self._timelines.pop(channel_id, None)
