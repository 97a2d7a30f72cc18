"""A whole house comes back after its server was killed or stopped, soon, and without one refusal."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from ..conftest import Certificate
from .crowd import HAS_MANY_ADDRESSES, Report, fill_house
from .test_failures_of_the_field import address_of

ROOT = Path(__file__).parents[2]
DEVICES = 1000
DEADLINE = 60.0
"""Seconds that nothing here takes, on however busy a machine. What it takes is printed."""


def free_port() -> int:
    """A port outside of the range from which the kernel takes those of dialling sockets.

    Within it, a device that dials while nobody listens could be connected to itself.
    """
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                continue
            probe.close()
        return port
    raise AssertionError("no port is free")


class House:
    """A server process that ends and is started again on the same port and database, and a crowd that stays with it."""

    def __init__(self, folder: Path, certificate: Certificate) -> None:
        fill_house(folder / "hearth.db", DEVICES)
        self.port = free_port()
        self._command = [sys.executable, str(ROOT / "server.py"), "--db", str(folder / "hearth.db")]
        self._command += ["--cert", str(certificate.certificate), "--key", str(certificate.key)]
        self._command += ["--port", str(self.port), "--log-level", "warning"]
        if not HAS_MANY_ADDRESSES:
            # Behind one address, no more than one school is expected.
            self._command += ["--no-limits"]
        self.server = self.start()
        crowd = [sys.executable, "-m", "tests.server_app.crowd", "127.0.0.1", str(self.port), str(DEVICES)]
        self._crowd = subprocess.Popen(crowd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    def start(self) -> "subprocess.Popen[str]":
        """Start the server, and return when it listens."""
        self.server = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True, cwd="/")
        address_of(self.server)
        return self.server

    def all_in(self) -> Report:
        """Wait until everybody is in who was not."""
        while not (report := self.next_report()).all_in_at:
            pass
        return report

    def next_report(self) -> Report:
        """Wait until everybody is in, or has dialled in vain for about two seconds."""
        assert self._crowd.stdout is not None
        return msgspec.json.decode(self._crowd.stdout.readline(), type=Report)

    def close(self) -> None:
        """End both processes."""
        self.server.kill()
        self._crowd.kill()
        for process in (self.server, self._crowd):
            process.communicate()


@pytest.fixture
def house(tmp_path: Path, certificate: Certificate) -> Iterator[House]:
    house = House(tmp_path, certificate)
    yield house
    house.close()


def test_a_thousand_devices_come_back_after_a_kill_and_nobody_is_refused(house: House) -> None:
    assert house.all_in().refused == {}
    house.server.kill()
    house.server.communicate()
    assert house.next_report().nobody_there > 0
    house.start()
    listening = time.time()
    back = house.all_in()
    print(f"{DEVICES} devices were back {back.all_in_at - listening:.2f} s after the server's start: {back}")
    assert (back.refused, back.hung_up_on) == ({}, {})
    assert back.all_in_at - listening < DEADLINE


def test_a_restart_is_told_of_and_everybody_is_back_after_it(house: House) -> None:
    assert house.all_in().refused == {}
    began = time.time()
    house.server.send_signal(signal.SIGTERM)
    assert house.server.wait(DEADLINE) == 0
    stopped = time.time()
    house.start()
    listening = time.time()
    back = house.all_in()
    print(
        f"stopped in {stopped - began:.2f} s, started in {listening - stopped:.2f} s, "
        f"all {DEVICES} back after {back.all_in_at - began:.2f} s: {back}"
    )
    assert back.told_to_return == DEVICES
    assert (back.refused, back.hung_up_on) == ({}, {})
    assert back.all_in_at - began < DEADLINE
