"""What the hub knows of I/O threads and their connections, and what it hands over to them."""

import threading
from dataclasses import dataclass, field
from typing import Protocol


class Carrier(Protocol):
    """An I/O thread, as seen by those who have something for its connections."""

    def hand_over(self, handover: "Handover") -> None:
        """Take it and return at once. Any thread; in the order of the calls."""


class Receiver(Protocol):
    """A connection. The hub only tells one from another; the rest is for its carrier."""

    @property
    def carrier(self) -> Carrier:
        """The I/O thread that owns it."""

    def deliver(self, data: bytes) -> None:
        """Send it news; on its carrier's thread."""

    def dismiss(self) -> None:
        """Send what is to be sent, and close; on its carrier's thread."""


class Returning(Protocol):
    """A request on its way back to the connection that asked it."""

    @property
    def carrier(self) -> Carrier:
        """The I/O thread of that connection."""

    def come_home(self) -> None:
        """Go on, on the carrier's thread."""


Delivery = tuple[tuple[Receiver, ...], bytes]
"""Connections of one I/O thread, and bytes for each of them: one or more whole frames."""


@dataclass(slots=True)
class Handover:
    """All that one I/O thread gets at once: first the answers, then the news, then whom to send away."""

    returning: list[Returning] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    endings: list[Receiver] = field(default_factory=list)
    told: threading.Event | None = None
    """Set by the I/O thread when all of it is sent, and what came in meanwhile is read and handed to the writer."""
