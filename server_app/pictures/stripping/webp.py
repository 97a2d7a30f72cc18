"""WebP: chunks of a RIFF file, of which those are kept that say how the picture looks."""

from ..errors import NotAPicture
from . import exif

_HEAD = 12
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
_NEEDED = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))


def stripped(data: bytes) -> bytes:
    """Without Exif, XMP, chunks that nobody knows, and whatever stands behind the end. Raises `NotAPicture`."""
    kept: list[bytes] = []
    turned, place, file_end = exif.UPRIGHT, _HEAD, 8 + int.from_bytes(data[4:8], "little")
    if file_end > len(data):
        raise NotAPicture("it ends before its end")
    while place < file_end:
        name = data[place : place + 4]
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        end = place + 8 + size
        if end > len(data) or len(name) < 4:
            raise NotAPicture("it ends before its end")
        if name in _NEEDED:
            kept.append(_chunk(name, data[place + 8 : end]))
        elif name == b"EXIF":
            turned = exif.orientation(data[place + 8 : end].removeprefix(b"Exif\0\0"))
        place = end + size % 2
    block = exif.block_for(turned)
    if block:
        kept.append(_chunk(b"EXIF", block))
    body = b"WEBP" + b"".join(_flagged(kept, bool(block)))
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _flagged(chunks: list[bytes], has_exif: bool) -> list[bytes]:
    """With a header that says what there is; only the extended form has a header, and only it can have Exif."""
    first = chunks[0] if chunks else b""
    if not first.startswith(b"VP8X") or len(first) < 9:
        return chunks
    flags = first[8] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if has_exif else 0)
    return [first[:8] + bytes((flags,)) + first[9:], *chunks[1:]]


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
