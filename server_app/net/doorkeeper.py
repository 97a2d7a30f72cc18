"""Counts who is inside, by address and in all, and says who may not come in."""

import threading
from collections import Counter

from server_app.limits import Limits, address_key
from shared.errors import Code, Refusal, Unavailable

MAX_BEING_REFUSED = 64
"""Connections over the cap that are let in just far enough to be told so; further ones are closed without a word."""


class Doorkeeper:
    """Any thread may call it."""

    def __init__(self, limits: Limits, max_connections: float) -> None:
        self._max_connections = max_connections
        self._max_per_address = limits.connections_per_address
        self._inside: Counter[str] = Counter()
        self._total = 0
        self._lock = threading.Lock()

    def enter(self, address: str) -> Refusal | None:
        """Count somebody in; the refusal to tell where they may not stay."""
        key = address_key(address)
        with self._lock:
            self._inside[key] += 1
            self._total += 1
            if self._total > self._max_connections:
                return _refusal("This server is full. Try again later.")
            if self._inside[key] > self._max_per_address:
                return _refusal("There are too many connections from your address.")
        return None

    def leave(self, address: str) -> None:
        """Count somebody out, whether or not they were refused."""
        key = address_key(address)
        with self._lock:
            self._total -= 1
            self._inside[key] -= 1
            if not self._inside[key]:
                del self._inside[key]

    def may_be_told(self, address: str) -> bool:
        """Whether somebody refused is worth the trouble of telling them."""
        with self._lock:
            over_address = self._inside[address_key(address)] - self._max_per_address
            return max(over_address, self._total - self._max_connections) <= MAX_BEING_REFUSED


def _refusal(message: str) -> Refusal:
    return Unavailable(message, code=Code.TOO_MANY_CONNECTIONS, retry_after=30)
