"""The server as a process of its own: started, stopped in every way, and started again at the same port."""

import contextlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

from certs.gen_certs import LOOPBACK, generate

from .disk import Disk

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0
"""Seconds until a server that does not listen is given up."""
STOP_SECONDS = 20.0

LIMITS = {
    # A connection that has died without a word is found out within a short run: clients ping four times as often.
    "HEARTH_LIMIT_IDLE_SECONDS": "20",
    # Whoever does not read is cut after seconds and not after minutes.
    "HEARTH_LIMIT_OUTGOING_BYTES": str(96 * 1024),
}
_LISTENING = re.compile(r"listening on \S+:\d+$", re.MULTILINE)


class HouseError(Exception):
    """The server did what no fault explains; `str()` says what."""


class House:
    """One server, of many lives. Its methods block, and belong to one thread at a time."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self.database = disk.folder / "hearth.db"
        self.files = disk.folder / "hearth.files"
        self.log = folder / "server.log"
        self.authority = folder / "certificates" / "ca.crt"
        generate(self.authority.parent, ["localhost"], LOOPBACK)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address: tuple[str, int] = free.getsockname()
        self.lives = 0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens. Raises `HouseError`."""
        offset = self.log.stat().st_size if self.log.exists() else 0
        certificates = self.authority.parent
        arguments = {
            "port": self.address[1],
            "db": self.database,
            "cert": certificates / "server.crt",
            "key": certificates / "server.key",
            "bcrypt-rounds": 4,
        }
        words = [f"--{name}={value}" for name, value in arguments.items()]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-u", str(ROOT / "server.py"), "--no-limits", *words],
                env={**os.environ, **LIMITS},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
            )
        self.lives += 1
        deadline = time.monotonic() + PATIENCE
        while not _LISTENING.search(self._said_since(offset)):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise HouseError(f"The server did not start:\n{self._said_since(offset)[-2000:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """End it as a power cut ends a process."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()

    def stop(self) -> bool:
        """Ask it to stop; whether it did so in time, and with status 0."""
        if self._process is None:
            return True
        self._process.terminate()
        try:
            return self._process.wait(STOP_SECONDS) == 0
        except subprocess.TimeoutExpired:
            self.kill()
            return False

    def freeze(self) -> None:
        """Let it do nothing at all."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def fill_disk(self) -> None:
        """Leave no byte free on its disk."""
        self._disk.fill()

    def make_room(self) -> None:
        """Let go of what fills its disk."""
        self._disk.make_room()

    def lock(self, seconds: float, give_up: threading.Event) -> None:
        """Hold its database for so long, as another program that writes to it."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=10, isolation_level=None)) as connection:
            connection.execute("begin exclusive")
            give_up.wait(seconds)
            connection.execute("rollback")

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def _signal(self, number: int) -> None:
        if self._process is not None and self.is_alive():
            self._process.send_signal(number)

    def _said_since(self, offset: int) -> str:
        with self.log.open("rb") as log:
            log.seek(offset)
            return log.read().decode(errors="replace")
