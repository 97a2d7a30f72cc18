"""How much anybody may ask for: one table of numbers with their reasons, and the buckets that hold people to them."""

import dataclasses
import enum
import ipaddress
import math
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from shared.errors import RateLimited
from shared.types import MEBIBYTE


class Kind(enum.Enum):
    """What a limit bounds; `--no-limits` lifts the first two."""

    RATE = "rate"
    CAP = "cap"
    SECONDS = "seconds"
    SIZE = "size"


def _limit(default: float, kind: Kind, per: str, reason: str) -> Any:
    return field(default=default, metadata={"kind": kind, "per": per, "reason": reason})


RATE, CAP, SECONDS, SIZE = Kind


@dataclass(frozen=True)
class Limits:
    """Every limit of the server. Rates are per second; a burst is how many may come at once after a silence."""

    connections: float = _limit(
        math.inf, CAP, "server", "Never more than file descriptors allow, less a reserve for database and log."
    )
    connections_per_address: float = _limit(
        256, CAP, "address", "A school behind one address, two devices each; a single host cannot take them all."
    )
    handshake_seconds: float = _limit(
        30, SECONDS, "connection", "A whole house that comes back at once waits for each other; nginx gives 60 s."
    )
    login_seconds: float = _limit(
        30, SECONDS, "connection", "A client dials when the button is pressed, and a resume takes milliseconds."
    )
    idle_seconds: float = _limit(
        1200, SECONDS, "connection", "Keep-alive finds who is gone in two minutes; this, who only seems to be there."
    )
    frames_per_second: float = _limit(
        100, RATE, "connection", "Fast scrolling asks some ten times a second; beyond this the server reads slower."
    )
    frames_burst: float = _limit(1000, RATE, "connection", "A client that comes back sends its outbox at once.")
    pending_requests: float = _limit(
        100, SIZE, "connection", "Requests read but not answered; beyond this the socket is not read."
    )
    messages_per_second: float = _limit(
        5, RATE, "account", "Nobody types faster; Discord allows 5 messages in 5 s for each channel."
    )
    messages_burst: float = _limit(10, RATE, "account", "A pasted poem; the outbox of a train ride goes out in turn.")
    history_per_second: float = _limit(20, RATE, "account", "A page is 50 messages: scrolling shows 1,000 a second.")
    history_burst: float = _limit(100, RATE, "account", "A client fills its gaps in many channels when it comes back.")
    changes_per_second: float = _limit(10, RATE, "account", "Read marks, joins, topics: each is written to disk.")
    changes_burst: float = _limit(100, RATE, "account", "“Mark all as read” on a hundred channels.")
    channels_per_second: float = _limit(0.1, RATE, "account", "Six new channels a minute are a lively afternoon.")
    channels_burst: float = _limit(20, RATE, "account", "Setting up a new server.")
    channels: float = _limit(300, CAP, "server", "All of them are in the snapshot, which is one frame.")
    accounts: float = _limit(5000, CAP, "server", "All of them are in the snapshot, which is one frame.")
    logins_per_second: float = _limit(0.5, RATE, "address", "A class of 30 comes in within a minute.")
    logins_burst: float = _limit(30, RATE, "address", "A class of 30 behind one address.")
    account_logins_per_second: float = _limit(
        0.1, RATE, "account", "8,640 guesses a day against one password do not find one of 8 characters."
    )
    account_logins_burst: float = _limit(10, RATE, "account", "A person who tries all the passwords they use.")
    registrations_per_second: float = _limit(0.1, RATE, "address", "Accounts are made once.")
    registrations_burst: float = _limit(50, RATE, "address", "A class of 30, some of whom mistype.")
    sessions_per_account: float = _limit(
        50, CAP, "account", "Devices that can come back; the one that was away longest makes room."
    )
    hashing_queue: float = _limit(
        200, CAP, "server", "At 4 password checks a second and thread, who waits longer has gone away."
    )
    outgoing_bytes: float = _limit(
        4 * MEBIBYTE, SIZE, "connection", "Four of the largest frames; whoever reads slower comes back and asks."
    )

    def without_rates_and_caps(self) -> "Limits":
        """The same with every rate and cap lifted, for load tests; deadlines and buffer sizes stay."""
        lifted = {
            each.name: math.inf for each in dataclasses.fields(self) if each.metadata["kind"] in (Kind.RATE, Kind.CAP)
        }
        return dataclasses.replace(self, **lifted)


class Per(enum.Enum):
    """Whose bucket a request is charged to."""

    ACCOUNT = "account"
    ADDRESS = "address"
    NAME = "name"
    """The account that somebody tries to log in to."""


@dataclass(frozen=True, eq=False)
class Rate:
    """A rate limit: which two numbers of `Limits` it takes, whose bucket it is, and what is said when that is empty.

    Each is itself and no other, so that looking one up costs nothing.
    """

    name: str
    per: Per
    sentence: str


MESSAGES = Rate("messages", Per.ACCOUNT, "Slow down: too many messages at once.")
HISTORY = Rate("history", Per.ACCOUNT, "Slow down: too many pages at once.")
CHANGES = Rate("changes", Per.ACCOUNT, "Slow down: too many changes at once.")
CHANNELS = Rate("channels", Per.ACCOUNT, "You made many channels just now. Wait a little before the next one.")
LOGINS = Rate("logins", Per.ADDRESS, "Too many logins from your address. Wait a little and try again.")
ACCOUNT_LOGINS = Rate("account_logins", Per.NAME, "Too many logins to this account. Wait a little and try again.")
REGISTRATIONS = Rate("registrations", Per.ADDRESS, "Too many new accounts from your address. Wait a little.")
RATES = (MESSAGES, HISTORY, CHANGES, CHANNELS, LOGINS, ACCOUNT_LOGINS, REGISTRATIONS)


class Buckets:
    """Token buckets of one size, one for each key, in one number each: when the bucket will be full again (GCRA).

    Any thread may call it. A bucket that is full again is forgotten, so memory holds only who was active just now.
    """

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 1 / rate
        self._tolerance = 0.0 if math.isinf(rate) else (burst - 1) / rate
        self._clock = clock
        self._full_at: dict[Hashable, float] = {}
        self._sweep_size = 1024
        self._lock = threading.Lock()

    def take(self, key: Hashable) -> float:
        """Take a token. 0.0 when there was one, else the seconds after which there will be."""
        if not self._interval:
            return 0.0
        now = self._clock()
        with self._lock:
            full_at = max(self._full_at.get(key, now), now)
            wait = full_at - now - self._tolerance
            if wait > 1e-9:
                return wait
            self._full_at[key] = full_at + self._interval
            if len(self._full_at) > self._sweep_size:
                self._sweep(now)
            return 0.0

    def __len__(self) -> int:
        return len(self._full_at)

    def _sweep(self, now: float) -> None:
        self._full_at = {key: full_at for key, full_at in self._full_at.items() if full_at > now}
        # Twice what is left, so that sweeping costs each newcomer the same, however many there are.
        self._sweep_size = max(1024, 2 * len(self._full_at))


class Throttle:
    """All the buckets of a server. Any thread may call it."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._buckets = {
            rate: Buckets(getattr(limits, rate.name + "_per_second"), getattr(limits, rate.name + "_burst"), clock)
            for rate in RATES
        }

    def charge(self, rate: Rate, key: Hashable) -> None:
        """Take a token of this rate. Raises `RateLimited` that says when there will be one."""
        wait = self._buckets[rate].take(key)
        if wait:
            raise RateLimited(rate.sentence, retry_after=math.ceil(wait * 10 - 1e-6) / 10)


def address_key(address: str) -> str:
    """The part of an address that stands for one place: all of IPv4, the first 64 bits of IPv6 (one household)."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(parsed) >> 64 << 64, 64)))
    return address
