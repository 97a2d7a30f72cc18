"""THE table of faults, the schedule that a seed makes of them, and the lanes in which they happen."""

import enum
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


class Lane(enum.Enum):
    """Faults of one lane happen one after the other; those of different lanes, whenever it may be."""

    NETWORK = "network"
    SERVER = "server"


class Kind(enum.Enum):
    """What can go wrong: how it is called, its lane, and how long it lasts, in seconds."""

    CUT_ONE = ("cut-one", Lane.NETWORK, 0.0, 0.0)
    CUT_ALL = ("cut-all", Lane.NETWORK, 0.0, 0.0)
    TEAR = ("tear", Lane.NETWORK, 0.0, 0.0)
    DELAY = ("delay", Lane.NETWORK, 1.0, 4.0)
    HALF_OPEN = ("half-open", Lane.NETWORK, 0.0, 0.0)
    NAP = ("nap", Lane.NETWORK, 0.0, 0.0)
    KILL_PEOPLE = ("kill-people", Lane.NETWORK, 0.0, 2.0)
    KILL_OFFLINE = ("kill-people-offline", Lane.NETWORK, 2.0, 4.0)
    FREEZE_PEOPLE = ("freeze-people", Lane.NETWORK, 9.0, 12.0)
    FREEZE_SERVER = ("freeze-server", Lane.SERVER, 1.0, 5.0)
    KILL_SERVER = ("kill-server", Lane.SERVER, 0.0, 1.0)
    STOP_SERVER = ("stop-server", Lane.SERVER, 0.0, 1.0)
    DISK_FULL = ("disk-full", Lane.SERVER, 2.0, 5.0)
    LOCK = ("lock", Lane.SERVER, 2.0, 8.0)

    def __init__(self, label: str, lane: Lane, shortest: float, longest: float) -> None:
        self.label = label
        self.lane = lane
        self.shortest = shortest
        self.longest = longest


PAUSES: Mapping[Lane, float] = {Lane.NETWORK: 2.0, Lane.SERVER: 4.5}
"""Seconds between two faults of a lane, on average."""
LONGEST_DELAY = 2.0


@dataclass(frozen=True)
class Fault:
    """One fault of the schedule."""

    pause: float
    """Seconds of peace before it."""
    kind: Kind
    seconds: float
    choice: int
    """Whom it hits, as a number that is taken modulo."""


def schedule(seed: int, seconds: float, kinds: Sequence[Kind], lane: Lane) -> tuple[Fault, ...]:
    """The faults of one lane: every kind once before any comes again, in an order that the seed makes."""
    chance = random.Random(f"faults {seed} {lane.value}")
    faults: list[Fault] = []
    mine = [kind for kind in kinds if kind.lane is lane]
    bag: list[Kind] = []
    passed = 0.0
    while mine and passed < seconds:
        bag = bag or chance.sample(mine, len(mine))
        kind = bag.pop()
        pause = PAUSES[lane] * chance.uniform(0.3, 1.7)
        fault = Fault(pause, kind, chance.uniform(kind.shortest, kind.longest), chance.randrange(2**32))
        faults.append(fault)
        passed += pause + fault.seconds
    return tuple(faults)


@dataclass(frozen=True)
class Outage:
    """When a fault began and ended; seconds since 1970."""

    kind: Kind
    began: float
    ended: float


class LaneRun(threading.Thread):
    """The faults of one lane as they happen, until they are used up or somebody says that it is over."""

    def __init__(self, faults: Sequence[Fault], perform: Callable[[Fault], None], over: threading.Event) -> None:
        super().__init__(name="faults", daemon=True)
        self._faults = faults
        self._perform = perform
        self._over = over
        self.outages: list[Outage] = []
        self.counts: Counter[str] = Counter()
        self.error = ""
        """Why this lane ended before its time."""

    def run(self) -> None:
        for fault in self._faults:
            if self._over.wait(fault.pause):
                return
            began = time.time()
            try:
                self._perform(fault)
            except Exception as error:  # noqa: BLE001 -- told at the end, with the seed; the run must not hang
                self.error = f"{fault.kind.label}: {error!r}"
                return
            self.outages.append(Outage(fault.kind, began, time.time()))
            self.counts[fault.kind.label] += 1
