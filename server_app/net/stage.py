"""How far a connection has come, from its first byte to its last."""

import enum


class Stage(enum.Enum):
    """How far a connection has come; it only moves downwards."""

    GREETING = "greeting"
    """Where TLS is spoken: nothing was heard yet."""
    HANDSHAKE = "handshake"
    OPEN = "open"
    DISMISSED = "dismissed"
    """What is left is sent; what comes is thrown away."""
    CLOSED = "closed"


# Names of their own, because Python 3.11 takes its time to find the members of an enumeration.
GREETING, HANDSHAKE, OPEN, DISMISSED, CLOSED = Stage
