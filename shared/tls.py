"""TLS contexts for both ends, and the fingerprint by which a certificate is known to a person."""

import hashlib
import ssl
from pathlib import Path


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.3 with this chain. Raises `OSError` and `ssl.SSLError` where the files cannot be used."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(certificate, key)
    # A Hearth session is resumed by its token; TLS tickets would only cost two more records on each handshake.
    context.num_tickets = 0
    return context


def verifying_context(ca_file: Path | None = None) -> ssl.SSLContext:
    """For a client: the system's authorities, or only this one; the server's name must be in its certificate."""
    context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def pinning_context() -> ssl.SSLContext:
    """For a client that judges the certificate by its fingerprint after the handshake, before a byte is sent.

    Whoever uses it must compare `fingerprint` with one that a person has accepted; by itself it trusts anybody.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of a certificate in DER form, as `AA:BB:…`, 32 pairs: the form that OpenSSL prints."""
    digest = hashlib.sha256(certificate).hexdigest().upper()
    return ":".join(digest[start : start + 2] for start in range(0, len(digest), 2))
