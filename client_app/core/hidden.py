"""Messages of people whom I blocked: shown one by one, and filled in where I block them no more."""

from collections.abc import Callable, Mapping

from shared.errors import Refusal
from shared.requests import FetchHistory, RevealMessage
from shared.requests import History as Page
from shared.types import MAX_PAGE, ChannelId, Seq

from .asks import Asker, ask_patiently
from .timeline import Splice, Timeline


class Hidden:
    """What the server keeps back of the timelines that are here."""

    def __init__(
        self,
        asker: Asker,
        timelines: Mapping[ChannelId, Timeline],
        changed: Callable[[ChannelId, tuple[Splice, ...]], None],
    ) -> None:
        self._asker = asker
        self._timelines = timelines
        self._changed = changed

    def reveal(self, channel_id: ChannelId, seq: Seq, refused: Callable[[Refusal], None]) -> None:
        """Show one message as it really is."""
        timeline = self._timelines.get(channel_id)
        if timeline is None:
            return
        request = RevealMessage(channel_id=channel_id, seq=seq)
        self._asker.ask(request, lambda found: self._changed(channel_id, timeline.reveal(found.message)), refused)

    def hide(self, channel_id: ChannelId, seq: Seq) -> None:
        """Hide it again."""
        if (timeline := self._timelines.get(channel_id)) is not None:
            self._changed(channel_id, timeline.hide(seq))

    def fill_in(self) -> None:
        """Ask for the texts of all messages that came without one, and need not be hidden any more."""
        for channel_id in self._timelines:
            self._fill_in(channel_id, None)

    def fill_in_soon(self, channel_id: ChannelId) -> None:
        """Likewise in one channel, once what has come is shown."""
        self._asker.after(0.0, lambda: self._fill_in(channel_id, None))

    def _fill_in(self, channel_id: ChannelId, before_seq: Seq | None) -> None:
        """From the newest one up, page by page; each place is looked at once, so that it ends in any case."""
        timeline = self._timelines.get(channel_id)
        newest = timeline.newest_redacted(before_seq) if timeline is not None else 0
        if timeline is None or not newest:
            return

        def fill(page: Page) -> None:
            self._changed(channel_id, timeline.fill_in(page.messages))
            if page.messages:
                self._fill_in(channel_id, page.messages[0].seq)

        request = FetchHistory(channel_id=channel_id, before_seq=newest + 1, limit=MAX_PAGE)
        ask_patiently(self._asker, request, lambda: self._timelines.get(channel_id) is timeline, fill, lambda: None)
