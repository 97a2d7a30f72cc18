"""Latency of an idle server: one message at a time, from the sender's `send` to the other person's `recv`."""

from . import subjects
from .figures import Figure, Plan

NAME = "latency"
_WARM_UP_MESSAGES = 50


def measure(plan: Plan) -> list[Figure]:
    """Hearth with and without TLS, beside the thread-per-connection server; all of them store before they tell."""
    return [
        *_of(plan, subjects.HEARTH, tls=False),
        *_of(plan, subjects.HEARTH, tls=True),
        *_of(plan, subjects.THREADS, tls=False),
    ]


def _of(plan: Plan, subject: str, *, tls: bool) -> list[Figure]:
    plan.say(f"{subject}: one message at a time{' over TLS' if tls else ''}")
    with subjects.loaded(plan, subject, receivers=2, tls=tls, senders=1) as loaded:
        loaded.run(_WARM_UP_MESSAGES, window=1)
        runs = [loaded.run(plan.single_messages, window=1)[0] for _ in range(plan.runs)]
    setting = f"idle server, one message at a time, {'TLS' if tls else 'plain'}"
    return [
        Figure(NAME, subject, f"{setting}, {name}", "ms", tuple(run.latency_ms(share) for run in runs))
        for name, share in (("p50", 0.5), ("p99", 0.99))
    ]
