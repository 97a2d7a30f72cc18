"""What a service function is given besides the request: the database, who asks, and a way to tell the world."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from shared.entities import Channel
from shared.events import AnyEvent
from shared.rights import Standing
from shared.types import Milliseconds, SessionId, UserId

from .audiences import Audience, Fact
from .clock import Clock
from .directory import Directory
from .file_store import FileStore
from .guard import Guard
from .last_seen import LastSeen
from .passwords import PasswordHasher
from .pictures import Looker
from .presence import Present
from .settings import Settings
from .standing import DOUBTS, KnownStandings
from .whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class House:
    """What all requests share."""

    settings: Settings
    hasher: PasswordHasher
    clock: Clock
    online_ids: Callable[[], tuple[UserId, ...]]
    directory: Directory
    guard: Guard
    files: FileStore
    connected_ids: Callable[[], Collection[UserId]] = tuple
    """Who has a device connected at this moment, whatever others see of them."""
    publish: Callable[[Sequence[Fact]], object] = lambda _facts: None
    """Tell what nobody stores, from a WORKER step; what is stored is told by `Context.emit`."""
    standings: KnownStandings = field(default_factory=KnownStandings)
    """Of those who write; the writer thread's."""
    whereabouts: Whereabouts = field(default_factory=Whereabouts)
    last_seen: LastSeen = field(default_factory=LastSeen)
    pictures: Looker = field(default_factory=Looker)
    """Looks at pictures, in a process of its own; whoever asks it waits, and so does so on threads that may."""
    present: Callable[[UserId], Present] = lambda _: Present()
    """Who is here and how they look, as a person sees it who has just come."""

    def now(self) -> Milliseconds:
        """The time of day, to be shown to people; what lasts is measured by `clock.steady`."""
        return self.clock.now()


@dataclass(slots=True)
class Context:
    """What one step of one request may use."""

    house: House
    user_id: UserId | None
    """Who asks; None before login."""
    session_id: SessionId | None
    database: Connection | None = None
    """A connection that may write in WRITER steps, one that can only read in WORKER steps, none elsewhere."""
    sign_in: Callable[[UserId, SessionId], None] | None = None
    """In INLINE steps: let the asking connection hear what this person may hear, once its request is answered."""
    address: str = ""
    """Where the request comes from; empty where the house itself does something."""
    facts: list[Fact] = field(default_factory=list)
    rest: Callable[[bool], None] | None = None
    """In INLINE steps: note that nobody touches the asking device, or somebody does again."""
    # What admission found out about a request whose route says what it needs:
    admitted: Standing | None = None
    place: Channel | None = None
    target: Standing | None = None

    @property
    def connection(self) -> Connection:
        """The database, in a step that has one."""
        assert self.database is not None, "only workers and the writer have the database"
        return self.database

    @property
    def me(self) -> UserId:
        """Who asks, in a route for people who are logged in."""
        assert self.user_id is not None, "the route does not say that one must be logged in"
        return self.user_id

    @property
    def standing(self) -> Standing:
        """What the asking person may do, in a route for people who are logged in."""
        assert self.admitted is not None, "the route does not say that one must be logged in"
        return self.admitted

    @property
    def channel(self) -> Channel:
        """The channel that the request names, in a route that says what it needs there."""
        assert self.place is not None, "the route says nothing, or the request names no channel"
        return self.place

    @property
    def other(self) -> Standing:
        """The person that the request names, in a route for those who outrank them."""
        assert self.target is not None, "the route does not say that one must outrank the person"
        return self.target

    def emit(self, event: AnyEvent, audience: Audience) -> None:
        """Tell this once what was written is on disk; in WRITER steps only."""
        self.facts.append((event, audience))
        if type(event) in DOUBTS:
            self.house.standings.doubt()
