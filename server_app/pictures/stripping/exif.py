"""Exif, of which one thing is kept: which way up the picture is to be shown."""

import struct

_ORIENTATION = 0x0112
_SHORT = 3
UPRIGHT = 1
_ENTRY = 12


def orientation(block: bytes) -> int:
    """1 to 8, as Exif counts; 1 is upright, also where the block says nothing or cannot be read."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return UPRIGHT
    try:
        (start,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, start)
        for index in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", block, start + 2 + index * _ENTRY)
            if tag == _ORIENTATION and kind == _SHORT and 1 <= value <= 8:
                return int(value)
    except struct.error:
        pass
    return UPRIGHT


def block_for(turned: int) -> bytes:
    """A block that says this and nothing else; empty for what is upright."""
    if turned == UPRIGHT:
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, _SHORT, 1, turned, 0, 0)
