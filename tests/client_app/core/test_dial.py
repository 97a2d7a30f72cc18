"""Whom the client believes before it says a word."""

import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from client_app.core.network.address import Address
from client_app.core.network.dial import DialError, UntrustedCertificateError, dial
from client_app.core.network.known_servers import KnownServers
from server_app.app import App
from shared.tls import fingerprint
from tests.conftest import Certificate, ServerFactory

from .headless import address_of
from .network import Impostor, Listener, at


@pytest.fixture
def known(tmp_path: Path) -> KnownServers:
    return KnownServers(tmp_path)


def print_of(certificate: Certificate) -> str:
    return fingerprint(ssl.PEM_cert_to_DER_cert(certificate.certificate.read_text()))


def test_a_server_whose_authority_is_given_is_believed(
    server: App, certificate: Certificate, known: KnownServers
) -> None:
    dialled = dial(address_of(server), known)
    with dialled.socket as connected:
        assert isinstance(connected, ssl.SSLSocket)
        assert connected.version() == "TLSv1.3"
    assert dialled.fingerprint == print_of(certificate), "whoever does not know the authority needs it"


def test_a_server_that_nobody_vouches_for_is_asked_about(
    server: App, certificate: Certificate, known: KnownServers
) -> None:
    with pytest.raises(UntrustedCertificateError) as question:
        dial(address_of(server, ca_file=None), known)
    assert (question.value.found, question.value.known) == (print_of(certificate), None)


def test_a_server_is_believed_once_its_fingerprint_was_accepted(
    server: App, certificate: Certificate, known: KnownServers
) -> None:
    address = address_of(server, ca_file=None)
    known.remember(address, print_of(certificate))
    dialled = dial(address, known)
    with dialled.socket as connected:
        assert isinstance(connected, ssl.SSLSocket)
    assert dialled.fingerprint == print_of(certificate)


def invited(app: App, fingerprint: str) -> Address:
    """The server as an invite names it."""
    return address_of(app, ca_file=None, fingerprint=fingerprint)


def test_a_server_is_believed_and_remembered_when_an_invite_names_its_certificate(
    server: App, certificate: Certificate, known: KnownServers
) -> None:
    address = invited(server, print_of(certificate))
    dial(address, known).socket.close()
    assert known.fingerprint(address) == print_of(certificate)


def test_another_certificate_than_the_invite_says_is_refused_loudly_and_not_remembered(
    certificate: Certificate, known: KnownServers
) -> None:
    with Impostor(certificate) as impostor:
        address = replace(at(impostor), fingerprint=":".join(["AA"] * 32))
        with pytest.raises(DialError, match="another certificate than the invite says"):
            dial(address, known)
        known.remember(address, print_of(certificate))
        with pytest.raises(DialError, match="another certificate than the invite says"):
            dial(address, known)
    assert impostor.heard == b""


def test_an_invite_never_replaces_a_certificate_that_was_accepted_before(
    server: App, certificate: Certificate, known: KnownServers
) -> None:
    address = invited(server, print_of(certificate))
    known.remember(address, "AA:BB")
    with pytest.raises(UntrustedCertificateError) as question:
        dial(address, known)
    assert (question.value.found, question.value.known) == (print_of(certificate), "AA:BB")
    assert known.fingerprint(address) == "AA:BB"


def test_another_certificate_than_the_accepted_one_is_refused_with_both(
    server: App, certificate: Certificate, known: KnownServers
) -> None:
    address = address_of(server, ca_file=None)
    known.remember(address, "AA:BB")
    with pytest.raises(UntrustedCertificateError) as question:
        dial(address, known)
    assert (question.value.found, question.value.known) == (print_of(certificate), "AA:BB")


def test_a_given_authority_is_the_only_one_that_counts(server: App, known: KnownServers, tmp_path: Path) -> None:
    system = ssl.get_default_verify_paths().cafile or ""
    address = address_of(server, ca_file=Path(system) if Path(system).is_file() else None)
    if address.ca_file is None:
        pytest.skip("this system has no file of authorities")
    known.remember(address, "AA:BB")
    with pytest.raises(DialError, match="does not fit the CA file"):
        dial(address, known)


def test_the_certificate_must_name_the_host(certificate: Certificate, known: KnownServers) -> None:
    with Impostor(certificate) as elsewhere:
        another_name = Address("127.1", elsewhere.port, ca_file=certificate.certificate)
        with pytest.raises(DialError, match="mismatch"):
            dial(another_name, known)
    assert elsewhere.heard == b""


def test_nothing_but_a_handshake_is_ever_sent_to_a_server_that_is_not_believed(
    certificate: Certificate, known: KnownServers, tmp_path: Path
) -> None:
    with Impostor(certificate) as impostor:
        address = at(impostor)
        with pytest.raises(UntrustedCertificateError):
            dial(address, known)
        known.remember(address, "AA:BB")
        with pytest.raises(UntrustedCertificateError):
            dial(address, known)
    assert impostor.handshakes, "it was met indeed"
    assert impostor.heard == b""


@pytest.mark.parametrize(
    ("content", "sentence"), [(None, "No such file"), ("no certificate", "cannot be used")], ids=["missing", "broken"]
)
def test_a_ca_file_that_cannot_be_used_is_named(
    server: App, known: KnownServers, tmp_path: Path, content: str | None, sentence: str
) -> None:
    path = tmp_path / "ca.crt"
    if content:
        path.write_text(content)
    with pytest.raises(DialError, match=sentence) as error:
        dial(address_of(server, ca_file=path), known)
    assert str(path) in str(error.value)


def test_a_server_without_tls_is_dialled_plainly(start_server: ServerFactory, known: KnownServers) -> None:
    dialled = dial(address_of(start_server(tls=False)), known)
    with dialled.socket as connected:
        assert not isinstance(connected, ssl.SSLSocket)
    assert dialled.fingerprint == ""


def test_a_server_without_tls_is_told_from_one_that_is_away(start_server: ServerFactory, known: KnownServers) -> None:
    plain = start_server(tls=False)
    with pytest.raises(DialError, match="switch TLS off under Advanced"):
        dial(address_of(plain, uses_tls=True), known)


@pytest.mark.parametrize(
    ("host", "sentence"),
    [("no-such-host.invalid", "no host named|cannot be looked up"), ("a" * 70, "cannot be reached"), ("..", "reached")],
)
def test_an_address_that_leads_nowhere_says_so(known: KnownServers, host: str, sentence: str) -> None:
    with pytest.raises(DialError, match=sentence):
        dial(Address(host, 5050), known)


def test_a_port_on_which_nobody_listens_says_so(known: KnownServers) -> None:
    with Listener(lambda _: None) as gone:
        pass
    with pytest.raises(DialError, match="No server answers at"):
        dial(at(gone), known)
