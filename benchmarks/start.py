"""Time to ready: from the start of the server's process until it says that it listens."""

from . import servers, subjects
from .figures import Figure, Plan

NAME = "start"


def measure(plan: Plan) -> list[Figure]:
    """With no database yet, which the server then makes, and with one that is there."""
    plan.say("Hearth: time to ready")
    fresh: list[float] = []
    again: list[float] = []
    for _ in range(plan.starts):
        folder = plan.folder_for("start")
        for seconds in (fresh, again):
            port = servers.free_port()
            command, log = servers.hearth(folder, port), folder / f"log-{port}"
            with servers.running(command, port, log, ready=servers.HEARTH_READY) as server:
                seconds.append(server.seconds_to_ready * 1000)
    return [
        Figure(NAME, subjects.HEARTH, "time to ready, new database", "ms", tuple(fresh)),
        Figure(NAME, subjects.HEARTH, "time to ready, existing database", "ms", tuple(again)),
    ]
