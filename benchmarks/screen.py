"""A screen that nobody looks at, and processes with windows on it."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .figures import Plan
from .servers import ROOT

_SCREEN = "1400x900x24"
_SECONDS = 300.0


class WindowFailed(Exception):
    """The window could not be measured; `str()` says what it wrote."""


def run_process(display: str, module: str, *arguments: str) -> bytes:
    """What a window's process, `benchmarks.<module>`, printed. Raises `WindowFailed`."""
    environment = os.environ | {"DISPLAY": display, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, timeout=_SECONDS, check=False)
    if done.returncode != 0:
        raise WindowFailed(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


@contextlib.contextmanager
def screen(plan: Plan) -> Iterator[str | None]:
    """The name of a display of our own; None, and a sentence, where there is no Xvfb."""
    if shutil.which("Xvfb") is None:
        plan.say("The window is not measured: Xvfb is missing; apt-get install xvfb would bring it.")
        yield None
        return
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
