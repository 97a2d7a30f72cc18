"""What the network thread puts into the inbox: one frozen type per thing that can have happened."""

from dataclasses import dataclass
from typing import Any

from shared.answers import Refused
from shared.errors import Refusal
from shared.events import AnyEvent
from shared.requests import LoggedIn

from .dial import UntrustedCertificateError

Ticket = int
"""Whoever asks for something chooses one, and knows the answer by it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The session is open, for the first time or again."""

    logged_in: LoggedIn
    is_resumed: bool


@dataclass(frozen=True, slots=True)
class OpeningFailed:
    """No session came about, and this connection has ended."""

    reason: str
    refusal: Refusal | None = None
    """What the server said; None where none answered."""
    untrusted: UntrustedCertificateError | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """An open session lost its connection; it is being opened again in so many seconds."""

    reason: str
    retry_in: float


@dataclass(frozen=True, slots=True)
class Retrying:
    """Another attempt to come back is under way."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The server does not take this session any more; this connection has ended."""

    message: str


@dataclass(frozen=True, slots=True)
class Told:
    """The server told a fact."""

    event: AnyEvent


@dataclass(frozen=True, slots=True)
class Answered:
    """A request got its one answer; a `Refusal` also where the connection went away before it came."""

    ticket: Ticket
    result: Any


@dataclass(frozen=True, slots=True)
class Due:
    """The time asked for with `remind` has come."""

    ticket: Ticket


Incoming = Opened | OpeningFailed | Dropped | Retrying | Ended | Told | Answered | Due


def refusal_of(refused: Refused) -> Refusal:
    """A refusal from the wire as the error that it is."""
    return Refusal(refused.message, code=refused.code, retry_after=refused.retry_after)
