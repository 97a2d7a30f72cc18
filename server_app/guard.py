"""Slows down whoever guesses passwords, and nobody else: no stranger can keep an account's owner out.

Counted are tries that fail. From one address, the tries at one account are delayed more and more. All addresses from
which an account was not used before share a rate besides, lest whoever has thousands of them has thousands of tries;
from the others, its owner logs in as if nothing happened, whatever strangers do. A name that nobody has is counted as
any other, so that nothing here tells which names there are.
"""

import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from shared.errors import RateLimited

from .buckets import Buckets, Debts, Delays
from .limits import Limits
from .throttle import rounded


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody is about to try a password."""

    account: str
    """The key of the name that was typed, whether or not anybody has it."""
    address: str
    """The key of where they are (`addresses.address_key`)."""
    is_familiar: bool
    """Whether somebody who knew the password of this account was there before."""


class Guard:
    """Any thread may call it.

    A try is counted as a failure as soon as it begins, and no more when it succeeded: a hundred at the same moment get
    no further than a hundred in turn.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._failures = Delays(limits.login_failures, limits.login_delay_seconds, clock)
        self._strangers = Buckets(limits.account_logins_per_second, limits.account_logins_burst, clock)
        self._all_strangers = Buckets(limits.strange_logins_per_second, limits.strange_logins_burst, clock)
        self._known_places: set[str] = set()

    @property
    def debts(self) -> Mapping[str, Debts]:
        """What is owed, by the names of the limits."""
        return {
            "login_failures": self._failures,
            "account_logins": self._strangers,
            "strange_logins": self._all_strangers,
        }

    def know(self, places: Iterable[str]) -> None:
        """There (`known_addresses` has the hashes) somebody has logged in; there is no way back until a restart."""
        self._known_places.update(places)

    def look_ahead(self, account: str, address: str, place: str) -> None:
        """As `look`, before anything is known of the account: what can be refused without the database, is.

        Where nobody at all was before, this account was not used either. `place` is the hash of the address.
        """
        self.look(Attempt(account, address, is_familiar=place in self._known_places))

    def look(self, attempt: Attempt) -> None:
        """Raises `RateLimited` where it is too early for this attempt. Nothing is counted."""
        wait = self._failures.wait((attempt.account, attempt.address))
        if not attempt.is_familiar:
            wait = max(wait, self._strangers.wait(attempt.account), self._all_strangers.wait(""))
        _require(wait)

    def begin(self, attempt: Attempt) -> None:
        """Count the attempt as a failure for now; raises `RateLimited`, and counts nothing, where it is too early."""
        if not attempt.is_familiar:
            _require(self._all_strangers.take(""))
            wait = self._strangers.take(attempt.account)
            if wait:
                self._all_strangers.put_back("")
                _require(wait)
        wait = self._failures.take((attempt.account, attempt.address))
        if wait:
            self._forgive(attempt)
            _require(wait)

    def succeeded(self, attempt: Attempt) -> None:
        """The password was right: it was no failure, and what failed there before does not count any more."""
        self._failures.clear((attempt.account, attempt.address))
        self._forgive(attempt)

    def _forgive(self, attempt: Attempt) -> None:
        if not attempt.is_familiar:
            self._strangers.put_back(attempt.account)
            self._all_strangers.put_back("")


def _require(wait: float) -> None:
    if wait > 0:
        seconds = math.ceil(wait)
        span = "a second" if seconds == 1 else "a minute" if seconds == 60 else f"{seconds} seconds"
        raise RateLimited(f"Too many wrong passwords just now. Wait {span} and try again.", retry_after=rounded(wait))
