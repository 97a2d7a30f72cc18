"""From an address to a socket whose far end is the server that it should be."""

import contextlib
import socket
import ssl

from shared.errors import HearthError
from shared.tls import fingerprint, pinning_context, verifying_context
from shared.types import KEEPALIVE

from .address import Address
from .known_servers import KnownServers

DIAL_SECONDS = 10.0
"""For the TCP connection, and again for the TLS handshake: a server on the other side of the world needs one."""


class DialError(HearthError):
    """No connection came about; `str()` says why and what to do."""


class UntrustedCertificateError(HearthError):
    """The server's certificate is one that nothing vouches for. Nothing was sent to it."""

    def __init__(self, found: str, known: str | None) -> None:
        super().__init__("The server’s certificate is not one that this client trusts.")
        self.found = found
        self.known = known
        """The fingerprint that a person accepted before; None where there is none."""


def dial(address: Address, known_servers: KnownServers) -> socket.socket:
    """A connected socket, with TLS verified where the address asks for TLS. Blocks for at most a few `DIAL_SECONDS`.

    A certificate is believed when its authority is known (the system's, or the address's own `ca_file` and no other)
    and it names the host, or when it is the very one whose fingerprint a person has accepted.
    Raises `DialError` and `UntrustedCertificateError`.
    """
    if not address.uses_tls:
        return _connect(address)
    if address.ca_file is not None:
        return _dial_with_authority(address)
    known = known_servers.fingerprint(address)
    if known is not None:
        pinned, found = _dial_any(address)
        if found == known:
            return pinned
        pinned.close()
    try:
        return _handshake(address, verifying_context())
    except ssl.SSLCertVerificationError:
        pinned, found = _dial_any(address)
        pinned.close()
        raise UntrustedCertificateError(found, known) from None


def _dial_with_authority(address: Address) -> ssl.SSLSocket:
    try:
        context = verifying_context(address.ca_file)
    except OSError as error:  # ssl.SSLError is one as well
        raise DialError(f"The CA file {address.ca_file} cannot be used: {error.strerror or error}.") from None
    try:
        return _handshake(address, context)
    except ssl.SSLCertVerificationError as error:
        raise DialError(
            f"The certificate of {address} does not fit the CA file: {error.verify_message}. Nothing was sent to it."
        ) from None


def _dial_any(address: Address) -> tuple[ssl.SSLSocket, str]:
    """A TLS connection to whoever answers, and the fingerprint by which to judge it."""
    connected = _handshake(address, pinning_context())
    certificate = connected.getpeercert(binary_form=True)
    if certificate is None:  # TLS servers always show one; this is for the type checker and for broken ones.
        connected.close()
        raise DialError(f"{address} showed no certificate.")
    return connected, fingerprint(certificate)


def _connect(address: Address) -> socket.socket:
    try:
        connected = socket.create_connection((address.host, address.port), timeout=DIAL_SECONDS)
    except ConnectionRefusedError:
        raise DialError(f"No server answers at {address}. Is it running, and are address and port right?") from None
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise DialError(f"{address.host} cannot be looked up at the moment. Check your network.") from None
        raise DialError(f"There is no host named {address.host}. Check the server’s address.") from None
    except TimeoutError:
        raise DialError(f"{address} does not answer. Check the address and your network.") from None
    except (OSError, ValueError) as error:  # ValueError: what is no host name at all
        raise DialError(f"{address} cannot be reached: {getattr(error, 'strerror', None) or error}.") from None
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in KEEPALIVE.items():
        # Where a system does not know one of them, its own number holds.
        if (option := getattr(socket, name, None)) is not None:
            connected.setsockopt(socket.IPPROTO_TCP, option, value)
    return connected


def _handshake(address: Address, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Connect and shake hands. Lets `SSLCertVerificationError` through, for the caller to judge."""
    plain = _connect(address)
    try:
        return context.wrap_socket(plain, server_hostname=address.host)
    except ssl.SSLCertVerificationError:
        plain.close()
        raise
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError):
            plain.close()
        raise DialError(
            f"{address} does not speak TLS 1.3, which Hearth needs. If the server was started with --no-tls, "
            f"switch TLS off under Advanced. ({getattr(error, 'reason', None) or error})"
        ) from None
