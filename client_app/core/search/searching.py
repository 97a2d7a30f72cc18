"""One search at a time: asked, gone on with, and kept in step with what becomes of the messages that it found."""

from collections.abc import Callable
from dataclasses import replace

from client_app.core.network.asks import Asker
from client_app.core.world.clock import utc_offset
from shared.entities import Message
from shared.errors import Refusal
from shared.events import AnyEvent, BlocksChanged, ChannelRemoved, MessageChanged
from shared.requests import Found, Search
from shared.types import ChannelId, MessageId

from .found import Progress, Results, Wish

FEW = 10
"""Where no more than this was found, the search goes on by itself as long as there is more to look through."""


class Searching:
    """Every method returns at once; `SearchChanged` says when `results` are others."""

    def __init__(self, asker: Asker, is_online: Callable[[], bool], changed: Callable[[], None]) -> None:
        self._asker = asker
        self._is_online = is_online
        self._tell = changed
        self._number = 0
        """Of the search in hand: answers to an earlier one come too late."""
        self.results = Results()

    def search(self, wish: Wish) -> None:
        """Look for this from now on; for nothing where nothing is typed."""
        self._number += 1
        if not wish.query.strip():
            self._set(Results(wish))
        elif not self._is_online():
            self._set(Results(wish, Progress.OFFLINE))
        else:
            # What was found before stays until there is an answer, so that nothing flickers while one types.
            self._set(replace(self.results, wish=wish, progress=Progress.SEARCHING, following=None, sentence=""))
            self._ask(None)

    def more(self) -> None:
        """Ask for the page that follows, if one does and none is on its way."""
        if self.results.progress is Progress.DONE and self.results.following is not None and self._is_online():
            self._set(replace(self.results, progress=Progress.MORE))
            self._ask(self.results.following)

    # --- what happens meanwhile ---------------------------------------------------------------------------------------

    def came_online(self) -> None:
        """The connection is there (again): what changed meanwhile is not known, so all of it is asked anew."""
        self.search(self.results.wish)

    def went_offline(self) -> None:
        """The connection is gone, and with it what was under way."""
        self._number += 1
        if self.results.progress in (Progress.SEARCHING, Progress.MORE):
            is_first = self.results.progress is Progress.SEARCHING
            self._set(replace(self.results, progress=Progress.OFFLINE if is_first else Progress.DONE))

    def logged_out(self) -> None:
        """Nothing of it stays."""
        self._number += 1
        self._set(Results())

    def heard(self, event: AnyEvent) -> None:
        """Follow what becomes of what was found."""
        match event:
            case MessageChanged(message=message):
                self._changed(message)
            case ChannelRemoved(channel_id=channel_id):
                self._lost(channel_id)
            case BlocksChanged():
                # Whose words are found, and whose are not.
                self.search(self.results.wish)

    def _changed(self, message: Message) -> None:
        known = next((each for each in self.results.messages if each.id == message.id), None)
        if known is None or known.rev >= message.rev:
            return
        is_gone = message.is_deleted or message.is_hidden
        kept = [message if each.id == message.id else each for each in self.results.messages]
        self._set(replace(self.results, messages=tuple(each for each in kept if not is_gone or each.id != message.id)))

    def _lost(self, channel_id: ChannelId) -> None:
        if self.results.wish.channel_id == channel_id:
            self.search(replace(self.results.wish, channel_id=None))
        kept = tuple(each for each in self.results.messages if each.channel_id != channel_id)
        if kept != self.results.messages:
            self._set(replace(self.results, messages=kept))

    # --- asking -------------------------------------------------------------------------------------------------------

    def _ask(self, following: int | None) -> None:
        number, wish = self._number, self.results.wish

        def done(found: Found) -> None:
            if number == self._number:
                self._take(found, is_first=following is None)

        def refused(refusal: Refusal) -> None:
            if number != self._number:
                return
            if refusal.retry_after is not None:
                self._asker.after(refusal.retry_after, again)
            else:
                self._set(replace(self.results, progress=Progress.FAILED, messages=(), sentence=refusal.message))

        def again() -> None:
            if number == self._number:
                self._ask(following)

        request = Search(
            query=wish.query,
            channel_id=wish.channel_id,
            order=wish.order,
            following=following,
            utc_offset=utc_offset(),
        )
        self._asker.ask(request, done, refused)

    def _take(self, found: Found, *, is_first: bool) -> None:
        before = () if is_first else self.results.messages
        known: set[MessageId] = {each.id for each in before}
        new = (hit.message for hit in found.hits if hit.message.id not in known)
        self._set(
            replace(
                self.results,
                progress=Progress.DONE,
                messages=(*before, *new),
                following=found.following,
                is_partial=found.is_partial,
                is_prepared=found.is_prepared,
                sentence=found.sentence,
            )
        )

        if found.is_partial and len(self.results.messages) < FEW:
            # Whoever looks at so little would have to ask for more at once.
            self.more()

    def _set(self, results: Results) -> None:
        if results != self.results:
            self.results = results
            self._tell()
