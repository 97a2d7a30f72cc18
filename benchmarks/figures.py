"""What a measurement comes to: several values of one thing, told by their median and their extremes."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

GENERATOR_IS_FULL = 0.95
"""Of one core: the share from which the load generator has no time left."""


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


@dataclass(frozen=True)
class Plan:
    """How thoroughly to measure, and where."""

    folder: Path
    """For databases, logs and certificates; on a disk, not in memory."""
    say: Callable[[str], None]
    """Tells the person who waits what is being done."""
    runs: int = 5
    seconds_per_run: float = 2.0
    receivers: tuple[int, ...] = (10, 200, 1000)
    idle_connections: tuple[int, ...] = (1000, 5000)
    starts: int = 5
    single_messages: int = 1000

    def folder_for(self, name: str) -> Path:
        """A new folder for one server."""
        folder = self.folder / f"{name}-{time.monotonic_ns()}"
        folder.mkdir(parents=True)
        return folder


def quick(plan: Plan) -> Plan:
    """The plan cut down to a minute: shorter runs, fewer connections."""
    return Plan(
        folder=plan.folder,
        say=plan.say,
        runs=3,
        seconds_per_run=0.5,
        idle_connections=(500,),
        starts=3,
        single_messages=200,
    )
