"""What a balancer writes before everything else (PROXY protocol, version 2)."""

import ipaddress
import struct

SIGNATURE = bytes.fromhex("0d0a0d0a000d0a515549540a")
LOCAL, PROXY = 0x20, 0x21


def header(command: int, family: int, rest: bytes) -> bytes:
    """A header with these bytes behind its length."""
    return SIGNATURE + bytes((command, family)) + struct.pack(">H", len(rest)) + rest


def made_for(address: str, more: bytes = b"") -> bytes:
    """The header of a connection that is made for somebody at this address."""
    source = ipaddress.ip_address(address)
    target = type(source)(1)
    return header(
        PROXY,
        0x11 if source.version == 4 else 0x21,
        source.packed + target.packed + struct.pack(">HH", 4711, 5050) + more,
    )


def made_for_itself(more: bytes = b"") -> bytes:
    """The header of a connection by which a balancer looks whether the server is well."""
    return header(LOCAL, 0x00, more)
