"""How a connection begins: whether the peer speaks TLS, while it can be answered without, and the handshake."""

import selectors
import socket
import ssl

from shared.errors import ProtocolViolation

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
TLS_HANDSHAKE = b"\x16"  # the first byte that a TLS client sends


def has_greeted(connected: socket.socket) -> bool:
    """Whether the peer has begun with TLS. Raises `ProtocolViolation` where without, `OSError` where it is gone."""
    try:
        first = connected.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    if not first:
        raise ConnectionResetError("gone before the handshake")
    if first != TLS_HANDSHAKE:
        raise ProtocolViolation("This port speaks TLS; you spoke something else. Switch TLS on.")
    return True


def shake_hands(connected: ssl.SSLSocket) -> int:
    """Go on with it; which events it waits for, 0 when it is over. Raises `OSError` where it fails."""
    try:
        connected.do_handshake()
    except ssl.SSLWantReadError:
        return READ
    except ssl.SSLWantWriteError:
        return READ | WRITE
    return 0
