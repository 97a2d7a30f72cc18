"""The acceptor: counts connections, deals them to the I/O threads, and survives running out of descriptors."""

import contextlib
import errno
import itertools
import logging
import os
import selectors
import socket
import threading
import time
from collections.abc import Sequence

from server_app.errors import StartError
from shared.limits import KEEPALIVE

from .arrival import Arrival
from .doorkeeper import Doorkeeper
from .io_thread import IoThread

log = logging.getLogger("hearth.net")

BACKLOG = 4096
"""Connections that the kernel keeps until they are accepted: a house that comes back at once, also while it starts."""
EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
PAUSE_SECONDS = 0.1
"""After a failed accept: long enough not to spin, short enough that nobody notices."""
SILENCE_SECONDS = 60
"""Between two log entries about running out of descriptors."""


def listening_socket(host: str, port: int) -> socket.socket:
    """Bound and listening. Raises `StartError` with what to do."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        sock = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise StartError(f"The address {host} cannot be used: {error.strerror}. Choose another with --host.") from None
    try:
        if os.name == "posix":
            # A restart need not wait for the last connections to be forgotten. Windows means something else by it.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6 and host == "::":
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        # What is accepted inherits this.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in KEEPALIVE.items():
            if (option := getattr(socket, name, None)) is not None:
                sock.setsockopt(socket.IPPROTO_TCP, option, value)
        sock.bind(address)
        sock.listen(BACKLOG)
        sock.setblocking(False)
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            sentence = f"Port {port} on {host} is taken. Stop the program that has it, or choose another with --port."
        elif error.errno == errno.EACCES:
            sentence = f"Port {port} needs more rights than this program has. Choose one over 1023 with --port."
        else:
            sentence = f"{host}:{port} cannot be listened on: {error.strerror}. Choose others with --host and --port."
        raise StartError(sentence) from None
    return sock


class Listener:
    """One thread that accepts and never reads."""

    def __init__(self, sock: socket.socket, doorkeeper: Doorkeeper, io_threads: Sequence[IoThread]) -> None:
        self._socket = sock
        self._doorkeeper = doorkeeper
        self._next_io_thread = itertools.cycle(io_threads)
        self._numbers = itertools.count(1)
        self._reserve: int | None = os.open(os.devnull, os.O_RDONLY)
        self._silent_until = 0.0
        self._waker, self._wakened = socket.socketpair()
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="acceptor", daemon=True)

    def start(self) -> None:
        """Begin to accept."""
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Accept no more; the port is free afterwards."""
        self._is_stopping.set()
        with contextlib.suppress(OSError):  # The thread may have seen the flag already, and closed its bell.
            self._waker.send(b"\0")
        self._thread.join(seconds)

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector, self._socket, self._wakened:
            selector.register(self._socket, selectors.EVENT_READ)
            selector.register(self._wakened, selectors.EVENT_READ)
            while not self._is_stopping.is_set():
                selector.select()
                self._accept_all()
        if self._reserve is not None:
            os.close(self._reserve)
        self._waker.close()

    def _accept_all(self) -> None:
        while not self._is_stopping.is_set():
            try:
                sock, peer = self._socket.accept()
            except BlockingIOError:
                return
            except OSError as error:
                if error.errno in EXHAUSTED:
                    self._turn_one_away(error)
                # Anything else is the fault of one peer that hung up while it was waiting.
                continue
            self._deal(sock, peer[0])

    def _deal(self, sock: socket.socket, address: str) -> None:
        is_balancer = self._doorkeeper.is_balancer(address)
        place = None if is_balancer else address
        if place is not None and self._doorkeeper.comes_too_often(place):
            sock.close()
            return
        refusal = self._doorkeeper.enter(place)
        if refusal is not None and (is_balancer or not self._doorkeeper.may_be_told(place)):
            self._doorkeeper.leave(place)
            sock.close()
            return
        with contextlib.suppress(OSError):  # the peer may be gone already; its I/O thread will notice
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        label = f"connection {next(self._numbers)}"
        log.debug("%s: from %s", label, address)
        next(self._next_io_thread).hand_over(Arrival(sock, address, label, refusal, is_balancer))

    def _turn_one_away(self, error: OSError) -> None:
        """No descriptor is left: give up the reserve for a moment, so that whoever waits is not left in the dark.

        Otherwise the waiting connection would keep the socket ready, and this thread would spin.
        """
        if time.monotonic() >= self._silent_until:
            self._silent_until = time.monotonic() + SILENCE_SECONDS
            log.error("no connection can be accepted (%s); raise the limit of open files", error.strerror)
        if self._reserve is not None:
            os.close(self._reserve)
            self._reserve = None
            with contextlib.suppress(OSError):
                self._socket.accept()[0].close()
        with contextlib.suppress(OSError):
            self._reserve = os.open(os.devnull, os.O_RDONLY)
        self._is_stopping.wait(PAUSE_SECONDS)
