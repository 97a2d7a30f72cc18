"""PNG: chunks, of which those are kept that say how the picture looks."""

import zlib

from ..errors import NotAPicture
from . import exif

_HEAD = 8
_AROUND = 12
"""Bytes of a chunk beside what it holds: length, name, checksum."""
_NEEDED = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT cICP bKGD pHYs acTL fcTL fdAT".split())
"""The last three are of pictures that move."""


def stripped(data: bytes) -> bytes:
    """Without texts, times, Exif, unknown chunks, and whatever stands behind the end. Raises `NotAPicture`."""
    kept, turned, place, name = [data[:_HEAD]], exif.UPRIGHT, _HEAD, b""
    while name != b"IEND":
        name = data[place + 4 : place + 8]
        end = place + _AROUND + int.from_bytes(data[place : place + 4])
        if end > len(data) or len(name) < 4:
            raise NotAPicture("it ends before its end")
        if name in _NEEDED:
            kept.append(data[place:end])
        elif name == b"eXIf":
            turned = exif.orientation(data[place + 8 : end - 4])
        place = end
    block = exif.block_for(turned)
    if block:
        # Behind the header, which has to come first.
        kept.insert(2, _chunk(b"eXIf", block))
    return b"".join(kept)


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)
