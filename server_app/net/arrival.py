"""A socket that was accepted, on its way from the listener to an I/O thread."""

import socket
from dataclasses import dataclass

from shared.errors import Refusal


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody has connected."""

    socket: socket.socket
    address: str
    label: str
    turned_away: Refusal | None = None
    """What to tell it before closing, where it may not stay."""
    is_balancer: bool = False
    """Whether it begins with the address that it is made for."""
