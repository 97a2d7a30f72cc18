"""A client that asks one thing at a time and waits for the answer."""

import socket
import time
from typing import TypeVar

from shared import codec, framing
from shared.answers import Done, Refused
from shared.entities import Snapshot
from shared.limits import MAX_FRAME
from shared.requests import Request, Resume

from .load import Target
from .rooms import LoadFailed, connect

R = TypeVar("R")
_READ_SIZE = 256 * 1024


class Asker:
    """A device whose session is open. Use as a context manager."""

    def __init__(self, target: Target, token: str) -> None:
        connected: socket.socket = connect(target.host, target.port, 0)
        self._socket = target.tls.wrap_socket(connected, server_hostname="localhost") if target.tls else connected
        self._frames = framing.FrameReader(MAX_FRAME)
        self.size = 0
        """Bytes of the newest answer."""
        logged_in, self.seconds = self.ask(Resume(id=1, token=token))
        self.snapshot: Snapshot = logged_in.snapshot

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def ask(self, request: Request[R]) -> tuple[R, float]:
        """The result, and how many seconds it took until its last byte was here. Raises `LoadFailed`.

        To decode it is the client's work and not counted.
        """
        data = framing.frame(codec.encode(request))
        start = time.perf_counter()
        self._socket.sendall(data)
        while True:
            for payload in self._frames.feed(self._socket.recv(_READ_SIZE)):
                seconds = time.perf_counter() - start
                self.size = len(payload)
                answer = codec.decode_from_server(payload)
                if isinstance(answer, Refused):
                    raise LoadFailed(answer.message)
                if isinstance(answer, Done):
                    return codec.decode_result(type(request), answer), seconds
