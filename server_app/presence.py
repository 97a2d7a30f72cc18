"""Who is here and how they look: right with several devices of one person, and told in few events, whoever comes."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from shared.events import PresenceChanged
from shared.types import Availability, UserId

Look = Literal["online", "idle", "do_not_disturb"]
"""How somebody looks who is here; None stands for whoever is not, or wants to look so."""
_LOOKS: tuple[Look, ...] = get_args(Look)


@dataclass(frozen=True, slots=True)
class Present:
    """Who is here, by how they look, each by id."""

    online_ids: tuple[UserId, ...] = ()
    idle_ids: tuple[UserId, ...] = ()
    do_not_disturb_ids: tuple[UserId, ...] = ()

    def without(self, others: Container[UserId]) -> "Present":
        """The same without these people."""
        return Present(*(tuple(each for each in ids if each not in others) for ids in self.by_look))

    def joined_by(self, user_id: UserId, look: Look) -> "Present":
        """The same with one more of whom nobody was told yet."""
        by_look = zip(_LOOKS, self.by_look, strict=True)
        return Present(*(tuple(sorted((*ids, user_id))) if each == look else ids for each, ids in by_look))

    @property
    def everybody(self) -> tuple[UserId, ...]:
        """All of them, by id."""
        return tuple(sorted((*self.online_ids, *self.idle_ids, *self.do_not_disturb_ids)))

    @property
    def by_look(self) -> tuple[tuple[UserId, ...], ...]:
        """Those online, those idle, those who want to be left in peace."""
        return self.online_ids, self.idle_ids, self.do_not_disturb_ids


class Presence:
    """What is so, what has been told, and the difference.

    Not thread-safe on purpose: the hub asks it under its own lock.
    """

    def __init__(self, availabilities: Mapping[UserId, Availability] | None = None) -> None:
        """`availabilities` are of those who chose one; everybody else looks like what they do."""
        self._devices: defaultdict[UserId, dict[object, bool]] = defaultdict(dict)
        """Of each who is here: their devices, and whether nobody has touched it of late."""
        self._availabilities = dict(availabilities or {})
        self._told: dict[UserId, Look] = {}
        self._unsure: set[UserId] = set()
        self._present: Present | None = None
        """What was told, in order, for a house that comes back all at once."""

    def device_came(self, user_id: UserId, device: object) -> None:
        """One more connection of this person; whoever comes has touched it."""
        self._devices[user_id][device] = False
        self._unsure.add(user_id)

    def device_went(self, user_id: UserId, device: object) -> None:
        """One less."""
        del self._devices[user_id][device]
        if not self._devices[user_id]:
            del self._devices[user_id]
        self._unsure.add(user_id)

    def device_rests(self, user_id: UserId, device: object, is_idle: bool) -> None:
        """Nobody has touched this device of late, or somebody has again."""
        self._devices[user_id][device] = is_idle
        self._unsure.add(user_id)

    def choose(self, user_id: UserId, availability: Availability) -> None:
        """Somebody wants to look otherwise from now on."""
        self._availabilities[user_id] = availability
        self._unsure.add(user_id)

    def look(self, user_id: UserId) -> Look | None:
        """How somebody looks at this moment, whether or not that was told."""
        devices = self._devices.get(user_id)
        availability = self._availabilities.get(user_id, Availability.AUTOMATIC)
        if not devices or availability is Availability.INVISIBLE:
            return None
        if availability is Availability.DO_NOT_DISTURB:
            return "do_not_disturb"
        return "idle" if all(devices.values()) else "online"

    def present(self) -> Present:
        """Who is here as far as everybody has been told; what is newer will be told to everybody alike."""
        if self._present is None:
            self._present = _arranged(self._told)
        return self._present

    def news_of(self, user_id: UserId) -> Look | None:
        """How somebody looks of whom nobody was told yet that they are here; None where there is no such news."""
        return None if user_id in self._told else self.look(user_id)

    def among(self, user_ids: Iterable[UserId]) -> Present:
        """Those of these people who are here, as far as everybody has been told."""
        return _arranged({user_id: self._told[user_id] for user_id in user_ids if user_id in self._told})

    def news(self) -> PresenceChanged | None:
        """What changed since the last time; somebody who went and came back in between is no news."""
        changed: dict[UserId, Look | None] = {}
        for user_id in sorted(self._unsure):
            look = self.look(user_id)
            if look == self._told.get(user_id):
                continue
            changed[user_id] = look
            if look is None:
                del self._told[user_id]
            else:
                self._told[user_id] = look
        self._unsure.clear()
        if not changed:
            return None
        self._present = None
        now = _arranged(cast("dict[UserId, Look]", changed))
        gone = tuple(user_id for user_id, look in changed.items() if look is None)
        return told_of(now, gone)


def told_of(present: Present, offline_ids: tuple[UserId, ...]) -> PresenceChanged:
    """The event that says so."""
    return PresenceChanged(
        online_ids=present.online_ids,
        offline_ids=offline_ids,
        idle_ids=present.idle_ids,
        do_not_disturb_ids=present.do_not_disturb_ids,
    )


def _arranged(looks: Mapping[UserId, Look]) -> Present:
    by_look: defaultdict[str, list[UserId]] = defaultdict(list)
    for user_id in sorted(looks):
        by_look[looks[user_id]].append(user_id)
    return Present(tuple(by_look["online"]), tuple(by_look["idle"]), tuple(by_look["do_not_disturb"]))
