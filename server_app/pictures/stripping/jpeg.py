"""JPEG: segments up to the compressed picture, of which few are needed to show it."""

import re

from ..errors import NotAPicture
from . import exif

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_APP0, _EXIF, _PROFILE, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_LENGTHLESS = {0x01, *range(0xD0, 0xD8)}
_COMMENT = 0xFE
# In compressed data, 0xFF is followed by 0x00, or by a number that marks where decoding may begin anew.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_EXIF_HEAD = b"Exif\0\0"
_PLAIN_JFIF = 16


def stripped(data: bytes) -> bytes:
    """Without Exif, XMP, comments, second pictures, and whatever stands behind the end. Raises `NotAPicture`."""
    kept, turned, place, has_scan = [data[:2]], exif.UPRIGHT, 2, False
    while place < len(data):
        if data[place] != 0xFF:
            raise NotAPicture("a segment is missing")
        marker = data[place + 1] if place + 1 < len(data) else _END
        if marker == 0xFF:
            place += 1
            continue
        if marker == _END:
            kept.append(b"\xff\xd9")
            break
        if marker in _LENGTHLESS:
            kept.append(data[place : place + 2])
            place += 2
            continue
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4])
        if end > len(data) or end < place + 4:
            raise NotAPicture("a segment is longer than the file")
        body = data[place + 4 : end]
        if marker == _EXIF and body.startswith(_EXIF_HEAD):
            turned = exif.orientation(body[len(_EXIF_HEAD) :])
        if marker == _SCAN:
            found = _NEXT_MARKER.search(data, end)
            end, has_scan = found.start() if found else len(data), True
        if marker == _APP0 and body.startswith(b"JFIF\0"):
            kept.append(_jfif(body))
        elif _is_needed(marker, body):
            kept.append(data[place:end])
        place = end
    if not has_scan:
        raise NotAPicture("it ends before the picture begins")
    block = exif.block_for(turned)
    if block:
        behind_jfif = 2 if kept[1:2] and kept[1].startswith(b"\xff\xe0") else 1
        kept.insert(behind_jfif, _segment(_EXIF, _EXIF_HEAD + block))
    return b"".join(kept)


def _is_needed(marker: int, body: bytes) -> bool:
    if marker == _PROFILE:
        return body.startswith(b"ICC_PROFILE\0")
    if marker == _ADOBE:
        return body.startswith(b"Adobe")
    return marker != _COMMENT and not _APP0 <= marker <= 0xEF


def _jfif(body: bytes) -> bytes:
    """Its header without the small picture that may stand in it."""
    return _segment(_APP0, body[: _PLAIN_JFIF - 4] + b"\0\0") if len(body) >= _PLAIN_JFIF - 2 else b""


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body
