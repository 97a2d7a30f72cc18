"""A balancer’s connection until it has said for whom it is; its I/O thread then makes a usual one of it."""

import logging
import selectors
import socket
import time
from typing import TYPE_CHECKING

from .proxy_header import BadHeader, ProxyHeader

if TYPE_CHECKING:
    from .io_thread import IoThread

log = logging.getLogger("hearth.net")


class Herald:
    """Reads the header and not one byte more, because TLS begins right behind it."""

    is_carrying = False
    """Whoever has not said for whom it is carries no files."""

    def __init__(self, carrier: "IoThread", sock: socket.socket, address: str, label: str) -> None:
        self.carrier = carrier
        self.socket, self.address, self.label = sock, address, label
        self.events = 0
        """What the selector watches for at the moment; kept by the I/O thread."""
        self._header = ProxyHeader()
        self._since = time.monotonic()

    def start(self) -> None:
        """Begin to listen."""
        self.carrier.watch(self, selectors.EVENT_READ)

    def on_ready(self, _events: int) -> None:
        """The socket has bytes, or has ended."""
        try:
            while self._header.missing:
                data = self.socket.recv(self._header.missing)
                if not data:
                    self.close("the balancer hung up before it said for whom it is")
                    return
                self._header.feed(data)
        except BlockingIOError:
            return
        except BadHeader as error:
            self.complain(f"the balancer sent no PROXY header of version 2: {error}")
        except OSError as error:
            self.close(str(error))
        else:
            self.carrier.announce(self, self._header.address)

    def check_deadline(self, now: float) -> None:
        """Called a few times a second."""
        if now - self._since > self.carrier.limits.handshake_seconds:
            self.complain("the balancer sent no PROXY header in time")

    def complain(self, reason: str) -> None:
        """Close it, and tell the owner of the server why: the two are not set up alike."""
        if self.carrier.may_note(self.address):
            log.warning("%s: closed, from %s: %s", self.label, self.address, reason)
        self.close(reason)

    def close(self, reason: str) -> None:
        """Let go of the socket."""
        log.debug("%s: closed (%s)", self.label, reason)
        self.carrier.forget_herald(self)
        self.socket.close()
