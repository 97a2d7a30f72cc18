"""Who is online: right with several devices of one person, and told in few events, however many come and go."""

from collections import Counter
from collections.abc import Iterable

from shared.events import PresenceChanged
from shared.types import UserId


class Presence:
    """What is so, what has been told, and the difference.

    Not thread-safe on purpose: the hub asks it under its own lock.
    """

    def __init__(self) -> None:
        self._devices: Counter[UserId] = Counter()
        self._told: set[UserId] = set()
        self._sorted: tuple[UserId, ...] | None = None
        """The same in order, for a house that comes back all at once."""
        self._unsure: set[UserId] = set()

    def device_came(self, user_id: UserId) -> None:
        """One more connection of this person."""
        self._devices[user_id] += 1
        self._unsure.add(user_id)

    def device_went(self, user_id: UserId) -> None:
        """One less."""
        self._devices[user_id] -= 1
        if not self._devices[user_id]:
            del self._devices[user_id]
        self._unsure.add(user_id)

    def online_ids(self) -> tuple[UserId, ...]:
        """Who is online as far as everybody has been told; what is newer will be told to everybody alike."""
        if self._sorted is None:
            self._sorted = tuple(sorted(self._told))
        return self._sorted

    def online_among(self, user_ids: Iterable[UserId]) -> tuple[UserId, ...]:
        """Those of these people who are online as far as everybody has been told, by id."""
        return tuple(sorted(self._told.intersection(user_ids)))

    def news(self) -> PresenceChanged | None:
        """What changed since the last time; somebody who went and came back in between is no news."""
        online = tuple(sorted(user for user in self._unsure if user in self._devices and user not in self._told))
        offline = tuple(sorted(user for user in self._unsure if user not in self._devices and user in self._told))
        self._unsure.clear()
        self._told.update(online)
        self._told.difference_update(offline)
        if not online and not offline:
            return None
        self._sorted = None
        return PresenceChanged(online_ids=online, offline_ids=offline)
