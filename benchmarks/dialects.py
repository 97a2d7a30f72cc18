"""What the load generator must know of each protocol: how to enter, how to say something, how to tell frames apart."""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from shared import codec, framing
from shared.requests import Login, Register, Resume

MARK = b"##MARK"
"""Begins what is said. No `@`: that would be looked at as a mention, which few messages have."""
PADDING = "x" * 80
_NUMBER = re.compile(rb"##MARK(\d{17})")
_SEQ = re.compile(rb'"seq":(\d+)')


class Refused(Exception):
    """The server said no; `str()` is what it said."""


@dataclass(frozen=True)
class Step:
    """One thing said while entering, and what must be read before the next."""

    say: bytes
    until: bytes
    """What the awaited frame holds."""


class Framing(enum.Enum):
    """How frames are told apart."""

    PREFIXED = "prefixed"
    """By a length of 4 bytes, as Hearth does."""
    LINES = "lines"
    NATS = "nats"
    """Lines, and after some of them a payload."""


class Dialect(Protocol):
    """One protocol, seen from a client that only chats in one room."""

    framing: Framing
    greets_before_tls: bool
    """Whether the server says a line before the handshake of TLS."""
    echoes: bool
    """Whether senders receive their own messages."""
    is_one_order: bool
    """Whether all receivers must see one order of all messages, or only one order of each sender's."""

    def opening(self, client: int) -> list[Step]:
        """How the client of this number enters the room."""

    def message(self, client: int, number: int) -> bytes:
        """What a client sends to say message `number`: some 104 bytes of text, the number marked in it."""

    def cut(self, stream: bytes, start: int) -> int:
        """Where the frame that begins at `start` ends; 0 where it is not complete."""

    def is_delivery(self, frame: bytes) -> bool:
        """Whether it carries somebody's message."""

    def number(self, frame: bytes) -> int:
        """The number of the message that a delivery carries."""

    def seq(self, frame: bytes) -> int | None:
        """The place in the channel that the server gave a delivery; None where the protocol has no such thing."""

    def is_receipt(self, frame: bytes) -> bool:
        """Whether it acknowledges one message to its sender."""

    def answer(self, frame: bytes) -> bytes:
        """What to reply to a frame that is neither. Raises `Refused`."""


def marked_number(frame: bytes) -> int:
    """The number that a message carries in its text. Raises `ValueError`."""
    found = _NUMBER.search(frame)
    if found is None:
        raise ValueError(f"There is no number in {frame[:80]!r}.")
    return int(found.group(1))


class Hearth:
    """Hearth's own protocol. Senders have an account each; the others share some, as a person's several devices."""

    framing = Framing.PREFIXED
    greets_before_tls = False
    echoes = is_one_order = True
    password = "a password for load"

    def __init__(self, run: int, accounts: int, senders: int) -> None:
        """`run` makes the messages' ids different from another run's; `accounts` are made by the first clients."""
        self._accounts = accounts
        self._senders = senders
        self._template = (
            b'{"type":"send_message","id":%%d,"channel_id":1,"client_id":"%08x-0000-4000-8000-%%012x",'
            b'"body":"##MARK%%017d %b"}' % (run, PADDING.encode())
        )

    def opening(self, client: int) -> list[Step]:
        """The first clients make the accounts, the others log in to those that are not senders'."""
        if client < self._accounts:
            request: Register | Login = Register(id=1, name=f"load{client}", password=self.password)
        else:
            shared = self._senders + (client - self._accounts) % (self._accounts - self._senders)
            request = Login(id=1, name=f"load{shared}", password=self.password)
        return [Step(framing.frame(codec.encode(request)), b'{"type":"done"')]

    def message(self, client: int, number: int) -> bytes:  # noqa: ARG002 - other protocols name the client
        return framing.frame(self._template % (number + 2, number, number))

    def cut(self, stream: bytes, start: int) -> int:
        if len(stream) - start < 4:
            return 0
        end = start + 4 + int.from_bytes(stream[start : start + 4], "big")
        return end if end <= len(stream) else 0

    def is_delivery(self, frame: bytes) -> bool:
        return frame.startswith(b'{"type":"message_posted"', 4)

    def number(self, frame: bytes) -> int:
        return marked_number(frame)

    def seq(self, frame: bytes) -> int | None:
        found = _SEQ.search(frame)
        if found is None:
            raise ValueError(f"There is no seq in {frame[:80]!r}.")
        return int(found.group(1))

    def is_receipt(self, frame: bytes) -> bool:
        return frame.startswith(b'{"type":"done"', 4)

    def answer(self, frame: bytes) -> bytes:
        if frame.startswith(b'{"type":"refused"', 4):
            raise Refused(frame[4:].decode())
        return b""


class Returning(Hearth):
    """Hearth's protocol for clients that come back: each resumes the session of a token, and knows the people."""

    def __init__(self, run: int, tokens: Sequence[str], users_rev: int) -> None:
        """The tokens are used in turns, from the first one on."""
        super().__init__(run, 0, 0)
        self._tokens = tokens
        self._users_rev = users_rev

    def opening(self, client: int) -> list[Step]:
        token = self._tokens[client % len(self._tokens)]
        return [
            Step(framing.frame(codec.encode(Resume(id=1, token=token, users_rev=self._users_rev))), b'{"type":"done"')
        ]


class Lines:
    """What IRC and NATS share: frames that end with a line feed, no number from the server, no receipts."""

    framing = Framing.LINES
    greets_before_tls = False

    def cut(self, stream: bytes, start: int) -> int:
        return stream.find(b"\n", start) + 1

    def is_delivery(self, frame: bytes) -> bool:
        return MARK in frame

    def number(self, frame: bytes) -> int:
        return marked_number(frame)

    def seq(self, frame: bytes) -> int | None:  # noqa: ARG002 - the protocol's interface
        return None

    def is_receipt(self, frame: bytes) -> bool:  # noqa: ARG002 - the protocol's interface
        return False

    def answer(self, frame: bytes) -> bytes:
        if frame.startswith(b"PING"):
            return b"PONG" + frame[4:]
        if frame.startswith((b"ERROR", b"-ERR")):
            raise Refused(frame.decode(errors="replace").strip())
        return b""


class Irc(Lines):
    """RFC 1459: one channel, nobody hears what they say themselves."""

    echoes = False
    is_one_order = True

    def opening(self, client: int) -> list[Step]:
        introduction = f"NICK u{client}\r\nUSER u{client} 0 * :u\r\n".encode()
        return [
            Step(introduction, b" 001 "),
            Step(b"JOIN #load\r\n", b" 366 "),
        ]

    def message(self, client: int, number: int) -> bytes:  # noqa: ARG002 - other protocols name the client
        return f"PRIVMSG #load :##MARK{number:017d} {PADDING}\r\n".encode()


class Relayed(Lines):
    """What `relay.py` speaks: everybody hears every line as it was said, the sender included."""

    echoes = is_one_order = True

    def opening(self, client: int) -> list[Step]:  # noqa: ARG002 - nobody has a name here
        return [Step(b"HELLO\r\n", b"WELCOME")]

    def message(self, client: int, number: int) -> bytes:  # noqa: ARG002 - other protocols name the client
        return f"SAY ##MARK{number:017d} {PADDING}\r\n".encode()


class Nats(Lines):
    """NATS: one subject that everybody subscribes to and publishes on. A delivery is a line and a payload after it."""

    framing = Framing.NATS
    greets_before_tls = True
    echoes = True
    is_one_order = False

    def opening(self, client: int) -> list[Step]:  # noqa: ARG002 - nobody has a name here
        return [Step(b'CONNECT {"verbose":false}\r\nSUB load 1\r\nPING\r\n', b"PONG")]

    def message(self, client: int, number: int) -> bytes:  # noqa: ARG002 - other protocols name the client
        text = f"##MARK{number:017d} {PADDING}"
        return f"PUB load {len(text)}\r\n{text}\r\n".encode()

    def cut(self, stream: bytes, start: int) -> int:
        line = super().cut(stream, start)
        if line == 0 or not stream.startswith(b"MSG ", start):
            return line
        end = line + int(stream[start:line].split()[-1]) + 2
        return end if end <= len(stream) else 0
