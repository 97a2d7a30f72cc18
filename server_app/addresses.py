"""Which part of an address stands for one place, and which networks are trusted."""

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def parsed(address: str) -> Address | None:
    """The address as a number; IPv4 also where it is written as IPv6. None where it is no address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found


def address_key(address: str) -> str:
    """The part of an address that stands for one place: all of IPv4, the first 64 bits of IPv6 (one household)."""
    return _key(address, 64)


def site_key(address: str) -> str:
    """The part that stands for one holder of addresses: all of IPv4, the first 48 bits of IPv6.

    Whoever has a /48 has 65,536 networks of the kind that `address_key` takes for a household.
    """
    return _key(address, 48)


def is_within(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address belongs to one of these networks."""
    found = parsed(address)
    return found is not None and any(found in network for network in networks)


def _key(address: str, bits: int) -> str:
    found = parsed(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((int(found) >> 128 - bits << 128 - bits, bits)))
    return address if found is None else str(found)
