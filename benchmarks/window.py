"""The desktop window under Xvfb: time to first paint, and frame times with 1,000 and 100,000 messages."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from .figures import Figure, Plan
from .servers import ROOT

NAME = "window"
MESSAGES = (1_000, 100_000)
_SUBJECT = "Hearth's window"
_STARTS = 5
_SCREEN = "1400x900x24"
_SECONDS = 120.0


class WindowFailed(Exception):
    """The window could not be measured; `str()` says what it wrote."""


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
    if shutil.which("Xvfb") is None:
        plan.say("The window is not measured: Xvfb is missing; apt-get install xvfb would bring it.")
        return []
    with _screen() as display:
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
        answer = _run(display, "login", str(plan.folder_for("window")))
        milliseconds.append((msgspec.json.decode(answer, type=Shown).painted - start) * 1000)
    return [Figure(NAME, _SUBJECT, "from the process's start to the painted login screen", "ms", tuple(milliseconds))]


def _list(plan: Plan, display: str, count: int) -> list[Figure]:
    plan.say(f"The window: a list of {count:,} messages")
    runs = [msgspec.json.decode(_run(display, "list", str(count)), type=Scrolled) for _ in range(3)]
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


def _run(display: str, *arguments: str) -> bytes:
    """What a window's process printed. Raises `WindowFailed`."""
    environment = os.environ | {"DISPLAY": display, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "benchmarks.window_process", *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, timeout=_SECONDS, check=False)
    if done.returncode != 0:
        raise WindowFailed(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


@contextlib.contextmanager
def _screen() -> Iterator[str]:
    """An X server of our own; its display's name."""
    reading, writing = os.pipe()
    with Path(os.devnull).open("wb") as nowhere:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=nowhere,
        )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
