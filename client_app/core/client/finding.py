"""Searching, as a part of the client."""

from pathlib import Path

from client_app.core.network.connection import Connection
from client_app.core.network.incoming import Incoming, Told
from client_app.core.search.recent import with_recent
from client_app.core.search.searching import Searching
from client_app.core.search.suggestions import suggestions
from client_app.core.signals import LoggedOut, Phase, SearchChanged, StatusChanged
from client_app.core.writing.composer import Completion

from .forwarding import Forwarding
from .loop import Wake


class Finding(Forwarding):
    """A client that can find what was said."""

    def __init__(
        self, folder: Path, wake: Wake | None = None, *, use_keyring: bool = True, cache: Path | None = None
    ) -> None:
        """See `Lifecycle`."""
        super().__init__(folder, wake, use_keyring=use_keyring, cache=cache)
        self.search = Searching(
            self._asks, lambda: self.phase is Phase.ONLINE, lambda: self._telling.emit(SearchChanged())
        )
        self.on(StatusChanged, self._search_follows)
        self.on(LoggedOut, lambda _: self._forget_searches())

    def suggest(self, typed: str, cursor: int) -> tuple[Completion, ...]:
        """How what is typed into the search field may go on."""
        people = [] if self.state is None else self.roster.people()
        places = [] if self.state is None else self.channels.joined() + self.channels.available()
        return suggestions(typed, cursor, people, places, self.settings.recent_searches)

    def remember_search(self) -> None:
        """What is looked for was meant: it is offered the next time."""
        recent = with_recent(self.settings.recent_searches, self.search.results.wish.query)
        self.save_settings(recent_searches=recent)

    def _forget_searches(self) -> None:
        """Whoever comes next is not to see what was looked for."""
        self.search.logged_out()
        self.save_settings(recent_searches=())

    def _search_follows(self, status: StatusChanged) -> None:
        if status.phase is Phase.ONLINE:
            self.search.came_online()
        elif status.phase is Phase.RECONNECTING:
            self.search.went_offline()

    def _take(self, item: tuple[Connection, Incoming]) -> None:
        super()._take(item)
        connection, incoming = item
        if connection is self._connection and isinstance(incoming, Told):
            self.search.heard(incoming.event)
