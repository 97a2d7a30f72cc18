"""`server.py` as a person meets it: from any folder, with a sentence for whatever is wrong, and a clean end."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from server_app.app import certificate_fingerprint
from shared import __version__
from shared.events import ServerStopping
from shared.tls import fingerprint

from ..conftest import Certificate
from ..peer import Peer
from .test_failures_of_the_field import address_of

SERVER = Path(__file__).parents[2] / "server.py"


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(SERVER), *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        cwd="/",
        env={**os.environ, **environment},
        check=False,
    )


def test_version_and_help_need_nothing() -> None:
    assert run("--version").stdout == f"Hearth {__version__}\n"
    assert "--bcrypt-rounds" in run("--help").stdout


def test_a_missing_package_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "msgspec.py").write_text("raise ModuleNotFoundError(\"No module named 'msgspec'\", name='msgspec')")
    done = run("--version", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr == "server.py: msgspec is not installed. Run: pip install -r requirements.txt\n"


def test_a_missing_certificate_names_the_command_that_makes_one(tmp_path: Path) -> None:
    done = run("--port", "0", "--cert", str(tmp_path / "none.crt"), "--db", str(tmp_path / "hearth.db"))
    assert done.returncode == 2
    assert "python certs/gen_certs.py" in done.stderr
    assert not (tmp_path / "hearth.db").exists()


def test_a_certificate_that_is_none_is_told(tmp_path: Path) -> None:
    for name in ("server.crt", "server.key"):
        (tmp_path / name).write_text("nonsense")
    done = run("--port", "0", "--cert", str(tmp_path / "server.crt"), "--key", str(tmp_path / "server.key"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot be used" in done.stderr


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--no-tls", "--port", str(port), "--db", str(tmp_path / "hearth.db"))
    assert done.returncode == 2
    assert f"Port {port} on 127.0.0.1 is taken" in done.stderr


@pytest.mark.parametrize(
    "arguments", [("--db", "/proc/hearth.db"), ("--host", "no.such.host.invalid"), ("--port", "none"), ("--colour",)]
)
def test_whatever_is_wrong_is_one_sentence_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = run("--no-tls", "--port", "0", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("server.py: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), "Registration: open, since only this machine reaches 127.0.0.1. --registration sets it."),
        (
            ("--host", "0.0.0.0"),
            "Registration: invite, since others can reach the server through 0.0.0.0. --registration sets it.",
        ),
        (
            ("--proxy-protocol", "127.0.0.1"),
            "Registration: invite, since others can reach the server through a balancer. --registration sets it.",
        ),
        (("--registration", "closed"), "Registration: closed"),
    ],
)
def test_it_says_who_may_join_and_that_the_first_account_is_the_owner(
    tmp_path: Path, options: tuple[str, ...], expected: str
) -> None:
    assert expected in said_at_start(tmp_path, *options)
    assert "The first one is the owner: make it now." in said_at_start(tmp_path, *options)[-2]


def test_a_server_with_people_says_nothing_about_the_first(tmp_path: Path) -> None:
    with starting(tmp_path) as child:
        with Peer(address_of(child), tls=False) as alice:
            alice.register("alice")
        child.terminate()
    assert "owner" not in "".join(said_at_start(tmp_path))


def starting(folder: Path, *options: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(SERVER), "--no-tls", "--port", "0", "--db", str(folder / "hearth.db"), *options]
    return subprocess.Popen([*command, "--bcrypt-rounds", "4"], stdout=subprocess.PIPE, text=True)


def said_at_start(folder: Path, *options: str) -> list[str]:
    """What a server prints until it listens."""
    lines: list[str] = []
    with starting(folder, *options) as child:
        assert child.stdout is not None
        while not lines or not lines[-1].startswith("Hearth is listening"):
            lines.append(child.stdout.readline().rstrip())
            assert child.poll() is None
        child.terminate()
    return lines


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly_and_tells_everybody(
    tmp_path: Path, certificate: Certificate, number: signal.Signals
) -> None:
    command = [sys.executable, str(SERVER), "--port", "0", "--db", str(tmp_path / "hearth.db"), "--bcrypt-rounds", "4"]
    command += ["--cert", str(certificate.certificate), "--key", str(certificate.key)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/")
    with child, Peer(address_of(child)) as alice:
        alice.register("alice")
        child.send_signal(number)
        assert alice.next_event(ServerStopping).retry_after > 0
        alice.wait_until_closed()
        assert child.wait(10) == 0
        assert child.stderr is not None
        assert "Traceback" not in child.stderr.read()


def test_a_second_signal_ends_it_now(tmp_path: Path) -> None:
    command = [sys.executable, str(SERVER), "--no-tls", "--port", "0", "--db", str(tmp_path / "hearth.db")]
    child = subprocess.Popen([*command, "--bcrypt-rounds", "4"], stdout=subprocess.PIPE, text=True)
    with child, Peer(address_of(child), tls=False) as alice:
        alice.register("alice")
        child.send_signal(signal.SIGTERM)
        # A peer that is told but stays keeps the first signal busy long enough for a second one.
        alice.next_event(ServerStopping)
        began = time.monotonic()
        child.send_signal(signal.SIGTERM)
        assert child.wait(10) in (0, 128 + signal.SIGTERM)
        assert time.monotonic() - began < 5


def test_the_fingerprint_is_the_certificates_own(certificate: Certificate) -> None:
    import ssl

    der = ssl.PEM_cert_to_DER_cert(certificate.certificate.read_text())
    assert certificate_fingerprint(certificate.certificate) == fingerprint(der)
