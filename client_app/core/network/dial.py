"""From an address to a socket whose far end is the server that it should be."""

import contextlib
import logging
import socket
import ssl
from typing import NamedTuple

from shared.errors import HearthError
from shared.limits import KEEPALIVE
from shared.tls import fingerprint, pinning_context, verifying_context

from .address import Address
from .known_servers import KnownServers

DIAL_SECONDS = 10.0
"""For the TCP connection, and again for the TLS handshake: a server on the other side of the world needs one."""


_log = logging.getLogger(__name__)


class DialError(HearthError):
    """No connection came about; `str()` says why and what to do."""


class UntrustedCertificateError(HearthError):
    """The server's certificate is one that nothing vouches for. Nothing was sent to it."""

    def __init__(self, found: str, known: str | None) -> None:
        super().__init__("The server’s certificate is not one that this client trusts.")
        self.found = found
        self.known = known
        """The fingerprint that a person accepted before; None where there is none."""


class Dialled(NamedTuple):
    """A connected socket."""

    socket: socket.socket
    fingerprint: str = ""
    """Of the certificate, where no authority of the system vouches for it: what others need to believe it as well."""


def dial(address: Address, known_servers: KnownServers) -> Dialled:
    """A connected socket, with TLS verified where the address asks for TLS. Blocks for at most a few `DIAL_SECONDS`.

    A certificate is believed when its authority is known (the system's, or the address's own `ca_file` and no other)
    and it names the host, or when it is the very one whose fingerprint a person has accepted, or that an invite says.
    Raises `DialError` and `UntrustedCertificateError`.
    """
    if not address.uses_tls:
        return Dialled(_connect(address))
    if address.ca_file is not None:
        return _with_fingerprint(_dial_with_authority(address))
    known = known_servers.fingerprint(address)
    if address.fingerprint:
        return _dial_invited(address, known, known_servers)
    if known is not None:
        pinned, found = _dial_any(address)
        if found == known:
            return Dialled(pinned, found)
        pinned.close()
    try:
        return Dialled(_handshake(address, verifying_context()))
    except ssl.SSLCertVerificationError:
        pinned, found = _dial_any(address)
        pinned.close()
        raise UntrustedCertificateError(found, known) from None


def dial_unjudged(address: Address, seconds: float) -> socket.socket:
    """A connected socket to whoever answers, for what is no secret and needs not be true. Raises `DialError`."""
    connected = _dial_any(address)[0] if address.uses_tls else _connect(address)
    connected.settimeout(seconds)
    return connected


def _dial_invited(address: Address, known: str | None, known_servers: KnownServers) -> Dialled:
    """A server whose certificate an invite names: it is that one, or nothing is sent to it."""
    pinned, found = _dial_any(address)
    if found != address.fingerprint:
        pinned.close()
        raise DialError(
            f"{address} shows another certificate than the invite says, so it may be somebody else’s server. Nothing "
            "was sent to it. Ask whoever invited you for a new link."
        )
    if known is not None and known != found:
        pinned.close()
        raise UntrustedCertificateError(found, known)
    if known is None:
        _remember(address, found, known_servers)
    return Dialled(pinned, found)


def _remember(address: Address, found: str, known_servers: KnownServers) -> None:
    """Believe this certificate from now on; where that cannot be kept, the next start asks."""
    try:
        known_servers.remember(address, found)
    except OSError as error:
        _log.error("The client could not keep a server’s certificate: %s", error)


def _with_fingerprint(connected: ssl.SSLSocket) -> Dialled:
    certificate = connected.getpeercert(binary_form=True)
    return Dialled(connected, fingerprint(certificate) if certificate else "")


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
