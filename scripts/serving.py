"""A server of one's own as a child process: started, waited for until it listens, and stopped."""

import contextlib
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from certs.gen_certs import LOOPBACK, generate

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
"""Seconds until a server that has not said that it listens is given up: migrations of a large database take a while."""
STOP_SECONDS = 15.0

_READY = re.compile(r"listening on (?P<host>\S+):(?P<port>\d+)$")
_PLAIN = "TLS: OFF"
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where a server that listens on every interface is reached from its own machine."""


class Stopped(Exception):
    """Somebody asked this program to stop, by Ctrl+C or a signal."""


class NotServing(Exception):
    """The server ended before it listened; it has said why itself."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The server ended with status {status}.")
        self.status = status


@dataclass(frozen=True)
class Served:
    """A server that listens."""

    host: str
    port: int
    tls: bool


@contextlib.contextmanager
def serving(
    arguments: Sequence[str] = (), *, environment: Mapping[str, str] | None = None, quiet: bool = False
) -> Iterator[tuple[Served, "subprocess.Popen[str]"]]:
    """Run `server.py` with these arguments for as long as the block lasts.

    What it says is passed on, unless `quiet`. Raises `NotServing` where it ends, or stays silent, before it listens.
    """
    # A process group of its own: Ctrl+C reaches this program alone, which then stops the server once.
    process = subprocess.Popen(
        [sys.executable, "-u", str(ROOT / "server.py"), *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    )
    ready: SimpleQueue[Served | None] = SimpleQueue()
    reader = threading.Thread(target=_pass_on, args=(process, ready, quiet), name="server output", daemon=True)
    reader.start()
    try:
        yield _wait(process, ready), process
    finally:
        stop(process)
        reader.join(STOP_SECONDS)


def make_certificates(folder: Path) -> None:
    """Make certificates for this machine in a folder, unless there are some."""
    if not (folder / "server.crt").exists():
        generate(folder, ["localhost"], LOOPBACK)


def stop(process: "subprocess.Popen[Any]") -> None:
    """Ask a process to stop, and end it where it does not within some seconds."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(process: "subprocess.Popen[str]") -> int:
    """The status with which a process ends.

    Looks up every second, because a signal that comes just before a wait begins does not end that wait.
    """
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(1)


def stop_on_signals() -> None:
    """From now on the first Ctrl+C, SIGTERM or SIGHUP raises `Stopped` here; stopping is then not disturbed by more."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def raise_stopped(*_: object) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    for number in numbers:
        signal.signal(number, raise_stopped)


def _pass_on(process: "subprocess.Popen[str]", ready: "SimpleQueue[Served | None]", quiet: bool) -> None:
    """Runs on its own thread until the server closes its output, so that the server never waits for a reader."""
    assert process.stdout is not None
    tls = True
    with process.stdout as lines:
        for line in lines:
            if not quiet:
                sys.stdout.write(line)
                sys.stdout.flush()
            tls = tls and not line.startswith(_PLAIN)
            if found := _READY.search(line):
                host = found["host"].strip("[]")
                ready.put(Served(_EVERYWHERE.get(host, host), int(found["port"]), tls))
    ready.put(None)


def _wait(process: "subprocess.Popen[str]", ready: "SimpleQueue[Served | None]") -> Served:
    try:
        served = ready.get(timeout=PATIENCE)
    except Empty:
        served = None
    if served is None:
        stop(process)
        raise NotServing(process.returncode)
    return served
