"""How a server answers one request, and all that it may send: answers and facts."""

from typing import Union

from msgspec import Raw, Struct

from .errors import Code
from .events import AnyEvent
from .types import RequestId, wire_name


class Reply(Struct, frozen=True, tag=wire_name, tag_field="type"):
    """The answer to one request."""


class Done(Reply, frozen=True):
    """The request was carried out; what it changed is on disk."""

    id: RequestId
    result: Raw
    """JSON of the request's result type."""


class Refused(Reply, frozen=True):
    """The request was not carried out and changed nothing."""

    id: RequestId | None
    """None where the server could not tell which request it was; the connection ends after such a one."""
    code: Code
    message: str
    """A sentence for the person."""
    retry_after: float | None = None
    """Seconds after which the same request may succeed."""


FromServer = Union[Done, Refused, AnyEvent]
