"""`make run` and `make demo` on a real screen: windows open, and closing them ends everything."""

import contextlib
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.serving import ROOT
from tests.conftest import Certificate

from .test_run import port_in, told

pytestmark = pytest.mark.timeout(120)


def windows(environment: dict[str, str]) -> list[str]:
    """The windows of Hearth that are on the screen."""
    search = ["xdotool", "search", "--onlyvisible", "--name", "Hearth$"]
    return subprocess.run(search, env=environment, capture_output=True, text=True, check=False).stdout.split()


def close_windows(count: int, environment: dict[str, str], wait_until: Callable[..., None]) -> None:
    """Wait for so many windows, and close each with the keyboard, as the window manager lets one."""
    wait_until(lambda: len(windows(environment)) == count, 40)
    for left in reversed(range(count)):
        window = windows(environment)[0]
        subprocess.run(["xdotool", "windowactivate", window], env=environment, check=True)
        focus_and_press = ["xdotool", "windowfocus", "--sync", window, "key", "alt+F4"]
        subprocess.run(focus_and_press, env=environment, check=True, timeout=20)
        wait_until(lambda: len(windows(environment)) == left, 20)  # noqa: B023 (called at once)


@contextlib.contextmanager
def running(script: str, environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """One of the scripts, ended when the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", script], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
        assert process.stdout
        process.stdout.close()


def test_closing_the_window_stops_the_server(
    desktop: dict[str, str], tmp_path: Path, certificate: Certificate, wait_until: Callable[..., None]
) -> None:
    own = {
        "HEARTH_PORT": "0",
        "HEARTH_DB": str(tmp_path / "hearth.db"),
        "HEARTH_CERT": str(certificate.certificate),
        "HEARTH_KEY": str(certificate.key),
        "XDG_DATA_HOME": str(tmp_path),
    }
    with running("scripts.run", {**desktop, **own}) as process:
        port = port_in(told(process, "listening on"))
        close_windows(1, desktop, wait_until)
        assert process.wait(30) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_demonstration_leaves_nothing_behind(
    desktop: dict[str, str], tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    with running("scripts.demo", {**desktop, "TMPDIR": str(tmp_path)}) as process:
        told(process, "People talk at")
        close_windows(2, desktop, wait_until)
        assert process.wait(60) == 0
    assert list(tmp_path.iterdir()) == []


def test_interrupting_a_demonstration_closes_its_windows(
    desktop: dict[str, str], tmp_path: Path, wait_until: Callable[..., None]
) -> None:
    with running("scripts.demo", {**desktop, "TMPDIR": str(tmp_path)}) as process:
        told(process, "People talk at")
        wait_until(lambda: len(windows(desktop)) == 2, 40)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert windows(desktop) == []
    assert list(tmp_path.iterdir()) == []


def test_without_a_display_a_demonstration_says_so(desktop: dict[str, str]) -> None:
    environment = {name: value for name, value in desktop.items() if name != "DISPLAY"}
    result = subprocess.run(
        [sys.executable, "-m", "scripts.demo"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert "no display" in result.stderr
