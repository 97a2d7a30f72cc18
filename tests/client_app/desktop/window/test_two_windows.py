"""Two windows, each in a process of its own, on one server at once: what one writes the other shows."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server_app.app import App
from tests.conftest import Certificate

ROOT = Path(__file__).resolve().parents[4]


class Remote:
    """A window in another process."""

    def __init__(self, folder: Path, port: int, ca_file: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.client_app.desktop.window.window_process", folder, str(port), ca_file],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def begin(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def end(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ok\n"

    def do(self, line: str) -> None:
        self.begin(line)
        self.end()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        self._process.wait(10)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


@pytest.fixture
def windows(display: str, tmp_path: Path, server: App, certificate: Certificate) -> Iterator[tuple[Remote, Remote]]:
    """Alice's and bob's."""
    port = server.address[1]
    remotes = tuple(Remote(tmp_path / name, port, certificate.certificate) for name in ("alice", "bob"))
    yield remotes[0], remotes[1]
    for remote in remotes:
        remote.stop()


def test_two_windows_exchange_messages_and_see_what_becomes_of_them(windows: tuple[Remote, Remote]) -> None:
    alice, bob = windows
    alice.begin("in alice")
    bob.begin("in bob")
    alice.end()
    bob.end()
    for number in range(3):
        alice.do(f"say alice {number}")
        bob.do(f"see alice {number}")
        bob.do(f"say bob {number}")
        alice.do(f"see bob {number}")
    alice.do("edit alice, anew")
    bob.do("see alice, anew")
    bob.do("delete")
    alice.do("miss bob 2")
    alice.do("leave")
    bob.do("leave")
