"""The small named world of the tests: a real server over real TLS, and alice, bob and carol."""

import datetime
import ipaddress
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server_app.app import App
from server_app.settings import Settings
from shared.types import Registration

from .peer import Peer


@dataclass(frozen=True)
class Certificate:
    """A certificate for localhost that vouches for itself, so it is its own CA file."""

    certificate: Path
    key: Path


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = Certificate(folder / "server.crt", folder / "server.key")
    files.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files


ServerFactory = Callable[..., App]


@pytest.fixture
def start_server(tmp_path: Path, certificate: Certificate) -> Iterator[ServerFactory]:
    """A function that starts a server with other settings than usual: `start_server(tls=False, limits=…)`.

    All servers of a test share one database unless it is told otherwise, so a second one is a restart.
    """
    apps: list[App] = []

    def start(**different: Any) -> App:
        usual: dict[str, Any] = {
            "port": 0,
            "database": str(tmp_path / "hearth.db"),
            "certificate": certificate.certificate,
            "key": certificate.key,
            "bcrypt_rounds": 4,
            "io_threads": 2,
            "registration": Registration.OPEN,
        }
        app = App(Settings(**{**usual, **different}))
        app.start()
        apps.append(app)
        return app

    yield start
    for app in apps:
        app.stop(2)


@pytest.fixture
def server(start_server: ServerFactory) -> App:
    """A server over TLS with an empty database."""
    return start_server()


ConnectFactory = Callable[..., Peer]


@pytest.fixture
def connect(request: pytest.FixtureRequest, start_server: ServerFactory) -> Iterator[ConnectFactory]:
    """A function that connects a peer to a server, the usual one when none is named; closed when the test ends.

    It asks for `start_server` so that the peers hang up before the servers stop.
    """
    peers: list[Peer] = []

    def dial(app: App | None = None, **options: Any) -> Peer:
        chosen: App = app or request.getfixturevalue("server")
        peer = Peer(chosen.address, tls=chosen.settings.tls, **options)
        peers.append(peer)
        return peer

    yield dial
    for peer in peers:
        peer.close()


@pytest.fixture
def alice(connect: ConnectFactory) -> Peer:
    """The owner, logged in."""
    return connect().register("alice")


@pytest.fixture
def bob(alice: Peer, connect: ConnectFactory) -> Peer:
    """A member, logged in; came after alice."""
    return connect().register("bob")


@pytest.fixture
def carol(bob: Peer, connect: ConnectFactory) -> Peer:
    """A member, logged in; came after bob."""
    return connect().register("carol")


@pytest.fixture
def wait_until() -> Callable[..., None]:
    """A function that waits for a condition, and fails when it does not come true in time."""

    def wait(condition: Callable[[], object], deadline: float = 30.0) -> None:
        until = time.monotonic() + deadline
        while not condition():
            assert time.monotonic() < until, "what was waited for did not happen in time"
            time.sleep(0.005)  # the pause between two looks

    return wait
