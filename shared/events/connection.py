"""What is told of the connection itself: that it is about to end, and why."""

from .event import Event


class SessionEnded(Event, frozen=True):
    """This session is over, for the reason that is given. The connection ends; the token is void."""

    message: str


class ServerStopping(Event, frozen=True):
    """The server is about to stop and will close the connection."""

    retry_after: float
    """Seconds after which coming back makes sense."""
