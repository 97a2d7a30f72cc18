"""Time to ready: from the start of the server's process to the first connection that it accepts."""

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
            with servers.running(servers.hearth(folder, port), port, folder / "log") as server:
                seconds.append(server.seconds_to_ready * 1000)
    return [
        Figure(NAME, subjects.HEARTH, "time to ready, new database", "ms", tuple(fresh)),
        Figure(NAME, subjects.HEARTH, "time to ready, existing database", "ms", tuple(again)),
    ]
