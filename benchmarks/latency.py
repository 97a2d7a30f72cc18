"""Latency of an idle server: one message at a time, from the sender's `send` to the other person's `recv`."""

from . import failures, subjects
from .figures import Figure, Plan

NAME = "latency"
_WARM_UP_MESSAGES = 50


def measure(plan: Plan) -> list[Figure]:
    """Hearth with and without TLS, beside the thread-per-connection server; all of them store before they tell."""
    return [*measure_hearth(plan), *_of(plan, subjects.THREADS, tls=False)]


def measure_hearth(plan: Plan) -> list[Figure]:
    """Hearth alone, with and without TLS."""
    return [*_of(plan, subjects.HEARTH, tls=False), *_of(plan, subjects.HEARTH, tls=True)]


def setting(name: str, *, tls: bool) -> str:
    """What the table calls it; `name` is p50 or p99."""
    return f"idle server, one message at a time, {'TLS' if tls else 'plain'}, {name}"


def _of(plan: Plan, subject: str, *, tls: bool) -> list[Figure]:
    plan.say(f"{subject}: one message at a time{' over TLS' if tls else ''}")
    with failures.left_out(plan, f"{subject}, one message at a time"):
        with subjects.loaded(plan, subject, receivers=2, tls=tls, senders=1) as loaded:
            loaded.run(_WARM_UP_MESSAGES, window=1)
            runs = [loaded.run(plan.single_messages, window=1)[0] for _ in range(plan.runs)]
        return [
            Figure(NAME, subject, setting(name, tls=tls), "ms", tuple(run.latency_ms(share) for run in runs))
            for name, share in (("p50", 0.5), ("p99", 0.99))
        ]
    return []
