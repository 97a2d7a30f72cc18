"""`client.py` as a person starts it: a process of its own, from another directory, ended by a signal or a click."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from client_app.settings import load_settings

CLIENT = Path(__file__).resolve().parents[4] / "client.py"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_and_its_place_is_kept(display: str, tmp_path: Path, number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, str(CLIENT), "--server", "localhost", "--data-dir", str(tmp_path)], cwd="/"
    )
    log = tmp_path / "client.log"
    deadline = time.monotonic() + 20
    while not (log.is_file() and "The window is open." in log.read_text()):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)  # the pause between two looks
    process.send_signal(number)
    assert process.wait(20) == 0
    assert load_settings(tmp_path).window_geometry
