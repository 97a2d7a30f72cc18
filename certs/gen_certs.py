"""Makes a certificate authority of your own and a server certificate signed by it: `python certs/gen_certs.py`.

Four files: `ca.crt`, which every client needs (it is no secret); `ca.key`, which makes more certificates and is best
kept elsewhere; `server.crt` and `server.key`, which the server reads. Runs as a plain script from any directory.
"""

import argparse
import datetime
import ipaddress
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

try:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
except ImportError:
    print("This needs the package “cryptography”; run: pip install -r requirements.txt", file=sys.stderr)
    sys.exit(2)

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))  # for a script, Python looks for modules beside it only

from shared.tls import fingerprint  # noqa: E402 (found only once the path is set)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LOOPBACK: tuple[Address, ...] = (ipaddress.IPv4Address("127.0.0.1"), ipaddress.IPv6Address("::1"))

DAYS = 825
"""How long a server certificate is valid: Apple's clients refuse longer ones."""
CA_DAYS = 3650
CLOCK_SKEW = datetime.timedelta(hours=1)
"""How far a client's clock may lag behind ours and still accept a new certificate."""


class Problem(Exception):
    """Why no certificate was made, as a sentence for the person."""


class Pair(NamedTuple):
    """A certificate and the key that belongs to it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


class Place(NamedTuple):
    """Where such a pair lies."""

    certificate: Path
    key: Path

    def exists(self) -> bool:
        """Whether any of the two files is there."""
        return self.certificate.exists() or self.key.exists()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script; 0, or 2 after a sentence on standard error."""
    options = _parser().parse_args(arguments)
    try:
        made = generate(
            options.out,
            options.name or _own_names(),
            options.address or LOOPBACK,
            days=options.days,
            force=options.force,
        )
    except (Problem, OSError) as problem:
        print(f"No certificate was made: {problem}", file=sys.stderr)
        return 2
    print(_report(options.out, made))
    return 0


def generate(
    folder: Path,
    names: Sequence[str],
    addresses: Sequence[Address],
    *,
    days: int = DAYS,
    force: bool = False,
) -> x509.Certificate:
    """Make the server certificate, and the authority unless it is there already; returns the former.

    Nothing is overwritten without `force`, which replaces the server's files and keeps the authority, so that clients
    need no new `ca.crt`. Raises `Problem` and `OSError`.
    """
    ca_place = Place(folder / "ca.crt", folder / "ca.key")
    server_place = Place(folder / "server.crt", folder / "server.key")
    if server_place.exists() and not force:
        raise Problem(f"{server_place.certificate} or its key is there already; --force replaces them.")
    folder.mkdir(parents=True, exist_ok=True)
    authority = _read_pair(ca_place) if ca_place.exists() else None
    if authority is None:
        authority = _make_authority()
        _write_pair(ca_place, authority)
    server = _make_server(authority, names, addresses, days)
    _write_pair(server_place, server)
    return server.certificate


def _make_authority() -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        _builder(f"Hearth CA of {socket.gethostname()}"[:64], key, CA_DAYS, None)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(certificates=True), critical=True)
    )
    return Pair(_signed(builder, key), key)


def _make_server(authority: Pair, names: Sequence[str], addresses: Sequence[Address], days: int) -> Pair:
    known_as = [*map(_host_name, names), *map(x509.IPAddress, addresses)]
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        _builder("Hearth server", key, days, authority)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(known_as), critical=False)
    )
    return Pair(_signed(builder, authority.key), key)


def _host_name(name: str) -> x509.GeneralName:
    """A name as certificates write it; one that is really an address would match nothing as a name."""
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        return x509.DNSName(name.encode("idna").decode())
    except UnicodeError:
        raise Problem(f"“{name}” is no host name.") from None


def _builder(name: str, key: ec.EllipticCurvePrivateKey, days: int, authority: Pair | None) -> x509.CertificateBuilder:
    """What every certificate of ours says; one without an authority is signed by itself."""
    now = datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    issuer, issuer_key = (authority.certificate.subject, authority.key) if authority else (subject, key)
    # The two key identifiers are what OpenSSL asks for when it verifies strictly, as Python 3.13 does.
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SKEW)
        .not_valid_after(_end(now, days, authority))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )


def _end(now: datetime.datetime, days: int, authority: Pair | None) -> datetime.datetime:
    """So many days from now. Raises `Problem` where no certificate can last so long."""
    try:
        end = now + datetime.timedelta(days=days)
    except OverflowError:
        raise Problem(f"{days} days are more than the calendar has.") from None
    last = authority.certificate.not_valid_after_utc if authority else None
    if last and end > last:
        raise Problem(
            f"the authority itself ends on {last.date()}; give fewer --days, or move ca.crt and ca.key away, so that a "
            "new authority is made (its ca.crt then has to reach every client)."
        )
    return end


def _signed(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    return builder.sign(key, hashes.SHA256())


def _key_usage(*, certificates: bool) -> x509.KeyUsage:
    """An authority signs certificates and nothing else; a server signs handshakes and nothing else."""
    return x509.KeyUsage(
        digital_signature=not certificates,
        key_cert_sign=certificates,
        crl_sign=certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


# --- files and words --------------------------------------------------------------------------------------------------


def _read_pair(place: Place) -> Pair:
    """The authority as it was made before. Raises `Problem` where it is not whole."""
    try:
        certificate = x509.load_pem_x509_certificate(place.certificate.read_bytes())
        key = serialization.load_pem_private_key(place.key.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise Problem(f"{error.filename} is missing; put it back, or move its other half away.") from None
    except (ValueError, TypeError):
        raise Problem(f"{place.certificate} and {place.key} cannot be read as a certificate and its key.") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise Problem(f"{place.certificate} and {place.key} do not belong together.")
    return Pair(certificate, key)


def _write_pair(place: Place, pair: Pair) -> None:
    key = pair.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(place.key, key, 0o600)
    _write(place.certificate, pair.certificate.public_bytes(serialization.Encoding.PEM), 0o644)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Put a whole file in place at once; it never has, not even for a moment, a wider mode than this."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
    fresh.replace(path)


def _own_names() -> list[str]:
    """What this machine is called, where that can stand in a certificate."""
    host = socket.gethostname()
    try:
        _host_name(host)
    except Problem:
        return ["localhost"]
    return list(dict.fromkeys(["localhost", host]))


def _report(folder: Path, certificate: x509.Certificate) -> str:
    known_as = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    ends = certificate.not_valid_after_utc.date()
    return f"""\
A server certificate was made in {folder}
  for          {", ".join(str(name.value) for name in known_as)}
  valid until  {ends}
  fingerprint  {fingerprint(certificate.public_bytes(serialization.Encoding.DER))}

Next: start the server (python server.py), and give {folder / "ca.crt"} to everybody who is to connect:
the client takes it as “CA file”, or `python client.py --ca ca.crt`. Without it a client shows the fingerprint
above and asks. Keep {folder / "ca.key"} to yourself: whoever has it can pose as your server."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Make a certificate authority and a server certificate.")
    parser.add_argument("--name", action="append", metavar="HOST", help="a name by which clients reach the server")
    parser.add_argument(
        "--address",
        action="append",
        metavar="IP",
        type=ipaddress.ip_address,
        help="an address by which clients reach the server",
    )
    parser.add_argument("--days", type=_positive, default=DAYS, help=f"how long it is valid; {DAYS} if not given")
    parser.add_argument(
        "--out", type=Path, default=HERE, metavar="DIR", help="where to put them; beside this script if not given"
    )
    parser.add_argument("--force", action="store_true", help="replace the server certificate that is there")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
