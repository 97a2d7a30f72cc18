"""The room in C: built with the system's compiler when a measurement begins, and called through `ctypes`."""

import ctypes
import re
import shutil
import socket
import ssl
import struct
import subprocess
from collections.abc import Callable, Sequence
from ctypes import CDLL, POINTER, c_char_p, c_double, c_int, c_long, c_size_t, c_void_p
from itertools import accumulate
from pathlib import Path

from .dialects import Dialect, Framing, Refused
from .rooms import STALL_SECONDS, Client, Heard, LoadFailed
from .transcript import StreamFault

SOURCES = Path(__file__).resolve().parent / "native"
_RAISED = {1: StreamFault, 2: LoadFailed, 3: Refused, 4: LoadFailed}
"""What becomes of the codes in `room.h`."""
_FRAMINGS = {Framing.PREFIXED: 0, Framing.LINES: 1, Framing.NATS: 2}
_FUNCTIONS: dict[str, tuple[type | None, list[type]]] = {
    "room_new": (c_void_p, [c_int] * 6),
    "room_add": (c_int, [c_void_p, c_int, c_int, c_void_p, c_int, c_char_p, c_size_t]),
    "room_settle": (c_int, [c_void_p, c_int]),
    "room_post": (None, [c_void_p, c_int, c_char_p, c_size_t]),
    "room_run": (c_int, [c_void_p, c_char_p, POINTER(c_size_t), c_long, c_long, c_int]),
    "room_free": (None, [c_void_p]),
    "room_delivered": (c_long, [c_void_p]),
    "room_receipts": (c_long, [c_void_p]),
    "room_latencies_length": (c_long, [c_void_p]),
    "room_latencies": (POINTER(c_double), [c_void_p]),
    "room_sentence": (c_char_p, [c_void_p]),
    "tls_read": (c_long, [c_void_p, c_void_p, c_size_t]),
    "tls_write": (c_long, [c_void_p, c_char_p, c_int]),
    "tls_free": (None, [c_void_p]),
}
"""What is called in C: what it returns, and what it takes."""


class Native:
    """The functions in C."""

    def __init__(self, library: CDLL, has_tls: bool) -> None:
        self.library = library
        self.has_tls = has_tls
        functions = _FUNCTIONS | ({"tls_connect": (c_void_p, [c_int])} if has_tls else {})
        for name, (result, arguments) in functions.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments

    def tls(self, connected: socket.socket) -> "NativeTls":
        """A handshake on a connected socket. Raises `LoadFailed`."""
        connected.setblocking(True)
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(STALL_SECONDS), 0))
        handle = self.library.tls_connect(connected.fileno())
        if not handle:
            raise LoadFailed("A TLS handshake came to nothing.")
        return NativeTls(self.library, connected, handle)


class NativeTls:
    """A TLS connection whose keys are in C, so that a room in C can read from it."""

    def __init__(self, library: CDLL, connected: socket.socket, handle: int) -> None:
        self.handle = handle
        self._library = library
        self._socket = connected

    def fileno(self) -> int:
        return self._socket.fileno()

    def setblocking(self, blocks: bool) -> None:
        self._socket.setblocking(blocks)

    def send(self, data: bytes | bytearray, /) -> int:
        sent = int(self._library.tls_write(self.handle, bytes(data), len(data)))
        if sent <= 0:
            raise ssl.SSLWantWriteError
        return sent

    def recv_into(self, buffer: memoryview, /) -> int:
        room = (ctypes.c_char * len(buffer)).from_buffer(buffer)
        size, fresh = 0, 1
        while fresh > 0 and size < len(buffer):
            fresh = int(self._library.tls_read(self.handle, ctypes.addressof(room) + size, len(buffer) - size))
            size += max(0, fresh)
        if size == 0 and fresh < 0:
            raise ssl.SSLWantReadError
        return size

    def close(self) -> None:
        if self.handle:
            self._library.tls_free(self.handle)
        self.handle = 0
        self._socket.close()


class NativeRoom:
    """A room in C; see `rooms.Room`."""

    def __init__(self, native: Native, dialect: Dialect, senders: int, clients: int) -> None:
        self._library = native.library
        has_seq, one_order = dialect.framing is Framing.PREFIXED, dialect.is_one_order
        self._room: int | None = self._library.room_new(
            _FRAMINGS[dialect.framing], one_order, dialect.echoes, has_seq, senders, clients
        )

    def add(self, client: Client, early: bytes) -> None:
        tls = client.line.handle if isinstance(client.line, NativeTls) else None
        descriptor = client.line.fileno()
        self._check(
            self._library.room_add(self._room, client.number, descriptor, tls, client.is_timed, early, len(early))
        )

    def settle(self, quiet_seconds: float) -> None:
        self._check(self._library.room_settle(self._room, int(quiet_seconds * 1000)))

    def post(self, number: int, data: bytes) -> None:
        self._library.room_post(self._room, number, data, len(data))

    def run(self, messages: Sequence[bytes], window: int) -> None:
        ends = (c_size_t * len(messages))(*accumulate(map(len, messages)))
        stall = int(STALL_SECONDS * 1000)
        self._check(self._library.room_run(self._room, b"".join(messages), ends, len(messages), window, stall))

    def heard(self) -> Heard:
        return Heard(self._library.room_delivered(self._room), self._library.room_receipts(self._room))

    def latencies(self) -> list[float]:
        length = self._library.room_latencies_length(self._room)
        return list(self._library.room_latencies(self._room)[:length])

    def close(self) -> None:
        if self._room:
            self._library.room_free(self._room)
        self._room = None

    def _check(self, result: int) -> None:
        if result:
            raise _RAISED[result](self._library.room_sentence(self._room).decode(errors="replace"))


def build(folder: Path, say: Callable[[str], None]) -> Native | None:
    """The functions, built into this folder; None, and a sentence, where that does not work here."""
    compiler = shutil.which("cc")
    if compiler is None:
        say("There is no C compiler, so Python counts the deliveries and may be slower than what it measures.")
        return None
    library = folder / "room.so"
    command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(library), *map(str, sorted(SOURCES.glob("*.c")))]
    openssl = _openssl()
    if openssl and _succeeds([*command, "-DWITH_TLS", openssl]):
        return Native(CDLL(str(library)), has_tls=True)
    if _succeeds(command):
        say("OpenSSL's library was not found, so deliveries over TLS are counted by Python.")
        return Native(CDLL(str(library)), has_tls=False)
    say("The C compiler failed, so Python counts the deliveries and may be slower than what it measures.")
    return None


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _openssl() -> str | None:
    """The file of the OpenSSL that this Python uses already: `import ssl` has loaded it."""
    maps = Path("/proc/self/maps")
    found = re.search(r"/\S*/libssl\.so\S*", maps.read_text()) if maps.exists() else None
    return found[0] if found else None
