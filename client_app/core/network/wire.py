"""A connected socket as frames both ways; the bytes of both directions wait here. Owned by the network thread."""

import contextlib
import selectors
import socket
import ssl
import time
from typing import Any

from shared.codec import encode
from shared.errors import BadRequest, HearthError
from shared.framing import FrameReader, frame
from shared.limits import MAX_FRAME
from shared.requests import Request

_RECEIVE_BYTES = 256 * 1024
_NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class LostError(HearthError):
    """The connection is gone; `str()` says why."""


class Bell:
    """Rouses the network thread from whatever it waits for. `ring` may be called from any thread."""

    def __init__(self) -> None:
        self.reader, self._writer = socket.socketpair()
        self.reader.setblocking(False)
        self._writer.setblocking(False)

    def ring(self) -> None:
        """Rouse the thread, now or at its next wait."""
        with contextlib.suppress(OSError):  # A full pipe rouses as well as one more byte would; a closed one has ended.
            self._writer.send(b"r")

    def wait(self, seconds: float) -> None:
        """Wait to be roused, at most so long."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.reader, selectors.EVENT_READ)
            selector.select(seconds)
        self.clear()

    def clear(self) -> None:
        """Forget the rings so far."""
        with contextlib.suppress(BlockingIOError):
            while self.reader.recv(4096):
                pass

    def close(self) -> None:
        """Free both ends."""
        self.reader.close()
        self._writer.close()


class Wire:
    """One connection while it lasts."""

    def __init__(self, connected: socket.socket, bell: Bell) -> None:
        self._socket = connected
        self._socket.setblocking(False)
        self._bell = bell
        self._reader = FrameReader(MAX_FRAME)
        self._outgoing = bytearray()
        self._selector = selectors.DefaultSelector()
        self._selector.register(connected, selectors.EVENT_READ)
        self._selector.register(bell.reader, selectors.EVENT_READ)
        self.last_sent = time.monotonic()
        """When the last frame was put, in seconds of the monotonic clock."""
        self._asking_since: float | None = None

    def put(self, payload: bytes) -> None:
        """Send a payload with the next turn."""
        self._outgoing += frame(payload)
        self.last_sent = time.monotonic()
        if self._asking_since is None:
            self._asking_since = self.last_sent

    def silence(self) -> float:
        """Seconds that the peer has left unanswered what was put; 0.0 where it has said anything since."""
        return 0.0 if self._asking_since is None else time.monotonic() - self._asking_since

    @property
    def is_free(self) -> bool:
        """Whether all that was put is with the system."""
        return not self._outgoing

    def turn(self, seconds: float, *, has_more: bool = False) -> list[bytes]:
        """Send what waits, wait at most so long for the peer or the bell, and return the payloads that came.

        Where there `has_more` to be put once all is with the system, nothing is waited for from then on.

        Raises `LostError` when the connection is gone and `ProtocolViolation` when the peer makes no sense.
        """
        try:
            self.flush()
        except LostError as lost:
            return self._last_words(lost)
        self._selector.modify(self._socket, selectors.EVENT_READ | (selectors.EVENT_WRITE if self._outgoing else 0))
        pause = 0.0 if has_more and self.is_free else seconds
        ready = {key.fileobj: events for key, events in self._selector.select(pause)}
        if self._bell.reader in ready:
            self._bell.clear()
        return self._receive() if ready.get(self._socket, 0) & selectors.EVENT_READ else []

    def flush(self) -> None:
        """Send as much of what waits as the network takes now. Raises `LostError`."""
        try:
            while self._outgoing:
                sent = self._socket.send(self._outgoing)
                del self._outgoing[:sent]
        except _NOT_NOW:
            return
        except OSError as error:
            raise LostError(f"The connection broke: {error.strerror or error}.") from None

    def close(self) -> None:
        """Hang up."""
        self._selector.close()
        self._socket.close()

    def _last_words(self, lost: LostError) -> list[bytes]:
        """What the peer said before it went away, often why; the next turn meets the end again."""
        with contextlib.suppress(LostError):
            if payloads := self._receive():
                return payloads
        raise lost

    def _receive(self) -> list[bytes]:
        payloads: list[bytes] = []
        try:
            while data := self._socket.recv(_RECEIVE_BYTES):
                self._asking_since = None
                payloads += self._reader.feed(data)
        except _NOT_NOW:
            return payloads
        except OSError as error:
            if not payloads:
                raise LostError(f"The connection broke: {error.strerror or error}.") from None
        if payloads:
            return payloads  # What came before the end counts; the next turn meets the end again.
        raise LostError("The server closed the connection.")


def encoded(request: Request[Any]) -> bytes:
    """Bytes of a request. Raises `BadRequest` where it holds halves of characters, as some input methods make them."""
    try:
        return encode(request)
    except UnicodeEncodeError:
        raise BadRequest("The text holds characters that cannot be sent. Please type it again.") from None
