"""How long a channel of a million messages takes to stand in the window, from what the device itself keeps of it."""

import msgspec

from . import failures, stock, subjects
from .figures import Figure, Plan
from .screen import WindowFailed, run_process, screen

NAME = "opening"
PEOPLE = 100
SUBJECT = "Hearth's window"


class OpenedChannel(msgspec.Struct):
    """What a process that opens the channel prints; milliseconds."""

    first: float
    """The first time since the program was started."""
    again: list[float]


def setting(messages: int, what: str) -> str:
    """What the table calls it; `what` is “first time” or “again”."""
    return f"a channel of {messages:,} messages from the local store, until painted, {what}"


def measure(plan: Plan) -> list[Figure]:
    """Somebody has read in it before; each run starts the program anew and opens another channel first."""
    plan.say(f"The window: a channel of {plan.stored_messages:,} messages opens")
    with failures.left_out(plan, "Opening a channel"), screen(plan) as display:
        if display is None:
            return []
        made = stock.make(plan.folder_for("stock-opening"), PEOPLE, plan.stored_messages, channels=1)
        with subjects.hearth(plan, tls=False, folder=made.folder) as (_, target):
            folder = str(plan.folder_for("reader"))
            run_process(display, "opening_process", "read", folder, str(target.port))
            try:
                answers = [run_process(display, "opening_process", "open", folder) for _ in range(plan.runs)]
            except WindowFailed as failure:
                plan.fail(f"The channel did not open and is left out: {failure}")
                return []
        runs = [msgspec.json.decode(answer, type=OpenedChannel) for answer in answers]
        again = tuple(value for run in runs for value in run.again)
        return [
            Figure(NAME, SUBJECT, setting(plan.stored_messages, "first time"), "ms", tuple(run.first for run in runs)),
            Figure(NAME, SUBJECT, setting(plan.stored_messages, "again"), "ms", again),
        ]
    return []
