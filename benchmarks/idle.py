"""What connections cost on which nothing happens: memory for each, and processor time for all, over TLS."""

import time

from server_app.limits import Limits
from shared import codec, framing
from shared.limits import PINGS
from shared.requests import Ping

from . import failures, machine, subjects
from .dialects import Returning
from .figures import Figure, Plan
from .load import Generator
from .rooms import LoadFailed
from .servers import Running

NAME = "idle"
IDLE_SECONDS = int(Limits().idle_seconds)
"""What the server tells its clients when nothing else is set."""
PING_SECONDS = IDLE_SECONDS / PINGS
_STEP_SECONDS = 0.02
_SPARE_FILES = 200


def measure(plan: Plan) -> list[Figure]:
    """More and more devices come back to one server; when all are there, they do nothing but ping."""
    room = machine.raise_file_limit() - _SPARE_FILES
    sizes = [size for size in plan.idle_connections if size <= room]
    for size in plan.idle_connections[len(sizes) :]:
        plan.leave_out(f"{size:,} idle connections: not measured. This system allows a process {room:,} open files.")
    if not sizes:
        return []
    with failures.left_out(plan, "Idle connections"):
        return _measure(plan, sizes)
    return []


def _measure(plan: Plan, sizes: list[int]) -> list[Figure]:
    stock = plan.small_stock()
    dialect = Returning(0, stock.tokens, stock.users_rev)
    figures = []
    with subjects.hearth(plan, tls=True, folder=stock.copy_to(plan.folder_for("idle")), idle_seconds=IDLE_SECONDS) as (
        server,
        target,
    ):
        empty = machine.resident_bytes(server.process_id)
        with Generator(target, dialect, sizes[-1], senders=1, native=plan.native, enters=False) as generator:
            for size in sizes:
                plan.say(f"Hearth: {size:,} idle TLS connections")
                generator.enter(size)
                # Presence is told, and what the logins needed for a moment is given back.
                generator.room.settle(plan.settle_seconds)
                each = (machine.resident_bytes(server.process_id) - empty) / size / 1000
                figures.append(Figure(NAME, subjects.HEARTH, memory_setting(size), "KB", (each,)))
            plan.say(f"Hearth: {sizes[-1]:,} connections ping for {plan.idle_seconds:.0f} seconds")
            share = _idle(generator, server, sizes[-1], plan.idle_seconds)
    return [*figures, Figure(NAME, subjects.HEARTH, processor_setting(sizes[-1]), "% of a core", (share * 100,))]


def memory_setting(size: int) -> str:
    """What the table calls it."""
    return f"each of {size:,} idle TLS connections, RSS"


def processor_setting(size: int) -> str:
    """What the table calls it."""
    return f"{size:,} idle TLS connections that ping every {PING_SECONDS:.0f} s"


def _idle(generator: Generator, server: Running, size: int, seconds: float) -> float:
    """Of one core: how busy the server was while its clients pinged, spread evenly over time. Raises `LoadFailed`."""
    before = generator.room.heard().receipts
    pinged = 0
    start, start_busy = time.perf_counter(), machine.processor_seconds(server.process_id)
    while (passed := time.perf_counter() - start) < seconds:
        due = int(passed / PING_SECONDS * size)
        while pinged < due:
            generator.room.post(pinged % size, framing.frame(codec.encode(Ping(id=2 + pinged))))
            pinged += 1
        generator.room.settle(0)
        time.sleep(_STEP_SECONDS)
    share = (machine.processor_seconds(server.process_id) - start_busy) / (time.perf_counter() - start)
    generator.room.settle(0.3)
    if (answered := generator.room.heard().receipts - before) != pinged:
        raise LoadFailed(f"{pinged} pings were sent and {answered} answered.")
    return share
