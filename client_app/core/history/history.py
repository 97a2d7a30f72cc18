"""The timelines of all channels: what is kept is shown at once, and the server is asked for the rest.

A timeline never shows two messages next to each other with a hole between. What lies in a gap comes on scrolling there.
"""

from collections.abc import Callable, Sequence

from client_app.core.network.asks import Asker
from client_app.core.store import Messages, Unsent
from client_app.core.timeline.new_line import NewLine
from client_app.core.timeline.timeline import Outlook, Splice, Timeline
from client_app.core.timeline.timelines import Timelines
from client_app.core.world.holding import Holding
from client_app.core.world.state import State
from client_app.core.writing.outbox import Outbox
from shared.entities import Message
from shared.limits import MAX_PAGE
from shared.requests import FetchHistory
from shared.requests import History as Page
from shared.types import ChannelId, Seq

from .changes import Changes
from .hidden import Hidden
from .pages import Pages
from .quotes import Quotes
from .reactions import Reactions

PAGE = 50
MOST_TO_CATCH_UP = 5 * MAX_PAGE
"""Messages missed beyond which the newest page is loaded instead; what lies between comes on scrolling up."""


class History:
    """What is loaded of each channel of one account."""

    def __init__(
        self,
        asker: Asker,
        outbox: Outbox,
        messages: Messages,
        state: Callable[[], State],
        changed: Callable[[ChannelId, tuple[Splice, ...]], None],
        *,
        outlook: Callable[[ChannelId], Outlook] = lambda _: Outlook(),
    ) -> None:
        self._outbox = outbox
        self._messages = messages
        self._state = state
        self._changed = changed
        self._timelines = Timelines(state, changed, outlook)
        self.quotes = Quotes(asker, messages, self._timelines.message, self._keep, self._timelines.quoted_changed)
        self._timelines.original = self.quotes.of
        self.hidden = Hidden(asker, self._timelines, messages, self._waiting, self.quotes)
        self.new_line = NewLine(state, self._timelines, self._waiting)
        self._holding = Holding(messages, state, self.hidden.is_redacted)
        self._pages = Pages(asker, self._take)
        self._changes = Changes(asker, messages, self._holding.last_rev, self._show_changed, self.drop)
        self.reactions = Reactions(self._changes, self._timelines, messages, (self._pages, self.quotes))
        self._looked_at: ChannelId | None = None
        self._compared: set[ChannelId] = set()
        """Where a page has come since the connection began, which went on from what was here."""

    def timeline(self, channel_id: ChannelId) -> Timeline:
        """The timeline of a channel; an empty one before its first page is there."""
        timeline = self._timelines.of(channel_id)
        timeline.is_loading = self._pages.is_under_way(channel_id)
        return timeline

    # --- what happens -------------------------------------------------------------------------------------------------

    def heard(self, message: Message, *, is_new: bool = True) -> None:
        """Somebody said something just now. One that is not new comes in a page, with what became of it since."""
        self._settled([message])
        if is_new:
            self._keep(message.channel_id, [message])
        timeline = self._timelines.get(message.channel_id)
        if timeline is None or not timeline.is_at_end:
            return
        if not is_new or message.seq > timeline.last_seq + 1:
            self._catch_up(message.channel_id)
        else:
            self._append(message.channel_id, timeline, [message])

    def changed(self, message: Message) -> None:
        """A message that was there already is another now."""
        self._changes.heard(message)

    def unsent_changed(self, channel_id: ChannelId) -> None:
        """What is on its way to a channel changed."""
        if (timeline := self._timelines.get(channel_id)) is not None:
            self._changed(channel_id, timeline.set_unsent(self._waiting(channel_id)))

    def dropped(self) -> None:
        """The connection is gone: what is kept can still be read."""
        self._compared.clear()
        for part in (self._pages, self._changes, self.quotes):
            part.set_online(False)

    def resumed(self, before: State) -> bool:
        """The session is open (again): what is looked at is brought up to date, all else when somebody looks at it.

        Only what changed is asked for in every channel, so that nothing deleted stays here. `before` is what was known;
        whether the server still knows all of it.
        """
        for part in (self._pages, self._changes, self.quotes):
            part.set_online(True)
        known = {*self._changes.channels, *self._timelines, *before.channels} & self._state().channels.keys()
        up_to = self._changes.up_to
        others = [each for each in known if self._holding.is_another(each, before, up_to(each))]
        for channel_id in others:
            self.drop(channel_id)
        if (looked_at := self._looked_at) is not None:
            self._changes.catch_up(looked_at)
            timeline = self.timeline(looked_at)
            if timeline.is_at_end:
                self._catch_up(looked_at)
            elif not timeline.last_seq and not timeline.is_loading:
                self.open(looked_at)
        for channel_id in self._changes.channels:
            self._changes.catch_up(channel_id)
        return not others

    def rejoined(self, channel_id: ChannelId) -> None:
        """I hear a channel again: what was said and done meanwhile is missing."""
        self._changes.catch_up(channel_id, first=True)
        if self.timeline(channel_id).is_at_end:
            self._catch_up(channel_id)

    @property
    def channels(self) -> set[ChannelId]:
        """Of which something is here."""
        return {*self._changes.channels, *self._timelines}

    def forget(self, channel_id: ChannelId) -> None:
        """The channel is not there for me any more: neither may be what is here of it."""
        self.drop(channel_id)
        self._timelines.forget(channel_id)
        if channel_id == self._looked_at:
            self._looked_at = None

    def drop(self, channel_id: ChannelId) -> None:
        """Forget what is here of a channel, and load its newest page where somebody looks at it."""
        self._holding.drop(channel_id)
        self.quotes.drop(channel_id)
        self._changes.forget(channel_id)
        self._pages.cancel(channel_id)
        if (timeline := self._timelines.get(channel_id)) is not None:
            waiting = self._outbox.waiting(channel_id, 0)
            self._changed(channel_id, timeline.reset((), waiting, is_at_end=False))
            if channel_id == self._looked_at:
                self._load_newest(channel_id, 0)

    # --- what somebody wants to see -----------------------------------------------------------------------------------

    def open(self, channel_id: ChannelId) -> None:
        """Somebody looks at a channel: load what is not there, and draw the unread line."""
        self._looked_at = channel_id
        timeline = self.timeline(channel_id)
        unread_from = self.new_line.begin(channel_id)
        if timeline.is_at_end:
            self._changed(channel_id, timeline.set_unread_from(unread_from, self._waiting(channel_id)))
            self._catch_up(channel_id)
        else:
            self.unsent_changed(channel_id)
            self._show_newest(channel_id, unread_from)
        self._changes.catch_up(channel_id, first=True)

    def load_older(self, channel_id: ChannelId) -> None:
        """Load the page before the oldest message loaded. Harmless when there is none, or one is under way."""
        timeline = self.timeline(channel_id)
        if not timeline.has_older or not timeline.first_seq:
            return
        if kept := self._settled(self._messages.before(channel_id, timeline.first_seq, PAGE)):
            self._changed(channel_id, timeline.prepend(kept))
        else:
            request = FetchHistory(channel_id=channel_id, before_seq=timeline.first_seq, limit=PAGE)
            self._load(request, lambda page: self._changed(channel_id, timeline.prepend(page.messages)))

    def load_newer(self, channel_id: ChannelId) -> None:
        """Load the page after the newest message loaded, after a jump into the past. As harmless as `load_older`."""
        timeline = self.timeline(channel_id)
        if timeline.is_at_end or not timeline.last_seq:
            return
        kept = self._settled(self._messages.after(channel_id, timeline.last_seq, PAGE))
        newest = kept[-1].seq if kept else timeline.last_seq
        if kept or not self._pages.is_online:
            timeline.is_at_end = self._is_end(channel_id, newest)
            self._append(channel_id, timeline, kept)
        else:
            self._load_after(channel_id, timeline, PAGE)

    def jump_to(self, channel_id: ChannelId, seq: Seq) -> None:
        """Show the messages around this one, which may be far from what is loaded."""
        if (timeline := self.timeline(channel_id)).index_of(seq) is not None:
            return
        self._pages.cancel(channel_id)
        if kept := self._settled(self._messages.before(channel_id, seq + 1, PAGE // 2)):
            newer = self._settled(self._messages.after(channel_id, seq, PAGE // 2))
            self._reset(channel_id, timeline, [*kept, *newer], timeline.unread_from)
        else:
            request = FetchHistory(channel_id=channel_id, around_seq=seq, limit=PAGE)
            self._load(request, lambda page: self._reset(channel_id, timeline, page.messages, timeline.unread_from))

    def jump_to_end(self, channel_id: ChannelId) -> None:
        """Show the newest messages."""
        if not self.timeline(channel_id).is_at_end:
            self._show_newest(channel_id, self.timeline(channel_id).unread_from)

    def _show_newest(self, channel_id: ChannelId, unread_from: Seq) -> None:
        """Show what is kept, and load what follows; where that is too much, or nothing is kept, the newest page."""
        kept = self._settled(self._messages.newest(channel_id, PAGE))
        newest = kept[-1].seq if kept else 0
        is_near = self._holding.last_seq(channel_id) - newest <= MOST_TO_CATCH_UP
        if kept and (is_near or not self._pages.is_online):
            self._pages.cancel(channel_id)
            timeline = self.timeline(channel_id)
            waiting = self._outbox.waiting(channel_id, newest)
            self._changed(channel_id, timeline.reset(kept, waiting, is_at_end=True, unread_from=unread_from))
            self._catch_up(channel_id)
        else:
            self._load_newest(channel_id, unread_from)

    def _load_newest(self, channel_id: ChannelId, unread_from: Seq) -> None:
        timeline = self.timeline(channel_id)
        self._pages.cancel(channel_id)
        request = FetchHistory(channel_id=channel_id, limit=PAGE)
        self._load(request, lambda page: self._reset(channel_id, timeline, page.messages, unread_from))

    def _catch_up(self, channel_id: ChannelId) -> None:
        """Load what was said since the newest message loaded, or the newest page where that is too much."""
        timeline = self.timeline(channel_id)
        missing = self._holding.last_seq(channel_id) - timeline.last_seq
        if missing > MOST_TO_CATCH_UP and self._pages.is_online:
            self._load_newest(channel_id, timeline.unread_from)
        elif missing > 0:
            self._load_after(channel_id, timeline, MAX_PAGE)

    def _load_after(self, channel_id: ChannelId, timeline: Timeline, limit: int) -> None:
        # Once after coming back the newest message is asked for as well, to see whether the server still has it so.
        after_seq = max(0, timeline.last_seq - (channel_id not in self._compared))
        request = FetchHistory(channel_id=channel_id, after_seq=after_seq, limit=limit)

        def add(page: Page) -> None:
            timeline.is_at_end = timeline.is_at_end or not page.more
            self._append(channel_id, timeline, page.messages)
            if timeline.is_at_end and page.messages:
                self._catch_up(channel_id)

        self._load(request, add)

    def _reset(self, channel_id: ChannelId, timeline: Timeline, messages: Sequence[Message], unread_from: Seq) -> None:
        newest = messages[-1].seq if messages else 0
        # A message that came while the page was under way is known by its number alone; it is fetched right after.
        is_at_end = self._is_end(channel_id, newest) or self._holding.last_seq(channel_id) - newest <= PAGE
        waiting = self._outbox.waiting(channel_id, newest)
        self._changed(channel_id, timeline.reset(messages, waiting, is_at_end=is_at_end, unread_from=unread_from))
        if is_at_end:
            self._catch_up(channel_id)

    def _append(self, channel_id: ChannelId, timeline: Timeline, messages: Sequence[Message]) -> None:
        newest = max([timeline.last_seq, *(message.seq for message in messages)])
        self._changed(channel_id, timeline.append(messages, self._outbox.waiting(channel_id, newest)))

    def _load(self, request: FetchHistory, show: Callable[[Page], None]) -> None:
        self._changes.known(request.channel_id)  # What is read from now on knows at least as much.
        self._pages.ask(request, show)

    # --- what is here -------------------------------------------------------------------------------------------------

    def _take(self, channel_id: ChannelId, messages: Sequence[Message]) -> bool:
        """A page came; whether it goes on from what is here."""
        self._settled(messages)
        if self._messages.contradicts(channel_id, messages):
            self.drop(channel_id)  # A backup was restored, and more was said since than we knew.
            return False
        self._compared.add(channel_id)
        self._keep(channel_id, messages)
        return True

    def _keep(self, channel_id: ChannelId, messages: Sequence[Message]) -> None:
        self._holding.keep(channel_id, messages, self._changes.known(channel_id))
        self.hidden.came(channel_id, messages)

    def _settled(self, messages: Sequence[Message]) -> Sequence[Message]:
        """These messages, of which none is on its way any more."""
        for message in messages:
            self._outbox.settle(message.client_id)
        self.quotes.prepare(messages)
        return messages

    def _show_changed(self, message: Message) -> None:
        self._pages.changed(message)
        self._timelines.change(message)
        self.quotes.changed(message)

    def _is_end(self, channel_id: ChannelId, seq: Seq) -> bool:
        return seq >= self._holding.last_to_show(channel_id, is_online=self._pages.is_online)

    def _waiting(self, channel_id: ChannelId) -> Sequence[Unsent]:
        return self._outbox.waiting(channel_id, self.timeline(channel_id).last_seq)
