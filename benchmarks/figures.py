"""What a measurement comes to: several values of one thing, told by their median and their extremes."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import stock
from .native import Native
from .stock import Stock

GENERATOR_IS_FULL = 0.95
"""Of one core: the share from which the load generator has no time left."""
GENERATOR_IS_BUSY = 0.8
"""Of one core: the share from which the page says that the load generator had not much time left."""


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    measure: str
    """The noun that was measured; the modules' names."""
    subject: str
    """What was measured: a server, a window."""
    setting: str
    """Under which conditions."""
    unit: str
    values: tuple[float, ...]
    """One per run."""
    server_share: float | None = None
    """Of one core, 0 to 1: how busy the server was, median of the runs."""
    generator_share: float | None = None
    """Of one core: how busy the load generator was. Near 1 with an idle server, the figure is the generator's."""

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def is_a_floor(self) -> bool:
        """Whether the load generator was the slower of the two: the server could do more than the figure says."""
        return (self.generator_share or 0.0) >= GENERATOR_IS_FULL and (self.server_share or 0.0) < GENERATOR_IS_FULL


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value that this share (0 to 1) of these, which are in order, did not exceed."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass(frozen=True)
class Plan:
    """How thoroughly to measure, and where."""

    folder: Path
    """For databases, logs and certificates; on a disk, not in memory."""
    say: Callable[[str], None]
    """Tells the person who waits what is being done."""
    left_out: list[str] = field(default_factory=list)
    """What could not be measured, in sentences."""
    failed: list[str] = field(default_factory=list)
    """Those of them that are nobody's wish: something went wrong."""
    stocks: dict[str, Stock] = field(default_factory=dict)
    """Databases that were filled already."""
    native: Native | None = None
    """The room in C; None where it could not be built."""
    runs: int = 5
    seconds_per_run: float = 1.5
    receivers: tuple[int, ...] = (10, 200, 1000)
    windows: tuple[int, ...] = (16, 64)
    """Messages under way at a time."""
    tls_receivers: int = 200
    idle_connections: tuple[int, ...] = (1000, 5000, 10_000)
    idle_seconds: float = 30.0
    settle_seconds: float = 3.0
    """How long nothing may have come before memory is looked at."""
    cost_receivers: tuple[int, ...] = (100, 1000, 10_000)
    starts: int = 5
    single_messages: int = 1000
    stored_messages: int = 1_000_000
    pages: int = 400
    people: int = 1000
    """Who have an account in a house that is stocked before it is measured; each has ten devices."""
    chat_seconds: float = 10.0
    """How long people chat while somebody guesses their passwords."""
    guesses: int = 400
    """Wrong passwords for names that there are, and as many for names that there are not."""

    def stock(self) -> Stock:
        """A house with all of its messages, filled when it is first asked for; take a copy."""
        return self._stock("full", self.stored_messages)

    def small_stock(self) -> Stock:
        """A house with the same people in which nothing was said yet; take a copy."""
        return self._stock("small", 0)

    def _stock(self, name: str, messages: int) -> Stock:
        if name not in self.stocks:
            if messages:
                self.say(f"A database is filled with {messages:,} messages")
            self.stocks[name] = stock.make(self.folder_for(f"stock-{name}"), self.people, messages)
        return self.stocks[name]

    def leave_out(self, sentence: str) -> None:
        """Note and tell that something could not be measured."""
        self.left_out.append(sentence)
        self.say(sentence)

    def fail(self, sentence: str) -> None:
        """Note and tell that something went wrong and was not measured."""
        self.failed.append(sentence)
        self.leave_out(sentence)

    def folder_for(self, name: str) -> Path:
        """A new folder for one server."""
        folder = self.folder / f"{name}-{time.monotonic_ns()}"
        folder.mkdir(parents=True)
        return folder


def quick(plan: Plan) -> Plan:
    """The plan cut down to a minute: shorter runs, fewer connections."""
    return replace(
        plan,
        runs=3,
        seconds_per_run=0.3,
        receivers=(10, 200),
        idle_connections=(100, 300),
        idle_seconds=3.0,
        settle_seconds=1.0,
        cost_receivers=(100, 300),
        starts=3,
        single_messages=200,
        stored_messages=50_000,
        pages=100,
        people=100,
        chat_seconds=3.0,
        guesses=100,
    )
