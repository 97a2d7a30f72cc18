"""Certificates that a client really accepts, and keys that nobody else can read."""

import datetime
import ipaddress
import os
import socket
import ssl
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from certs.gen_certs import DAYS, LOOPBACK, Problem, generate, main
from shared.tls import fingerprint, server_context, verifying_context

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority and a certificate for localhost and the loopback addresses."""
    folder = tmp_path_factory.mktemp("certs")
    generate(folder, ["localhost", "chat.example.org"], LOOPBACK)
    return folder


def shake_hands(server: ssl.SSLContext, client: ssl.SSLContext, host: str) -> bytes:
    """The server's certificate as the client got it, over a real handshake between two sockets."""
    ours, theirs = socket.socketpair()

    def serve() -> None:
        try:
            with server.wrap_socket(theirs, server_side=True) as connection:
                connection.recv(1)
        except OSError:
            theirs.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        ours.settimeout(20)
        with client.wrap_socket(ours, server_hostname=host) as connection:
            return connection.getpeercert(binary_form=True) or b""
    finally:
        ours.close()
        thread.join(20)


def serving(folder: Path) -> ssl.SSLContext:
    return server_context(folder / "server.crt", folder / "server.key")


@pytest.mark.parametrize("host", ["localhost", "chat.example.org", "127.0.0.1", "::1"])
def test_a_client_that_trusts_the_authority_accepts_every_name_asked_for(folder: Path, host: str) -> None:
    assert shake_hands(serving(folder), verifying_context(folder / "ca.crt"), host)


def test_openssl_accepts_it_when_it_verifies_strictly(folder: Path) -> None:
    context = verifying_context(folder / "ca.crt")
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    assert shake_hands(serving(folder), context, "localhost")


@pytest.mark.parametrize("host", ["example.org", "evil.chat.example.org", "127.0.0.2"])
def test_a_client_refuses_it_under_another_name(folder: Path, host: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match=r"mismatch|not valid for"):
        shake_hands(serving(folder), verifying_context(folder / "ca.crt"), host)


def test_a_client_refuses_it_without_the_authority(folder: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(serving(folder), verifying_context(), "localhost")


def test_a_client_refuses_a_certificate_of_another_authority(folder: Path, tmp_path: Path) -> None:
    generate(tmp_path, ["localhost"], LOOPBACK)
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(serving(tmp_path), verifying_context(folder / "ca.crt"), "localhost")


def test_the_server_certificate_cannot_make_other_certificates(folder: Path) -> None:
    certificate = x509.load_pem_x509_certificate((folder / "server.crt").read_bytes())
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_keys_are_readable_by_their_owner_alone_and_never_were_otherwise(tmp_path: Path) -> None:
    modes = []
    really_open = os.open

    def recording_open(path: str | Path, flags: int, mode: int = 0o777) -> int:
        modes.append((Path(path).name, mode))
        return really_open(path, flags, mode)

    before = os.umask(0)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "open", recording_open)
            generate(tmp_path, ["localhost"], LOOPBACK)
    finally:
        os.umask(before)
    assert {mode for name, mode in modes if ".key" in name} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.key")} == {0o600}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ca.crt", "ca.key", "server.crt", "server.key"]


def test_nothing_is_overwritten_without_being_told_to(tmp_path: Path) -> None:
    generate(tmp_path, ["localhost"], LOOPBACK)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(Problem, match="--force"):
        generate(tmp_path, ["localhost"], LOOPBACK)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_force_replaces_the_server_certificate_and_keeps_the_authority(tmp_path: Path) -> None:
    first = generate(tmp_path, ["localhost"], LOOPBACK)
    authority = (tmp_path / "ca.crt").read_bytes()
    second = generate(tmp_path, ["elsewhere"], LOOPBACK, force=True)
    assert first.serial_number != second.serial_number
    assert (tmp_path / "ca.crt").read_bytes() == authority
    assert shake_hands(serving(tmp_path), verifying_context(tmp_path / "ca.crt"), "elsewhere")


def test_a_missing_server_certificate_is_made_with_the_authority_that_is_there(tmp_path: Path) -> None:
    generate(tmp_path, ["localhost"], LOOPBACK)
    trusted = verifying_context(tmp_path / "ca.crt")
    (tmp_path / "server.crt").unlink()
    (tmp_path / "server.key").unlink()
    generate(tmp_path, ["localhost"], LOOPBACK)
    assert shake_hands(serving(tmp_path), trusted, "localhost")


def test_half_an_authority_is_refused_and_left_alone(tmp_path: Path) -> None:
    generate(tmp_path, ["localhost"], LOOPBACK)
    (tmp_path / "ca.key").unlink()
    with pytest.raises(Problem, match=r"ca\.key is missing"):
        generate(tmp_path, ["localhost"], LOOPBACK, force=True)


def test_an_authority_with_a_foreign_key_is_refused(tmp_path: Path) -> None:
    generate(tmp_path / "one", ["localhost"], LOOPBACK)
    generate(tmp_path / "two", ["localhost"], LOOPBACK)
    (tmp_path / "one/ca.key").write_bytes((tmp_path / "two/ca.key").read_bytes())
    with pytest.raises(Problem, match="do not belong together"):
        generate(tmp_path / "one", ["localhost"], LOOPBACK, force=True)


def test_it_is_valid_from_an_hour_ago_for_as_many_days_as_asked(tmp_path: Path) -> None:
    certificate = generate(tmp_path, ["localhost"], LOOPBACK, days=30)
    now = datetime.datetime.now(datetime.UTC)
    minute = datetime.timedelta(minutes=1)
    assert abs(certificate.not_valid_before_utc - (now - datetime.timedelta(hours=1))) < minute
    assert abs(certificate.not_valid_after_utc - (now + datetime.timedelta(days=30))) < minute


@pytest.mark.parametrize("days", [5000, 10**12])
def test_it_cannot_outlive_its_authority(tmp_path: Path, days: int) -> None:
    with pytest.raises(Problem, match="days"):
        generate(tmp_path, ["localhost"], LOOPBACK, days=days)


def test_an_address_given_as_a_name_becomes_an_address(tmp_path: Path) -> None:
    certificate = generate(tmp_path, ["192.0.2.7"], [])
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.IPAddress) == [ipaddress.ip_address("192.0.2.7")]


def test_a_name_outside_ascii_is_written_as_certificates_want_it(tmp_path: Path) -> None:
    certificate = generate(tmp_path, ["bücher.example"], [])
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["xn--bcher-kva.example"]


def test_what_is_no_name_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path), "--name", "a" * 64 + ".example"]) == 2
    assert "is no host name" in capsys.readouterr().err


def test_the_script_runs_from_any_folder_and_says_what_to_do_next(tmp_path: Path) -> None:
    script = str(ROOT / "certs/gen_certs.py")
    result = subprocess.run(
        [sys.executable, script, "--out", str(tmp_path / "made")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    certificate = x509.load_pem_x509_certificate((tmp_path / "made/server.crt").read_bytes())
    assert fingerprint(certificate.public_bytes(serialization.Encoding.DER)) in result.stdout
    assert "python server.py" in result.stdout
    assert (certificate.not_valid_after_utc - certificate.not_valid_before_utc).days == DAYS


def test_without_its_package_the_script_says_which_command_brings_it(tmp_path: Path) -> None:
    (tmp_path / "cryptography.py").write_text("raise ImportError")
    result = subprocess.run(
        [sys.executable, str(ROOT / "certs/gen_certs.py"), "--out", str(tmp_path / "made")],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "pip install -r requirements.txt" in result.stderr
