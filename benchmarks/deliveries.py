"""Deliveries a second: four senders, 16 or 64 messages under way, everybody in the room receives every message."""

import contextlib
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import failures, subjects
from .figures import Figure, Plan
from .load import Run
from .servers import ROOT

NAME = "deliveries"
MESSAGES = "messages"
"""The measure of messages a second, told where few listen."""
_LATENCY_AT = 200
_MESSAGES_AT = 10
_WARM_UP_MESSAGES = 100
_WARM_UP_SECONDS = 0.1
"""A run that took so long tells how many messages the next one can take."""


@dataclass(frozen=True)
class Contestant:
    """A server under load."""

    subject: str
    tls: bool = False
    root: Path = ROOT
    """The checkout that a Hearth is started from."""

    def __str__(self) -> str:
        return f"{self.subject}{' over TLS' if self.tls else ''}"


@dataclass
class Entrant:
    """A contestant whose clients have entered, and what its runs with one window came to."""

    contestant: Contestant
    loaded: subjects.Loaded
    window: int
    messages: int = 0
    """How many a run takes."""
    runs: list[Run] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    """Of one core, how busy the server was in each run."""


def measure(plan: Plan) -> list[Figure]:
    """Hearth with and without TLS, beside the thread-per-connection server."""
    contestants = [
        Contestant(subjects.HEARTH),
        Contestant(subjects.HEARTH, tls=True),
        Contestant(subjects.THREADS),
        Contestant(subjects.THREADS_IN_MEMORY),
    ]
    figures: list[Figure] = []
    for receivers in plan.receivers:
        figures += side_by_side(plan, contestants, receivers, plan.windows[:1])
    return figures


def setting(receivers: int, window: int, *, tls: bool) -> str:
    """What the table calls it."""
    return f"{receivers} receivers, {'TLS' if tls else 'plain'}, {window} under way"


def side_by_side(plan: Plan, contestants: Sequence[Contestant], receivers: int, windows: Sequence[int]) -> list[Figure]:
    """Every server with so many receivers, in turns, so that what else the machine does troubles all of them alike."""
    with contextlib.ExitStack() as stack:
        entrants: list[Entrant] = []
        for contestant in contestants:
            plan.say(f"{receivers} receivers enter: {contestant}")
            with failures.left_out(plan, f"{contestant} with {receivers} receivers"):
                loaded = stack.enter_context(_loaded(plan, contestant, receivers))
                entered = [Entrant(contestant, loaded, window) for window in windows]
                for entrant in entered:
                    warm_up(plan, entrant)
                entrants += entered
        for number in range(plan.runs):
            plan.say(f"{receivers} receivers: run {number + 1} of {plan.runs}")
            for entrant in list(entrants):
                with failures.left_out(plan, f"{entrant.contestant} with {receivers} receivers"):
                    take_turn(entrant)
                    continue
                entrants = [each for each in entrants if each.contestant is not entrant.contestant]
    return [figure for entrant in entrants for figure in _figures(entrant, receivers)]


def _loaded(plan: Plan, contestant: Contestant, receivers: int) -> contextlib.AbstractContextManager[subjects.Loaded]:
    return subjects.loaded(plan, contestant.subject, receivers, tls=contestant.tls, root=contestant.root)


def warm_up(plan: Plan, entrant: Entrant) -> None:
    """Find out how many messages a run needs to last as long as planned."""
    messages = _WARM_UP_MESSAGES
    entrant.loaded.run(messages, entrant.window)
    while (warm := entrant.loaded.run(messages, entrant.window)[0]).seconds < _WARM_UP_SECONDS:
        messages *= 4
    entrant.messages = max(_WARM_UP_MESSAGES, int(messages / warm.seconds * plan.seconds_per_run))


def take_turn(entrant: Entrant) -> None:
    """Run once more."""
    run, share = entrant.loaded.run(entrant.messages, entrant.window)
    entrant.runs.append(run)
    entrant.shares.append(share)


def _figures(entrant: Entrant, receivers: int) -> list[Figure]:
    runs, where = entrant.runs, setting(receivers, entrant.window, tls=entrant.contestant.tls)
    figures = [_figure(entrant, NAME, where, "deliveries/s", [run.deliveries_per_second for run in runs])]
    if receivers == _MESSAGES_AT:
        figures.append(_figure(entrant, MESSAGES, where, "messages/s", [run.messages / run.seconds for run in runs]))
    if receivers == _LATENCY_AT:
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            values = [run.latency_ms(share) for run in runs]
            figures.append(_figure(entrant, "latency", f"under load, {where}, {name}", "ms", values))
    return figures


def _figure(entrant: Entrant, measure: str, where: str, unit: str, values: Sequence[float]) -> Figure:
    return Figure(
        measure,
        entrant.contestant.subject,
        where,
        unit,
        tuple(values),
        server_share=statistics.median(entrant.shares),
        generator_share=statistics.median(run.generator_share for run in entrant.runs),
    )
