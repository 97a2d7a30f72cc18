"""`client.py` as a person starts it: a process of its own, from another directory, ended by a signal or a click."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from client_app.settings import load_settings
from server_app.app import App
from tests.conftest import ServerFactory

from .conftest import OpenWindow

CLIENT = Path(__file__).resolve().parents[4] / "client.py"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_and_its_place_is_kept(display: str, tmp_path: Path, number: signal.Signals) -> None:
    with started(tmp_path, "--server", "localhost") as process:
        process.send_signal(number)
        assert process.wait(20) == 0
    assert load_settings(tmp_path).window_geometry


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="Closes the window as X11’s window managers do.")
def test_the_cross_in_the_frame_closes_the_window_and_what_is_unsent_is_kept(
    server: App, start_server: ServerFactory, open_window: OpenWindow, tmp_path: Path
) -> None:
    alice = open_window(server, "alice").come_in("alice", remember=True)
    alice.leave()
    with started(tmp_path / "alice", until="Logged in") as process:
        server.stop(2)
        at_the_window("type", "said without a server\n")
        at_the_window("type", "half a sent")
        at_the_window("close")
        assert process.wait(20) == 0
    start_server(port=server.address[1])
    again = open_window(server, "alice")
    again.until(lambda: again.sent == ["said without a server"])
    assert again.composer.get() == "half a sent"


@contextlib.contextmanager
def started(folder: Path, *arguments: str, until: str = "The window is open.") -> Iterator["subprocess.Popen[bytes]"]:
    """The program, from when its log says so; ended by force where the test does not get that far."""
    process = subprocess.Popen([sys.executable, str(CLIENT), "--data-dir", str(folder), *arguments], cwd="/")
    try:
        log = folder / "client.log"
        deadline = time.monotonic() + 30
        while not (log.is_file() and until in log.read_text()):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)  # the pause between two looks
        yield process
    finally:
        process.kill()
        process.wait(10)


def at_the_window(*words: str) -> None:
    """Do this to the window, as a window manager or a keyboard would."""
    command = [sys.executable, "-m", "tests.client_app.desktop.window.window_manager", *words]
    subprocess.run(command, cwd=CLIENT.parent, check=True, timeout=30)
