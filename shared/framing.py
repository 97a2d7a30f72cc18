"""Length prefix <-> payload: 4 bytes, big endian, then so many bytes. Pure: bytes in, payloads out."""

import struct

from .errors import ProtocolViolation

_PREFIX = struct.Struct(">I")
PREFIX_BYTES = _PREFIX.size


def frame(payload: bytes) -> bytes:
    """The payload with its length before it, ready to be sent."""
    return _PREFIX.pack(len(payload)) + payload


class FrameReader:
    """Cuts a stream of bytes into payloads, however the network cut it.

    Not thread-safe on purpose: the thread that owns the connection owns its reader.
    """

    def __init__(self, max_length: int) -> None:
        self.max_length = max_length
        """Bytes that a payload may have; may be raised while frames are read."""
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The payloads that are complete now, in order.

        Raises `ProtocolViolation` for a length of 0 or over `max_length`, as soon as the prefix is there: before a byte
        of the payload is waited for or kept.
        """
        buffer = self._buffer
        buffer += data
        payloads: list[bytes] = []
        start, available = 0, len(buffer)
        while available - start >= PREFIX_BYTES:
            (length,) = _PREFIX.unpack_from(buffer, start)
            if not 0 < length <= self.max_length:
                raise ProtocolViolation(f"A frame here has 1 to {self.max_length} bytes; this one announced {length}.")
            end = start + PREFIX_BYTES + length
            if end > available:
                break
            payloads.append(bytes(buffer[start + PREFIX_BYTES : end]))
            start = end
        if start:
            del buffer[:start]
        return payloads

    @property
    def is_between_frames(self) -> bool:
        """Whether the stream could end here without cutting a frame in two."""
        return not self._buffer
