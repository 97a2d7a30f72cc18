"""What the server holds in memory: empty, and for each TLS connection that is logged in and idle."""

import time

from . import machine, subjects
from .dialects import Hearth
from .figures import Figure, Plan
from .load import Generator

NAME = "memory"
_RUNS = 3
_SETTLE_SECONDS = 0.5


def measure(plan: Plan) -> list[Figure]:
    """Empty server, then 1,000 and 5,000 idle TLS connections."""
    empty: list[float] = []
    figures = [_idle(plan, connections, empty) for connections in plan.idle_connections]
    return [Figure(NAME, subjects.HEARTH, "empty server, TLS, RSS", "MiB", tuple(empty)), *figures]


def _idle(plan: Plan, connections: int, empty: list[float]) -> Figure:
    per_connection: list[float] = []
    for run in range(_RUNS):
        plan.say(f"Hearth: {connections} idle TLS connections, run {run + 1} of {_RUNS}")
        with subjects.hearth(plan, tls=True) as (server, target):
            before = machine.resident_bytes(server.process_id)
            empty.append(before / 2**20)
            with Generator(target, Hearth(run, subjects.accounts_for(connections), subjects.SENDERS), connections):
                time.sleep(_SETTLE_SECONDS)  # what the logins needed for a moment is given back
                held = machine.resident_bytes(server.process_id) - before
        per_connection.append(held / connections / 1024)
    return Figure(
        NAME, subjects.HEARTH, f"each of {connections} idle TLS connections, RSS", "KiB", tuple(per_connection)
    )
