"""When people went who are not here any more, until that is stored: going shall not wait for the disk."""

import threading
from collections.abc import Iterable, Mapping

from shared.types import Milliseconds, UserId


class LastSeen:
    """Any thread may call it; its lock is a leaf. Whoever looks as if they were not here is never noted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._moments: dict[UserId, Milliseconds] = {}
        self._unstored: dict[UserId, Milliseconds] = {}

    def note(self, user_ids: Iterable[UserId], now: Milliseconds) -> None:
        """These people were here until now."""
        with self._lock:
            moments = dict.fromkeys(user_ids, now)
            self._moments.update(moments)
            self._unstored.update(moments)

    def of(self, user_id: UserId) -> Milliseconds | None:
        """When this person went; None where that was before the server was started."""
        with self._lock:
            return self._moments.get(user_id)

    def take(self) -> Mapping[UserId, Milliseconds]:
        """What is to be stored."""
        with self._lock:
            taken, self._unstored = self._unstored, {}
            return taken

    def give_back(self, moments: Mapping[UserId, Milliseconds]) -> None:
        """These could not be stored; what was noted since is newer."""
        with self._lock:
            self._unstored = {**moments, **self._unstored}
