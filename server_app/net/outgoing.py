"""Bytes on their way out of one connection: in order, in as few calls as possible, and never waiting."""

import ssl
from collections.abc import Callable

PIECE = 256 * 1024
"""Bytes offered to the kernel at once from a backlog."""

WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Outgoing:
    """What was pushed in this turn, and behind it what the kernel has not taken yet.

    Not thread-safe on purpose: only the connection's own I/O thread touches it.
    """

    __slots__ = ("_backlog", "_retry", "chunks")

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        """Pushed in this turn; shared with other connections that send the same."""
        self._backlog = bytearray()
        self._retry = 0
        """OpenSSL wants what it could not send offered again in the same length."""

    @property
    def backlog(self) -> int:
        """Bytes that the peer is slow to take."""
        return len(self._backlog)

    def flush(self, send: Callable[[bytes], int]) -> bool:
        """Send what was pushed; True when nothing is left. Raises `OSError` when the connection is gone."""
        chunks = self.chunks
        if not chunks:
            return not self._backlog
        data = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        self.chunks = []
        if self._backlog or len(data) > PIECE:
            waits = bool(self._backlog)
            self._backlog += data
            return False if waits else self.drain(send)
        try:
            sent = send(data)
        except WOULD_BLOCK:
            sent = 0
            self._retry = len(data)
        if sent == len(data):
            return True
        self._backlog += data[sent:]
        return False

    def drain(self, send: Callable[[bytes], int]) -> bool:
        """Send from the backlog until the kernel takes no more; True when nothing is left."""
        while self._backlog:
            piece = bytes(self._backlog[: self._retry or PIECE])
            try:
                sent = send(piece)
            except WOULD_BLOCK:
                self._retry = len(piece)
                return False
            self._retry = 0
            del self._backlog[:sent]
        return True

    def clear(self) -> None:
        """Forget everything."""
        self.chunks = []
        self._backlog = bytearray()
