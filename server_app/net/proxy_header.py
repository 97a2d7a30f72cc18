"""What a balancer says before everything else: for whom it connects (PROXY protocol, version 2). Bytes in, address out.

The header has 16 bytes and then so many more as the last two of those say: the addresses, and what the balancer wants
to tell besides, of which nothing is needed here.
"""

import ipaddress

SIGNATURE = b"\r\n\r\n\x00\r\nQUIT\n"
PREFIX_BYTES = 16
_VERSION = 0x2
_LOCAL, _PROXY = 0x0, 0x1
_ADDRESS_BYTES = {0x1: 4, 0x2: 16, 0x3: 108}
"""By family: IPv4, IPv6, and a path, which stands for no place on the network."""
_PORT_BYTES = {0x1: 2, 0x2: 2, 0x3: 0}
_STREAM = 0x1
_PROTOCOLS = range(3)


class BadHeader(ValueError):
    """These bytes are no header of version 2; `str()` says what is wrong, for the log."""


class ProxyHeader:
    """Takes the header bit by bit, however the network cut it, and not one byte of what follows.

    Not thread-safe on purpose: the thread that owns the connection owns its header.
    """

    __slots__ = ("_data", "address")

    def __init__(self) -> None:
        self._data = b""
        self.address: str | None = None
        """For whom the balancer connects, once the header is whole; None where it is for itself, or does not say."""

    @property
    def missing(self) -> int:
        """Bytes that are wanted next; 0 when the header is whole."""
        return _length(self._data) - len(self._data)

    def feed(self, data: bytes) -> None:
        """Take at most `missing` bytes. Raises `BadHeader` as soon as it is clear."""
        self._data += data
        if not self._data.startswith(SIGNATURE[: len(self._data)]):
            raise BadHeader("it does not begin with the signature of version 2")
        if len(self._data) >= PREFIX_BYTES:
            _check(self._data)
        if not self.missing:
            self.address = _source(self._data)


def _length(data: bytes) -> int:
    """Bytes of the whole header, as far as one knows."""
    return PREFIX_BYTES + (int.from_bytes(data[14:16]) if len(data) >= PREFIX_BYTES else 0)


def _check(data: bytes) -> None:
    """Raises `BadHeader` where the first 16 bytes make no sense."""
    version, command, family, protocol = data[12] >> 4, data[12] & 0xF, data[13] >> 4, data[13] & 0xF
    if version != _VERSION:
        raise BadHeader(f"it is of version {version}")
    if command == _LOCAL:
        return
    if command != _PROXY:
        raise BadHeader(f"its command is {command}")
    if (family and family not in _ADDRESS_BYTES) or protocol not in _PROTOCOLS:
        raise BadHeader(f"its family and protocol are {data[13]:#04x}")
    if family and _length(data) - PREFIX_BYTES < 2 * (_ADDRESS_BYTES[family] + _PORT_BYTES[family]):
        raise BadHeader("it is too short for its addresses")


def _source(data: bytes) -> str | None:
    command, family, protocol = data[12] & 0xF, data[13] >> 4, data[13] & 0xF
    if command == _LOCAL or protocol != _STREAM:
        return None
    source = data[PREFIX_BYTES : PREFIX_BYTES + _ADDRESS_BYTES.get(family, 0)]
    match family:
        case 0x1:
            return str(ipaddress.IPv4Address(source))
        case 0x2:
            return str(ipaddress.IPv6Address(source))
        case _:
            return None
