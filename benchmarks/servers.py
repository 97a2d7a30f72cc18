"""Servers as child processes: each alone on its core, waited for until it listens, ended by its process id."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import machine

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30.0
HEARTH_READY = b"Hearth is listening on"
"""The last line that Hearth prints while it starts."""
STOP_SECONDS = 15.0
LISTENERS_SECONDS = 3600
"""Most clients of a benchmark only listen, and are not to be sent away for it."""


class StartFailed(Exception):
    """A server did not begin to listen; `str()` says what it wrote."""


@dataclass(frozen=True)
class Running:
    """A server that listens."""

    process_id: int
    port: int
    seconds_to_ready: float
    """From the start of its process until it says so and accepts a connection."""


@contextlib.contextmanager
def running(command: Sequence[str], port: int, log: Path, *, ready: bytes = b"") -> Iterator[Running]:
    """Start a server that will listen on this port of the loopback, and end it afterwards. Raises `StartFailed`.

    It is waited for until it accepts a connection and, where it says when it is `ready`, until it has said so.
    """
    with log.open("ab") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            _pinned(command), stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=log.parent
        )
        try:
            _wait_until_it_listens(process, port, log, ready)
            yield Running(process.pid, port, time.perf_counter() - start)
        finally:
            _end(process)


@dataclass(frozen=True)
class Pair:
    """The files of a certificate and its key."""

    certificate: Path
    key: Path


def hearth(
    folder: Path, port: int, *, pair: Pair | None = None, root: Path = ROOT, idle_seconds: int = LISTENERS_SECONDS
) -> list[str]:
    """The command for the Hearth of a checkout, with the database `hearth.db` in `folder` and every rate limit off.

    With a certificate it speaks TLS. Whoever is silent for `idle_seconds` is sent away.
    """
    command = ["env", f"HEARTH_LIMIT_IDLE_SECONDS={idle_seconds}", sys.executable, str(root / "server.py")]
    command += ["--port", str(port), "--db", str(folder / "hearth.db")]
    command += ["--bcrypt-rounds", "4", "--no-limits", "--io-threads", "1", "--log-level", "warning"]
    return [*command, "--cert", str(pair.certificate), "--key", str(pair.key)] if pair else [*command, "--no-tls"]


def thread_per_connection(folder: Path, port: int, *, durable: bool) -> list[str]:
    """The command for the comparison server; not durable, it keeps nothing."""
    command = [sys.executable, "-m", "benchmarks.thread_per_connection", "--port", str(port)]
    command = ["env", f"PYTHONPATH={ROOT}", *command]
    return [*command, "--db", str(folder / "threads.db")] if durable else command


def relay(port: int) -> list[str]:
    """The command for the relay, which passes on what it reads and does nothing else."""
    return ["env", f"PYTHONPATH={ROOT}", sys.executable, "-m", "benchmarks.relay", str(port)]


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _pinned(command: Sequence[str]) -> list[str]:
    """The command on the servers' core from its first instruction on."""
    core = machine.server_core()
    return list(command) if core is None else ["taskset", "--cpu-list", str(core), *command]


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path, ready: bytes) -> None:
    deadline = time.perf_counter() + START_SECONDS
    while time.perf_counter() < deadline:
        if process.poll() is not None:
            break
        if ready in log.read_bytes():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        time.sleep(0.002)
    raise StartFailed(f"{process.args!r} does not listen on port {port}. It wrote:\n{log.read_text()[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
