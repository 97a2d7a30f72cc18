"""Deliveries a second: four senders, 16 messages under way, everybody in the room receives every message."""

import contextlib
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import subjects
from .figures import Figure, Plan
from .load import Run

NAME = "deliveries"
_LATENCY_AT = 200
_WARM_UP_MESSAGES = 100


@dataclass(frozen=True)
class Contestant:
    """A server under load, and what its runs came to."""

    subject: str
    tls: bool = False
    runs: list[Run] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    """Of one core, how busy the server was in each run."""

    def __str__(self) -> str:
        return f"{self.subject}{' over TLS' if self.tls else ''}"


def measure(plan: Plan) -> list[Figure]:
    """Hearth with and without TLS, beside the thread-per-connection server."""
    figures: list[Figure] = []
    for receivers in plan.receivers:
        contestants = [
            Contestant(subjects.HEARTH),
            Contestant(subjects.HEARTH, tls=True),
            Contestant(subjects.THREADS),
            Contestant(subjects.THREADS_IN_MEMORY),
        ]
        figures += side_by_side(plan, contestants, receivers)
    return figures


def side_by_side(plan: Plan, contestants: Sequence[Contestant], receivers: int) -> list[Figure]:
    """Every server with so many receivers, in turns, so that what else the machine does troubles all of them alike."""
    with contextlib.ExitStack() as stack:
        entrants = []
        for contestant in contestants:
            plan.say(f"{receivers} receivers enter: {contestant}")
            loaded = stack.enter_context(
                subjects.loaded(plan, contestant.subject, receivers, tls=contestant.tls, senders=subjects.SENDERS)
            )
            entrants.append((contestant, loaded, _warm_up(plan, loaded)))
        for number in range(plan.runs):
            plan.say(f"{receivers} receivers: run {number + 1} of {plan.runs}")
            for contestant, loaded, messages in entrants:
                run, share = loaded.run(messages)
                contestant.runs.append(run)
                contestant.shares.append(share)
    return [figure for contestant in contestants for figure in _figures(contestant, receivers)]


def _warm_up(plan: Plan, loaded: subjects.Loaded) -> int:
    """How many messages a run needs to last as long as planned."""
    loaded.run(_WARM_UP_MESSAGES)
    warm, _ = loaded.run(_WARM_UP_MESSAGES)
    return max(_WARM_UP_MESSAGES, int(warm.messages / warm.seconds * plan.seconds_per_run))


def _figures(contestant: Contestant, receivers: int) -> list[Figure]:
    setting = f"{receivers} receivers, {'TLS' if contestant.tls else 'plain'}"
    runs = contestant.runs
    figures = [_figure(contestant, NAME, setting, "deliveries/s", [run.deliveries_per_second for run in runs])]
    if receivers == _LATENCY_AT:
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            values = [run.latency_ms(share) for run in runs]
            figures.append(_figure(contestant, "latency", f"under load, {setting}, {name}", "ms", values))
    return figures


def _figure(contestant: Contestant, measure: str, setting: str, unit: str, values: Sequence[float]) -> Figure:
    return Figure(
        measure,
        contestant.subject,
        setting,
        unit,
        tuple(values),
        server_share=statistics.median(contestant.shares),
        generator_share=statistics.median(run.generator_share for run in contestant.runs),
    )
