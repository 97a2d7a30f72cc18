"""The timelines of all channels, and how pages come: newest first, older on scrolling, what a drop made us miss."""

from collections.abc import Callable, Sequence
from typing import Protocol

from shared.entities import Message
from shared.errors import Refusal
from shared.requests import FetchHistory
from shared.requests import History as Page
from shared.types import MAX_PAGE, ChannelId, Seq

from .outbox import Outbox
from .state import State
from .store import Unsent
from .timeline import Splice, Timeline

PAGE = 50
MOST_TO_CATCH_UP = 5 * MAX_PAGE
"""Messages missed beyond which the newest page is loaded instead; what lies between comes on scrolling up."""


class Asker(Protocol):
    """How pages are asked for."""

    def ask(self, request: FetchHistory, done: Callable[[Page], None], refused: Callable[[Refusal], None]) -> None:
        """Ask; one of the two is called later."""

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        """Call later."""


class History:
    """What is loaded of each channel of one account."""

    def __init__(
        self,
        asker: Asker,
        outbox: Outbox,
        state: Callable[[], State],
        changed: Callable[[ChannelId, tuple[Splice, ...]], None],
    ) -> None:
        self._asker = asker
        self._outbox = outbox
        self._state = state
        self._changed = changed
        self._timelines: dict[ChannelId, Timeline] = {}
        self._under_way: dict[ChannelId, FetchHistory] = {}

    def timeline(self, channel_id: ChannelId) -> Timeline:
        """The timeline of a channel; an empty one before its first page is there."""
        if (timeline := self._timelines.get(channel_id)) is None:
            state = self._state()
            channel = state.channels.get(channel_id)
            title = state.title(channel) if channel else ""
            timeline = Timeline(title, state.me.id, lambda user_id: self._state().name(user_id))
            self._timelines[channel_id] = timeline
        return timeline

    def open(self, channel_id: ChannelId) -> None:
        """Somebody looks at a channel: load what is not there, and draw the unread line."""
        timeline = self.timeline(channel_id)
        state = self._state()
        unread_from = state.read.get(channel_id, 0) + 1 if state.unread(channel_id) else 0
        if timeline.is_at_end:
            self._changed(channel_id, timeline.set_unread_from(unread_from, self._waiting(channel_id)))
            self._catch_up(channel_id)
        else:
            self.unsent_changed(channel_id)
            self._load_newest(channel_id, unread_from)

    def heard(self, message: Message) -> None:
        """Somebody said something just now."""
        timeline = self._timelines.get(message.channel_id)
        self._outbox.settle(message.client_id)
        if timeline is None or not timeline.is_at_end:
            return
        if message.seq > timeline.last_seq + 1:
            self._catch_up(message.channel_id)
        else:
            self._append(message.channel_id, timeline, [message])

    def changed(self, message: Message) -> None:
        """A message that was there already is another now."""
        if (timeline := self._timelines.get(message.channel_id)) is not None:
            self._changed(message.channel_id, timeline.change(message))

    def unsent_changed(self, channel_id: ChannelId) -> None:
        """What is on its way to a channel changed."""
        if (timeline := self._timelines.get(channel_id)) is not None:
            self._changed(channel_id, timeline.set_unsent(self._waiting(channel_id)))

    def resumed(self, open_channel_id: ChannelId | None) -> None:
        """A drop is over: what is looked at is brought up to date, and everything else when somebody looks at it."""
        self._timelines = {key: value for key, value in self._timelines.items() if key == open_channel_id}
        self._under_way.clear()
        for timeline in self._timelines.values():
            timeline.is_loading = False
        if open_channel_id is not None:
            timeline = self.timeline(open_channel_id)
            if timeline.is_at_end:
                self._catch_up(open_channel_id)
            elif not timeline.last_seq:
                self.open(open_channel_id)

    def rejoined(self, channel_id: ChannelId) -> None:
        """I hear a channel again: what was said meanwhile is missing."""
        if self.timeline(channel_id).is_at_end:
            self._catch_up(channel_id)

    def load_older(self, channel_id: ChannelId) -> None:
        """Load the page before the oldest message loaded. Harmless when there is none, or one is under way."""
        timeline = self.timeline(channel_id)
        if timeline.has_older and timeline.first_seq:
            request = FetchHistory(channel_id=channel_id, before_seq=timeline.first_seq, limit=PAGE)
            self._fetch(timeline, request, lambda page: self._changed(channel_id, timeline.prepend(page.messages)))

    def load_newer(self, channel_id: ChannelId) -> None:
        """Load the page after the newest message loaded, after a jump into the past. As harmless as `load_older`."""
        timeline = self.timeline(channel_id)
        if not timeline.is_at_end and timeline.last_seq:
            self._load_after(channel_id, timeline, PAGE)

    def jump_to(self, channel_id: ChannelId, seq: Seq) -> None:
        """Show the messages around this one, which may be far from what is loaded."""
        timeline = self.timeline(channel_id)
        if timeline.index_of(seq) is None:
            request = FetchHistory(channel_id=channel_id, around_seq=seq, limit=PAGE)
            self._fetch(timeline, request, lambda page: self._reset(channel_id, timeline, page.messages, 0), first=True)

    def jump_to_end(self, channel_id: ChannelId) -> None:
        """Show the newest messages."""
        if not self.timeline(channel_id).is_at_end:
            self._load_newest(channel_id, 0)

    def _load_newest(self, channel_id: ChannelId, unread_from: Seq) -> None:
        timeline = self.timeline(channel_id)
        request = FetchHistory(channel_id=channel_id, limit=PAGE)
        self._fetch(
            timeline, request, lambda page: self._reset(channel_id, timeline, page.messages, unread_from), first=True
        )

    def _catch_up(self, channel_id: ChannelId) -> None:
        """Load what was said since the newest message loaded, or the newest page where that is too much."""
        timeline = self.timeline(channel_id)
        missing = self._last_seq(channel_id) - timeline.last_seq
        if missing > MOST_TO_CATCH_UP:
            self._load_newest(channel_id, 0)
        elif missing > 0:
            self._load_after(channel_id, timeline, MAX_PAGE)

    def _load_after(self, channel_id: ChannelId, timeline: Timeline, limit: int) -> None:
        request = FetchHistory(channel_id=channel_id, after_seq=timeline.last_seq, limit=limit)

        def add(page: Page) -> None:
            was_at_end = timeline.is_at_end
            timeline.is_at_end = was_at_end or not page.more
            self._append(channel_id, timeline, page.messages)
            if timeline.is_at_end and page.messages:
                self._catch_up(channel_id)

        self._fetch(timeline, request, add)

    def _fetch(
        self, timeline: Timeline, request: FetchHistory, show: Callable[[Page], None], *, first: bool = False
    ) -> None:
        """One page at a time for each timeline; `first` is for one that makes any other needless.

        Where the server asks to wait, the same is asked again then; after a drop, whoever needs the page asks anew.
        """
        if timeline.is_loading and not first:
            return
        timeline.is_loading = True
        self._under_way[request.channel_id] = request

        def is_wanted() -> bool:
            is_current = self._timelines.get(request.channel_id) is timeline
            return is_current and self._under_way.get(request.channel_id) is request

        def done(page: Page) -> None:
            if is_wanted():
                timeline.is_loading = False
                for message in page.messages:
                    self._outbox.settle(message.client_id)
                show(page)

        def ask() -> None:
            if is_wanted():
                self._asker.ask(request, done, refused)

        def refused(refusal: Refusal) -> None:
            if is_wanted() and refusal.retry_after is not None:
                self._asker.after(refusal.retry_after, ask)
            elif is_wanted():
                timeline.is_loading = False

        ask()

    def _reset(self, channel_id: ChannelId, timeline: Timeline, messages: Sequence[Message], unread_from: Seq) -> None:
        newest = messages[-1].seq if messages else 0
        # A message that came while the page was under way is known by its number alone; it is fetched right after.
        is_at_end = newest >= self._last_seq(channel_id) or self._last_seq(channel_id) - newest <= PAGE
        waiting = self._outbox.waiting(channel_id, newest)
        splices = timeline.reset(messages, waiting, is_at_end=is_at_end, unread_from=unread_from)
        self._changed(channel_id, splices)
        if is_at_end:
            self._catch_up(channel_id)

    def _append(self, channel_id: ChannelId, timeline: Timeline, messages: Sequence[Message]) -> None:
        newest = max([timeline.last_seq, *(message.seq for message in messages)])
        self._changed(channel_id, timeline.append(messages, self._outbox.waiting(channel_id, newest)))

    def _waiting(self, channel_id: ChannelId) -> Sequence[Unsent]:
        return self._outbox.waiting(channel_id, self.timeline(channel_id).last_seq)

    def _last_seq(self, channel_id: ChannelId) -> Seq:
        channel = self._state().channels.get(channel_id)
        return channel.last_seq if channel else 0
