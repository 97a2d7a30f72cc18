"""From the start of the server's process until it says that it listens; and what it then holds in memory."""

import time
from dataclasses import dataclass
from pathlib import Path

from . import failures, machine, subjects
from .figures import Figure, Plan

NAME = "start"
NEW, EMPTY = "new database", "empty database"
_SETTLE_SECONDS = 0.5


@dataclass(frozen=True)
class Start:
    """One start of a server."""

    milliseconds: float
    """Until it said that it listens."""
    megabytes: float
    """Resident, a moment later."""


def measure(plan: Plan) -> list[Figure]:
    """With no database yet, which the server then makes, with an empty one, and with a full one."""
    plan.say("Hearth: time to ready")
    with failures.left_out(plan, "Time to ready"):
        folders = [plan.folder_for("start") for _ in range(plan.starts)]
        full = plan.stock().copy_to(plan.folder_for("start-full"))
        return [
            *_figures(NEW, [_start(plan, folder) for folder in folders]),
            *_figures(EMPTY, [_start(plan, folder) for folder in folders]),
            *_figures(stored(plan.stored_messages), [_start(plan, full) for _ in range(plan.starts)]),
        ]
    return []


def stored(messages: int) -> str:
    """What the table calls a database with so many."""
    return f"{messages:,} messages stored"


def ready_setting(database: str) -> str:
    """What the table calls it."""
    return f"time to ready, TLS, {database}"


def memory_setting(database: str) -> str:
    """What the table calls it."""
    return f"nobody connected, TLS, {database}, RSS"


def _start(plan: Plan, folder: Path) -> Start:
    with subjects.hearth(plan, tls=True, folder=folder) as (server, _):
        time.sleep(_SETTLE_SECONDS)
        megabytes = machine.resident_bytes(server.process_id) / 1e6
        return Start(server.seconds_to_ready * 1000, megabytes)


def _figures(database: str, starts: list[Start]) -> list[Figure]:
    ready, held = tuple(each.milliseconds for each in starts), tuple(each.megabytes for each in starts)
    return [
        Figure(NAME, subjects.HEARTH, ready_setting(database), "ms", ready),
        Figure(NAME, subjects.HEARTH, memory_setting(database), "MB", held),
    ]
