"""Counts who is inside, by address and in all, and says who may not come in."""

import threading
from collections import Counter

from server_app.addresses import Network, address_key, is_within, site_key
from server_app.buckets import Buckets
from server_app.limits import Limits
from shared.errors import Code, Refusal, Unavailable

MAX_BEING_REFUSED = 64
"""Connections over the cap that are let in just far enough to be told so; further ones are closed without a word."""


class Doorkeeper:
    """Any thread may call it.

    The balancers' connections count for the whole server alone, until each has said for whom it is.
    """

    def __init__(self, limits: Limits, max_connections: float, balancers: tuple[Network, ...] = ()) -> None:
        self._balancers = balancers
        self._max_connections = max_connections
        self._max_per_address = limits.connections_per_address
        self._max_per_site = limits.connections_per_site
        self._arrivals = Buckets(limits.arrivals_per_second, limits.arrivals_burst)
        self._inside: Counter[str] = Counter()
        self._total = 0
        self._lock = threading.Lock()

    def is_balancer(self, address: str) -> bool:
        """Whether connections from here begin with the address that they are made for."""
        return bool(self._balancers) and is_within(address, self._balancers)

    def comes_too_often(self, address: str) -> bool:
        """Note an arrival from there; whether there were so many of late that not even a handshake is worth while."""
        return self._arrivals.take(address_key(address)) > 0

    def enter(self, address: str | None) -> Refusal | None:
        """Count somebody in, from an unknown place while it is None; the refusal to tell where they may not stay."""
        keys = _keys(address)
        with self._lock:
            self._total += 1
            self._inside.update(keys)
            if self._total > self._max_connections:
                return _refusal("This server is full. Try again later.")
            if self._surplus(keys) > 0:
                return _refusal("There are too many connections from your address.")
        return None

    def leave(self, address: str | None) -> None:
        """Count somebody out, whether or not they were refused."""
        keys = _keys(address)
        with self._lock:
            self._total -= 1
            self._inside.subtract(keys)
            for key in keys:
                if not self._inside[key]:
                    del self._inside[key]

    def may_be_told(self, address: str | None) -> bool:
        """Whether somebody refused is worth the trouble of telling them."""
        keys = _keys(address)
        with self._lock:
            return max(self._surplus(keys), self._total - self._max_connections) <= MAX_BEING_REFUSED

    def _surplus(self, keys: tuple[str, ...]) -> float:
        """Connections beyond what may come from one place; holding the lock."""
        caps = (self._max_per_address, self._max_per_site)
        return max((self._inside[key] - cap for key, cap in zip(keys, caps, strict=False)), default=0)


def _keys(address: str | None) -> tuple[str, ...]:
    """What an address counts for: its household, and the holder of its network where that is more."""
    if address is None:
        return ()
    household, site = address_key(address), site_key(address)
    return (household,) if household == site else (household, site)


def _refusal(message: str) -> Refusal:
    return Unavailable(message, code=Code.TOO_MANY_CONNECTIONS, retry_after=30)
