"""Asks a server, before anybody logs in, who may make an account there."""

import threading
from collections.abc import Callable

from shared.answers import Done
from shared.codec import decode_from_server, decode_result, encode
from shared.errors import HearthError
from shared.framing import FrameReader, frame
from shared.limits import MAX_FRAME_BEFORE_LOGIN
from shared.requests import Hello
from shared.types import Registration

from .address import Address
from .dial import dial_unjudged

PATIENCE = 4.0
"""Seconds for the answer; whoever gives none is asked again when somebody logs in."""


def greet(address: Address, then: Callable[[Registration | None], None]) -> None:
    """Ask, and hand the answer to `then` on another thread; None where there is none.

    Nothing secret is sent, so no certificate is judged here: a wrong answer misleads nobody into more than a click.
    """
    threading.Thread(target=lambda: then(_asked(address)), name="greeting", daemon=True).start()


def _asked(address: Address) -> Registration | None:
    try:
        with dial_unjudged(address, PATIENCE) as connected:
            connected.sendall(frame(encode(Hello(id=1))))
            reader = FrameReader(MAX_FRAME_BEFORE_LOGIN)
            while data := connected.recv(4096):
                for payload in reader.feed(data):
                    told = decode_from_server(payload)
                    return decode_result(Hello, told).registration if isinstance(told, Done) else None
    except (OSError, HearthError):
        pass
    return None
