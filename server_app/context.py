"""What a service function is given besides the request: the database, who asks, and a way to tell the world."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from shared.events import AnyEvent
from shared.types import Milliseconds, SessionId, UserId

from .audiences import Audience, Fact
from .clock import Clock
from .directory import Directory
from .passwords import PasswordHasher
from .settings import Settings


@dataclass(frozen=True, slots=True)
class House:
    """What all requests share."""

    settings: Settings
    hasher: PasswordHasher
    clock: Clock
    online_ids: Callable[[], tuple[UserId, ...]]
    directory: Directory

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
    facts: list[Fact] = field(default_factory=list)

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

    def emit(self, event: AnyEvent, audience: Audience) -> None:
        """Tell this once what was written is on disk; in WRITER steps only."""
        self.facts.append((event, audience))
