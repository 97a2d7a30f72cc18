"""The desktop window under Xvfb: time to first paint, and frame times with 1,000 and 100,000 messages."""

import time

import msgspec

from .figures import Figure, Plan
from .screen import WindowFailed, run_process, screen

NAME = "window"
MESSAGES = (1_000, 100_000)
_SUBJECT = "Hearth's window"
_STARTS = 5


class Shown(msgspec.Struct):
    """What a process that shows its login screen prints."""

    painted: float
    """When the X server had drawn it, in seconds since 1970."""


class Scrolled(msgspec.Struct):
    """What a process that shows a list prints; milliseconds."""

    shown: float
    scrolled: list[float]
    appended: list[float]


def measure(plan: Plan) -> list[Figure]:
    """Nothing where there is no Xvfb; otherwise the login screen and lists of both lengths."""
    with screen(plan) as display:
        if display is None:
            return []
        figures = _list(plan, display, MESSAGES[0]) + _list(plan, display, MESSAGES[1])
        try:
            return [*_first_paint(plan, display), *figures]
        except WindowFailed as failure:
            plan.say(f"The whole window did not open and is left out: {failure}")
            return figures


def _first_paint(plan: Plan, display: str) -> list[Figure]:
    plan.say("The window: time to first paint")
    milliseconds = []
    for _ in range(_STARTS):
        start = time.time()
        answer = run_process(display, "window_process", "login", str(plan.folder_for("window")))
        milliseconds.append((msgspec.json.decode(answer, type=Shown).painted - start) * 1000)
    return [Figure(NAME, _SUBJECT, "from the process's start to the painted login screen", "ms", tuple(milliseconds))]


def _list(plan: Plan, display: str, count: int) -> list[Figure]:
    plan.say(f"The window: a list of {count:,} messages")
    runs = [
        msgspec.json.decode(run_process(display, "window_process", "list", str(count)), type=Scrolled) for _ in range(3)
    ]
    setting = f"{count:,} messages"
    frames = [
        Figure(NAME, _SUBJECT, f"{setting}, {what}, {name}", "ms", tuple(_quantile(each, share) for each in values))
        for what, values in (
            ("frame while scrolling", [run.scrolled for run in runs]),
            ("frame with a new message", [run.appended for run in runs]),
        )
        for name, share in (("p50", 0.5), ("p95", 0.95))
    ]
    return [Figure(NAME, _SUBJECT, f"{setting}, until painted", "ms", tuple(run.shown for run in runs)), *frames]


def _quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
