"""Deliveries a second: four senders, 16 messages under way, everybody in the room receives every message."""

import statistics
from collections.abc import Sequence

from . import subjects
from .figures import Figure, Plan
from .load import Run

NAME = "deliveries"
_LATENCY_AT = 200
_WARM_UP_MESSAGES = 100


def measure(plan: Plan) -> list[Figure]:
    """Hearth with and without TLS, beside the thread-per-connection server."""
    figures: list[Figure] = []
    for receivers in plan.receivers:
        figures += of(plan, subjects.HEARTH, receivers)
        figures += of(plan, subjects.HEARTH, receivers, tls=True)
        figures += of(plan, subjects.THREADS, receivers)
        figures += of(plan, subjects.THREADS_IN_MEMORY, receivers)
    return figures


def of(plan: Plan, subject: str, receivers: int, *, tls: bool = False) -> list[Figure]:
    """One server with so many receivers: deliveries a second and, at 200 receivers, the latency under that load."""
    plan.say(f"{subject}: {receivers} receivers{' over TLS' if tls else ''}")
    with subjects.loaded(plan, subject, receivers, tls=tls) as loaded:
        loaded.run(_WARM_UP_MESSAGES)
        warm, _ = loaded.run(_WARM_UP_MESSAGES)
        messages = max(_WARM_UP_MESSAGES, int(warm.messages / warm.seconds * plan.seconds_per_run))
        results = [loaded.run(messages) for _ in range(plan.runs)]
    runs, shares = [run for run, _ in results], [share for _, share in results]
    setting = f"{receivers} receivers, {'TLS' if tls else 'plain'}"
    figures = [
        _figure(NAME, subject, setting, "deliveries/s", [run.deliveries_per_second for run in runs], runs, shares)
    ]
    if receivers == _LATENCY_AT:
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            values = [run.latency_ms(share) for run in runs]
            figures.append(_figure("latency", subject, f"under load, {setting}, {name}", "ms", values, runs, shares))
    return figures


def _figure(
    measure: str, subject: str, setting: str, unit: str, values: Sequence[float], runs: list[Run], shares: list[float]
) -> Figure:
    return Figure(
        measure,
        subject,
        setting,
        unit,
        tuple(values),
        server_share=statistics.median(shares),
        generator_share=statistics.median(run.generator_share for run in runs),
    )
