"""The errors that may happen on the wire, and the codes by which a peer tells them apart.

HearthError
├── Refusal          an answer to a request: a code, a sentence for the person, and perhaps when to try again
│   ├── BadRequest       what was asked cannot be understood or is out of bounds
│   ├── Unauthorized     name, password or token do not open anything
│   ├── Forbidden        the person may not do this
│   ├── NotFound         there is no such thing, or none that this person may know of
│   ├── Conflict         somebody or something has that name already
│   ├── RateLimited      too much at once; `retry_after` says when
│   └── Unavailable      the server cannot do it now
└── ProtocolViolation    the peer's bytes make no sense; the connection ends after this is told
"""

import enum
from typing import ClassVar


class Code(enum.Enum):
    """What a `refused` reply says to a program; its `message` says it to a person."""

    BAD_REQUEST = "bad_request"
    """What was asked cannot be understood or is out of bounds."""
    UNKNOWN_TYPE = "unknown_type"
    """The server is older than this type of request."""
    UNAUTHORIZED = "unauthorized"
    """Name, password or token do not open anything."""
    LOGIN_REQUIRED = "login_required"
    """This is for those who have logged in."""
    APPROVAL_PENDING = "approval_pending"
    """The account is made, and waits until somebody lets it in."""
    BANNED = "banned"
    """This person, or this address, is kept out."""
    FORBIDDEN = "forbidden"
    """The person may not do this."""
    NOT_FOUND = "not_found"
    """There is no such thing, or none that this person may know of."""
    CONFLICT = "conflict"
    """Somebody or something has that name already."""
    RATE_LIMITED = "rate_limited"
    """Too much at once; `retry_after` says when."""
    UNAVAILABLE = "unavailable"
    """The server cannot do it now."""
    INTERNAL = "internal"
    """The server failed at it and has logged why."""
    BAD_FRAME = "bad_frame"
    """The bytes make no sense; the connection ends."""
    SLOW_CONSUMER = "slow_consumer"
    """What was told was not read in time; the connection ends, and coming back makes sense."""
    IDLE = "idle"
    """Nothing was heard for too long; the connection ends."""
    TOO_MANY_CONNECTIONS = "too_many_connections"
    """There are too many, from this address or altogether; the connection ends."""


class HearthError(Exception):
    """Everything that Hearth raises on purpose."""


class Refusal(HearthError):
    """A request that is answered with `refused`. `str()` is the sentence for the person."""

    default_code: ClassVar[Code] = Code.BAD_REQUEST

    def __init__(self, message: str, *, code: Code | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.retry_after = retry_after
        """Seconds after which the same request may succeed; None where waiting does not help."""


class BadRequest(Refusal):
    """What was asked cannot be understood or is out of bounds."""


class Unauthorized(Refusal):
    """Name, password or token do not open anything."""

    default_code = Code.UNAUTHORIZED


class Forbidden(Refusal):
    """The person may not do this."""

    default_code = Code.FORBIDDEN


class NotFound(Refusal):
    """There is no such thing, or none that this person may know of: the two look the same from outside."""

    default_code = Code.NOT_FOUND


class Conflict(Refusal):
    """Somebody or something has that name already."""

    default_code = Code.CONFLICT


class RateLimited(Refusal):
    """Too much at once."""

    default_code = Code.RATE_LIMITED


class Unavailable(Refusal):
    """The server cannot do it now."""

    default_code = Code.UNAVAILABLE


class ProtocolViolation(HearthError):
    """The peer's bytes make no sense; `str()` is what it is told before the connection ends."""

    def __init__(self, message: str, *, code: Code = Code.BAD_FRAME) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
