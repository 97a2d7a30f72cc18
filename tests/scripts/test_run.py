"""`make run`: the server and the window stand and fall together."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.run import client_arguments
from scripts.serving import ROOT, Served
from tests.conftest import Certificate
from tests.peer import Peer

Run = "subprocess.Popen[str]"


@pytest.fixture
def environment(tmp_path: Path, certificate: Certificate) -> dict[str, str]:
    """Settings of a server of its own, and no display."""
    own = {
        "HEARTH_PORT": "0",
        "HEARTH_DB": str(tmp_path / "hearth.db"),
        "HEARTH_CERT": str(certificate.certificate),
        "HEARTH_KEY": str(certificate.key),
    }
    rest = {name: value for name, value in os.environ.items() if name != "DISPLAY" and not name.startswith("HEARTH_")}
    return {**rest, **own}


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """`make run` without a display."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.run"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.terminate()
    process.wait(30)
    assert process.stdout
    process.stdout.close()


def told(process: "subprocess.Popen[str]", last: str) -> list[str]:
    """What it says until it says this."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if last in line:
            return lines
    raise AssertionError(f"It never said “{last}”, but: {lines}")


def port_in(lines: list[str]) -> int:
    (line,) = [line for line in lines if "listening on" in line]
    return int(line.rpartition(":")[2])


def test_without_a_display_it_says_so_and_the_server_keeps_running(running: "subprocess.Popen[str]") -> None:
    lines = told(running, "docs/operating.md")
    assert sum("no display" in line for line in lines) == 1
    assert any("python client.py --server 127.0.0.1" in line for line in lines)
    with Peer(("127.0.0.1", port_in(lines))) as peer:
        assert peer.register("alice").login


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_server_too(running: "subprocess.Popen[str]", number: signal.Signals) -> None:
    port = port_in(told(running, "docs/operating.md"))
    running.send_signal(number)
    assert running.wait(20) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def test_a_taken_port_is_told_in_a_sentence(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment["HEARTH_PORT"] = str(taken.getsockname()[1])
        result = subprocess.run(
            [sys.executable, "-m", "scripts.run"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 2
    assert f"Port {environment['HEARTH_PORT']} on 127.0.0.1 is taken" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_the_client_is_told_where_the_server_is_and_whom_to_trust() -> None:
    served = Served("127.0.0.1", 5050, tls=True)
    assert client_arguments(served, Path("ca.crt")) == ["--server", "127.0.0.1", "--port", "5050", "--ca", "ca.crt"]
    assert client_arguments(served, None) == ["--server", "127.0.0.1", "--port", "5050"]
    plain = Served("127.0.0.1", 5050, tls=False)
    assert client_arguments(plain, Path("ca.crt")) == ["--server", "127.0.0.1", "--port", "5050", "--no-tls"]
