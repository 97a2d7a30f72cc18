"""What each kind of request is charged to whom, and the buckets that hold people to it."""

import enum
import math
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from shared.errors import RateLimited

from .buckets import Buckets, Debts
from .limits import Limits


class Per(enum.Enum):
    """Whose bucket a request is charged to."""

    ACCOUNT = "account"
    ADDRESS = "address"


@dataclass(frozen=True, eq=False)
class Rate:
    """A rate limit: which two numbers of `Limits` it takes, whose bucket it is, and what is said when that is empty.

    Each is itself and no other, so that looking one up costs nothing.
    """

    name: str
    per: Per
    sentence: str
    is_quiet: bool = False
    """Whether what is too much is answered as if it were done, and does nothing: for what nobody would miss."""


MESSAGES = Rate("messages", Per.ACCOUNT, "Slow down: too many messages at once.")
HISTORY = Rate("history", Per.ACCOUNT, "Slow down: too many pages at once.")
CHANGES = Rate("changes", Per.ACCOUNT, "Slow down: too many changes at once.")
CHANNELS = Rate("channels", Per.ACCOUNT, "You made many channels just now. Wait a little before the next one.")
INVITES = Rate("invites", Per.ACCOUNT, "You made many invites just now. Wait a little before the next one.")
REPORTS = Rate("reports", Per.ACCOUNT, "You reported a lot just now, and it will be looked at. Wait a little.")
MODERATION = Rate("moderation", Per.ACCOUNT, "You moderated a lot just now. Wait a moment before you go on.")
BLOCKS = Rate("blocks", Per.ACCOUNT, "You blocked many people just now. Wait a moment before you go on.")
PROFILES = Rate("profiles", Per.ACCOUNT, "You changed what you tell of yourself often just now. Wait a little.")
ROLE_CHANGES = Rate("role_changes", Per.ACCOUNT, "You changed many roles just now. Wait a moment before you go on.")
SEARCHES = Rate("searches", Per.ACCOUNT, "Slow down: too many searches at once.")
TYPING = Rate("typing", Per.ACCOUNT, "", is_quiet=True)
UPLOADS = Rate("uploads", Per.ACCOUNT, "You sent many files just now. Wait a moment before the next one.")
CHUNKS = Rate("chunks", Per.ACCOUNT, "You sent a lot just now. It goes on in a moment.")
FETCHES = Rate("fetches", Per.ACCOUNT, "You fetched a lot just now. It goes on in a moment.")
LOGINS = Rate("logins", Per.ADDRESS, "Too many logins from your address. Wait a little and try again.")
REGISTRATIONS = Rate("registrations", Per.ADDRESS, "Too many new accounts from your address. Wait a little.")
RATES = (
    MESSAGES,
    HISTORY,
    CHANGES,
    CHANNELS,
    INVITES,
    REPORTS,
    MODERATION,
    BLOCKS,
    PROFILES,
    ROLE_CHANGES,
    SEARCHES,
    TYPING,
    UPLOADS,
    CHUNKS,
    FETCHES,
    LOGINS,
    REGISTRATIONS,
)


class Throttle:
    """All the buckets of a server. Any thread may call it."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._buckets = {
            rate: Buckets(getattr(limits, rate.name + "_per_second"), getattr(limits, rate.name + "_burst"), clock)
            for rate in RATES
        }

    @property
    def debts(self) -> Mapping[str, Debts]:
        """What is owed, by the name of the rate."""
        return {rate.name: buckets for rate, buckets in self._buckets.items()}

    def charge(self, rate: Rate, key: Hashable) -> None:
        """Take a token of this rate. Raises `RateLimited` that says when there will be one."""
        wait = self._buckets[rate].take(key)
        if wait:
            raise RateLimited(rate.sentence, retry_after=rounded(wait))


def rounded(seconds: float) -> float:
    """As it is told: to a tenth, and never less."""
    return math.ceil(seconds * 10 - 1e-6) / 10
