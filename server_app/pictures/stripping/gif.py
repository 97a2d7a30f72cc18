"""GIF: blocks, of which comments and what other programs left there go."""

from ..errors import NotAPicture

_HEAD = 13
_EXTENSION, _FRAME, _END = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""Applications' blocks that say how often a picture plays."""


def stripped(data: bytes) -> bytes:
    """Without comments, XMP, texts, and whatever stands behind the end. Raises `NotAPicture`."""
    try:
        return _stripped(data)
    except IndexError:
        raise NotAPicture("it ends before its end") from None


def _stripped(data: bytes) -> bytes:
    place = _HEAD + _palette(data[10])
    kept = [data[:place]]
    while data[place] != _END:
        if data[place] == _FRAME:
            body = place + 10 + _palette(data[place + 9]) + 1
            is_kept = True
        elif data[place] == _EXTENSION:
            body = place + 2
            is_kept = data[place + 1] == _CONTROL or _is_loop(data, place)
        else:
            raise NotAPicture("it has a block that no picture has")
        end = _end_of_parts(data, body)
        if is_kept:
            kept.append(data[place:end])
        place = end
    return b"".join((*kept, b";"))


def _palette(flags: int) -> int:
    """Bytes of the palette that follows where these are the flags."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _is_loop(data: bytes, place: int) -> bool:
    return data[place + 1] == _APPLICATION and data[place + 3 : place + 14] in _LOOPS


def _end_of_parts(data: bytes, place: int) -> int:
    """Behind the parts, each with its length before it, of which one without length is the last."""
    while data[place]:
        place += data[place] + 1
    return place + 1
