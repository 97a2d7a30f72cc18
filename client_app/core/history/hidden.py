"""Messages of people whom I blocked: shown one by one, and filled in where I block them no more."""

from collections.abc import Callable, Sequence

from client_app.core.network.asks import Asker, ask_patiently
from client_app.core.store import Messages, Unsent
from client_app.core.timeline.timelines import Timelines
from shared.entities import Message
from shared.errors import Refusal
from shared.limits import MAX_PAGE
from shared.requests import FetchHistory, Revealed, RevealMessage
from shared.requests import History as Page
from shared.types import GENERAL, ChannelId, Seq

from .quotes import Quotes


class Hidden:
    """What the server keeps back of the timelines that are here."""

    def __init__(
        self,
        asker: Asker,
        timelines: Timelines,
        messages: Messages,
        waiting: Callable[[ChannelId], Sequence[Unsent]],
        quotes: Quotes,
    ) -> None:
        """`messages` are those on disk, `waiting` what is still to be sent to a channel."""
        self._asker = asker
        self._timelines = timelines
        self._messages = messages
        self._waiting = waiting
        self._quotes = quotes

    def is_redacted(self, message: Message) -> bool:
        """Whether a message came without its text, and need not be hidden."""
        return message.is_hidden and self._timelines.outlook(message.channel_id).blocked.isdisjoint(message.speakers)

    def look_again(self) -> None:
        """I see and may do something else now: whom I block, or my rights, changed."""
        for channel_id in self._timelines:
            outlook = self._timelines.outlook(channel_id)
            splices = self._timelines.of(channel_id).look(outlook, self._waiting(channel_id))
            self._timelines.changed(channel_id, splices)

    def hear_again(self) -> None:
        """I block fewer people: what was kept or shown without its text is had anew."""
        self.look_again()
        self._messages.drop_redacted(self._timelines.outlook(GENERAL).blocked)
        self._quotes.hear_again(self.is_redacted)
        for channel_id in self._timelines:
            self._fill_in(channel_id, None)

    def came(self, channel_id: ChannelId, messages: Sequence[Message]) -> None:
        """Messages came. Those that were on their way when a block ended are had anew, once they are shown."""
        if any(self.is_redacted(message) for message in messages):
            self._asker.after(0.0, lambda: self._fill_in(channel_id, None))

    def reveal(self, channel_id: ChannelId, seq: Seq, refused: Callable[[Refusal], None]) -> None:
        """Show one message as it really is."""
        timeline = self._timelines.get(channel_id)
        if timeline is None:
            return

        def show(found: Revealed) -> None:
            self._quotes.prepare([found.message])
            self._timelines.changed(channel_id, timeline.reveal(found.message))

        self._asker.ask(RevealMessage(channel_id=channel_id, seq=seq), show, refused)

    def hide(self, channel_id: ChannelId, seq: Seq) -> None:
        """Hide it again."""
        if (timeline := self._timelines.get(channel_id)) is not None:
            self._timelines.changed(channel_id, timeline.hide(seq))

    def _fill_in(self, channel_id: ChannelId, before_seq: Seq | None) -> None:
        """From the newest one up, page by page; each place is looked at once, so that it ends in any case."""
        timeline = self._timelines.get(channel_id)
        newest = timeline.newest_redacted(before_seq) if timeline is not None else 0
        if timeline is None or not newest:
            return

        def fill(page: Page) -> None:
            self._quotes.prepare(page.messages)
            self._timelines.changed(channel_id, timeline.fill_in(page.messages))
            if page.messages:
                self._fill_in(channel_id, page.messages[0].seq)

        request = FetchHistory(channel_id=channel_id, before_seq=newest + 1, limit=MAX_PAGE)
        ask_patiently(self._asker, request, lambda: self._timelines.get(channel_id) is timeline, fill, lambda: None)
