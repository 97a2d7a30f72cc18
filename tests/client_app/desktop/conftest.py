"""A screen of the tests' own, a window on it, and people who have something to say."""

import datetime
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from client_app.core.timeline.timeline import Entry, EntryKind
from client_app.desktop.toolkit import Root
from shared.types import UserId

MONDAY = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A private X server of 1400 x 900 pixels at 96 dpi; each process of the test run has its own."""
    if sys.platform in {"win32", "darwin"}:
        yield ""
        return
    program = shutil.which("Xvfb")
    if program is None:
        pytest.fail("These tests need Xvfb, a screen without a monitor. `make test` installs it.", pytrace=False)
    reader, writer = os.pipe()
    command = [program, "-displayfd", str(writer), "-screen", "0", "1400x900x24", "-dpi", "96", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    if not number:
        pytest.fail("Xvfb did not start. `Xvfb :99` in a terminal says why.", pytrace=False)
    before = {name: os.environ.pop(name, None) for name in ("DISPLAY", "GDK_SCALE")}
    os.environ["DISPLAY"] = f":{number}"
    yield os.environ["DISPLAY"]
    for name, value in before.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    server.terminate()
    server.wait(10)


@pytest.fixture
def root(display: str) -> Iterator[Root]:
    """An empty window of 900 x 700 pixels, on the screen."""
    window = Root()
    errors: list[str] = []
    window.on_error = errors.append
    window.geometry("900x700+0+0")
    window.update()
    yield window
    window.update()
    window.destroy()
    assert errors == [], "A handler of the window failed; the log says which."


Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def until(root: Root) -> Until:
    """Lets the window work until a condition holds, for at most five seconds."""

    def wait(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 5
        while not condition():
            assert time.monotonic() < deadline, "It did not happen within five seconds."
            root.update()
            time.sleep(0.001)  # leaves the interpreter to the threads

    return wait


Say = Callable[..., Entry]


@pytest.fixture
def say() -> Say:
    """A message of alice's, number by number a minute apart; any field may be given."""

    def make(number: int, text: str = "", **fields: object) -> Entry:
        values: dict[str, object] = {"author": "alice", "author_id": UserId(1), "seq": number} | fields
        time_of_it = MONDAY + datetime.timedelta(minutes=number)
        return Entry(f"m{number}", EntryKind.MESSAGE, time_of_it, text or f"message {number}", **values)  # type: ignore[arg-type]  # as the test has them

    return make
