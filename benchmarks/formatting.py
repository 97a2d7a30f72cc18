"""What formatting costs the window: laying out messages, reading hostile ones, scrolling through formatted ones."""

import msgspec

from . import failures
from .figures import Figure, Plan
from .screen import WindowFailed, run_process, screen

NAME = "formatting"
SUBJECT = "Hearth's window"
PLAIN, FORMATTED = "laying out a plain message", "laying out a formatted message"
HOSTILE = "reading the worst of some thirty texts that were written to do harm"
FRAME = "a list of formatted messages, frame while scrolling, p95"


class Formatted(msgspec.Struct):
    """What a process that formats prints."""

    plain: float
    """Microseconds, the median."""
    formatted: float
    hostile: float
    """Milliseconds of the slowest; each is read several times, of which the quickest counts."""
    frames: list[float]
    """Milliseconds."""


def measure(plan: Plan) -> list[Figure]:
    """Nothing where there is no Xvfb."""
    plan.say("The window: formatting")
    with failures.left_out(plan, "Formatting"), screen(plan) as display:
        if display is None:
            return []
        try:
            answers = [run_process(display, "formatting_process") for _ in range(plan.runs)]
        except WindowFailed as failure:
            plan.fail(f"Formatting could not be measured and is left out: {failure}")
            return []
        runs = [msgspec.json.decode(answer, type=Formatted) for answer in answers]
        return [
            Figure(NAME, SUBJECT, PLAIN, "µs", tuple(run.plain for run in runs)),
            Figure(NAME, SUBJECT, FORMATTED, "µs", tuple(run.formatted for run in runs)),
            Figure(NAME, SUBJECT, HOSTILE, "ms", tuple(run.hostile for run in runs)),
            Figure(NAME, SUBJECT, FRAME, "ms", tuple(_p95(run.frames) for run in runs)),
        ]
    return []


def _p95(values: list[float]) -> float:
    return sorted(values)[len(values) * 95 // 100]
