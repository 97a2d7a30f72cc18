"""The timelines that are here, by channel, and how I look at them."""

from collections.abc import Callable, Collection, Iterator
from functools import partial

from client_app.core.world.state import State
from shared.entities import Message
from shared.types import ChannelId, Seq

from .quote import QuoteState
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
        self.original: Callable[[ChannelId, Seq], Message | QuoteState] = lambda *_: QuoteState.LOADING
        """What is known of a message that is answered in a channel and not loaded."""
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
            original = partial(self.original, channel_id)
            timeline = Timeline(title, state.me.id, lambda user_id: self._state().name(user_id), original)
            timeline.look(self._outlook(channel_id), ())
            self._timelines[channel_id] = timeline
        return timeline

    def get(self, channel_id: ChannelId) -> Timeline | None:
        """The timeline of a channel; None where nobody needed it yet."""
        return self._timelines.get(channel_id)

    def message(self, channel_id: ChannelId, seq: Seq) -> Message | None:
        """A message as it is now; None where it is not loaded."""
        timeline = self._timelines.get(channel_id)
        return timeline.message(seq) if timeline is not None else None

    def change(self, message: Message) -> None:
        """Show a message as it has become."""
        if (timeline := self._timelines.get(message.channel_id)) is not None:
            self.changed(message.channel_id, timeline.change(message))

    def quoted_changed(self, channel_id: ChannelId, seqs: Collection[Seq]) -> None:
        """Show these messages as they have become in what answers them."""
        if (timeline := self._timelines.get(channel_id)) is not None:
            self.changed(channel_id, tuple(splice for seq in sorted(seqs) for splice in timeline.quoted_changed(seq)))

    def outlook(self, channel_id: ChannelId) -> Outlook:
        """How I look at a channel at this moment."""
        return self._outlook(channel_id)

    def forget(self, channel_id: ChannelId) -> None:
        """The channel is not there for me any more."""
        self._timelines.pop(channel_id, None)
