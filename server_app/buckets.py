"""Who has asked for how much of late: token buckets and growing delays, each kept in one number for each key.

The number is a moment: when all that a key owes will be paid off, which it is by waiting. So nothing has to count time,
what is paid off can be forgotten, and what is not can be written down (`changes`) and taken up again (`restore`).
"""

import hashlib
import math
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Mapping

LASTING_SECONDS = 30.0
"""What is paid off sooner than this is not worth being kept over a restart; nor is it ever written down."""
_FAULT = 1e-5
"""Of one failure: how far a moment may be off after it was written down in milliseconds, and still count the same."""


def key_hash(key: Hashable) -> str:
    """What is kept instead of a name or an address: SHA-256, in hexadecimal."""
    return hashlib.sha256(repr(key).encode()).hexdigest()


class Debts:
    """What each key owes, in seconds. Any thread may call it; its lock is a leaf.

    Where paying off takes long, keys are known by their hashes alone.
    """

    def __init__(self, most: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._most = most
        """Seconds that a key can owe."""
        self._paid_at: dict[Hashable, float] = {}
        self._changed: set[Hashable] = set()
        self.is_lasting = LASTING_SECONDS < most < math.inf
        """Whether it is worth being kept over a restart."""
        self._sweep_size = 1024
        self._lock = threading.Lock()

    def changes(self, most: int) -> dict[str, float]:
        """Keys that changed since they were last asked for, at most so many, and the seconds that they owe now."""
        now = self._clock()
        with self._lock:
            keys = [self._changed.pop() for _ in range(min(most, len(self._changed)))]
            return {str(key): max(0.0, self._paid_at.get(key, now) - now) for key in keys}

    def give_back(self, keys: Iterable[str]) -> None:
        """These changes could not be kept: name them again."""
        with self._lock:
            self._changed.update(keys)

    def restore(self, owed: Mapping[str, float]) -> None:
        """Take up what was kept: seconds that each key owes. More than a key can owe was said by a wrong clock."""
        now = self._clock()
        with self._lock:
            for key, seconds in owed.items():
                self._paid_at[key] = now + min(seconds, self._most)

    def __len__(self) -> int:
        return len(self._paid_at)

    def _known_as(self, key: Hashable) -> Hashable:
        return key_hash(key) if self.is_lasting else key

    def _owe(self, key: Hashable, paid_at: float, now: float) -> None:
        """More than before; holding the lock."""
        self._paid_at[key] = paid_at
        if self.is_lasting and paid_at - now > LASTING_SECONDS:
            self._changed.add(key)
        if len(self._paid_at) > self._sweep_size:
            self._paid_at = {key: paid_at for key, paid_at in self._paid_at.items() if paid_at > now}
            self._changed &= self._paid_at.keys()
            # Twice what is left, so that sweeping costs each newcomer the same, however many there are.
            self._sweep_size = max(1024, 2 * len(self._paid_at))

    def _owe_less(self, key: Hashable, paid_at: float) -> None:
        """Holding the lock."""
        self._paid_at[key] = paid_at
        if self.is_lasting:
            self._changed.add(key)


class Buckets(Debts):
    """Token buckets of one size, one for each key (GCRA): each token taken costs the time in which one grows."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(0.0 if math.isinf(rate) else burst / rate, clock)
        self._interval = 1 / rate
        self._tolerance = 0.0 if math.isinf(rate) else (burst - 1) / rate

    def take(self, key: Hashable) -> float:
        """Take a token. 0.0 when there was one, else the seconds after which there will be."""
        if not self._interval:
            return 0.0
        if self.is_lasting:
            key = key_hash(key)
        now = self._clock()
        with self._lock:
            paid_at = max(self._paid_at.get(key, now), now)
            wait = paid_at - now - self._tolerance
            if wait > 1e-9:
                return wait
            self._owe(key, paid_at + self._interval, now)
            return 0.0

    def wait(self, key: Hashable) -> float:
        """The seconds after which there will be a token; 0.0 when there is one. None is taken."""
        now = self._clock()
        with self._lock:
            return max(0.0, self._paid_at.get(self._known_as(key), now) - now - self._tolerance)

    def put_back(self, key: Hashable) -> None:
        """Undo one taking."""
        key, now = self._known_as(key), self._clock()
        with self._lock:
            paid_at = self._paid_at.get(key, now)
            if paid_at > now:
                self._owe_less(key, max(now, paid_at - self._interval))


class Delays(Debts):
    """After each failure of a key, how long until it may try again: nothing for the first few, then doubling.

    Each failure is forgotten ten times the longest delay after it, one after the other, so that the number of failures
    and the time since the last one can be told from the one moment.
    """

    def __init__(self, free: float, longest: float, clock: Callable[[], float] = time.monotonic) -> None:
        """So many failures without a delay, then 1, 2, 4 … seconds, and never more than `longest` seconds."""
        self._is_lifted = math.isinf(free) or math.isinf(longest)
        self._free = 0 if self._is_lifted else math.ceil(free)
        self._longest = longest
        self._memory = 10 * longest
        self._most_failures = 0 if self._is_lifted else self._free + 1 + max(0, math.ceil(math.log2(longest)))
        super().__init__(0.0 if self._is_lifted else self._most_failures * self._memory, clock)

    def wait(self, key: Hashable) -> float:
        """The seconds after which this key may try again; 0.0 for now."""
        if self._is_lifted:
            return 0.0
        now = self._clock()
        with self._lock:
            return self._wait(self._paid_at.get(self._known_as(key), now) - now)[0]

    def take(self, key: Hashable) -> float:
        """Note a failure ahead, and return 0.0; or note nothing, and return the seconds that there are to wait."""
        if self._is_lifted:
            return 0.0
        key, now = self._known_as(key), self._clock()
        with self._lock:
            wait, failures = self._wait(self._paid_at.get(key, now) - now)
            if not wait:
                self._owe(key, now + min(failures + 1, self._most_failures) * self._memory, now)
            return wait

    def clear(self, key: Hashable) -> None:
        """Forget all failures of this key."""
        key, now = self._known_as(key), self._clock()
        with self._lock:
            if key in self._paid_at:
                self._owe_less(key, now)

    def _wait(self, owed: float) -> tuple[float, int]:
        """Seconds to wait, and the failures that are not forgotten."""
        failures = max(0, math.ceil(owed / self._memory - _FAULT))
        if failures < self._free or not failures:
            return 0.0, failures
        since = failures * self._memory - owed
        return max(0.0, min(2.0 ** (failures - self._free), self._longest) - since), failures
