"""What one delivery costs the server in processor time, whether a hundred or ten thousand are connected."""

import contextlib
import time

from . import deliveries, failures, machine, subjects
from .deliveries import Entrant
from .dialects import Returning
from .figures import Figure, Plan
from .load import Generator

NAME = "cost"
_WINDOW = 16
_SPARE_FILES = 200


def measure(plan: Plan) -> list[Figure]:
    """Rooms of several sizes, each with a server of its own, in turns; everybody hears every message."""
    files = machine.raise_file_limit() - _SPARE_FILES
    entrants: dict[int, Entrant] = {}
    with contextlib.ExitStack() as stack:
        for size in plan.cost_receivers:
            plan.say(f"Hearth: {size:,} connections that all hear what is said")
            if size + sum(entrants) > files:
                plan.leave_out(f"A room of {size:,}: not measured. This system allows a process {files:,} open files.")
                continue
            with failures.left_out(plan, f"The cost of a delivery to {size:,}"):
                entrants[size] = _enter(plan, stack, size)
        for _ in range(plan.runs):
            for size, entrant in entrants.items():
                with failures.left_out(plan, f"The cost of a delivery to {size:,}"):
                    deliveries.take_turn(entrant)
    return [_figure(size, entrant) for size, entrant in entrants.items() if entrant.runs]


def setting(size: int) -> str:
    """What the table calls it."""
    return f"processor time of a delivery, {size:,} receivers, plain, {_WINDOW} under way"


def _enter(plan: Plan, stack: contextlib.ExitStack, size: int) -> Entrant:
    stock = plan.small_stock()
    folder = stock.copy_to(plan.folder_for("cost"))
    server, target = stack.enter_context(subjects.hearth(plan, tls=False, folder=folder))
    dialect = Returning(time.monotonic_ns() & 0xFFFFFFFF, stock.tokens, stock.users_rev)
    generator = stack.enter_context(Generator(target, dialect, size, senders=subjects.SENDERS, native=plan.native))
    entrant = Entrant(deliveries.Contestant(subjects.HEARTH), subjects.Loaded(server, generator), _WINDOW)
    deliveries.warm_up(plan, entrant)
    return entrant


def _figure(size: int, entrant: Entrant) -> Figure:
    pairs = zip(entrant.runs, entrant.shares, strict=True)
    microseconds = tuple(share * run.seconds / run.deliveries * 1e6 for run, share in pairs)
    return Figure(NAME, subjects.HEARTH, setting(size), "µs", microseconds)
