"""Ids, constrained words, and every limit that both ends must agree on.

A limit lives in the type, so that the decoder refuses what breaks it before any code of ours has seen the value.
"""

import enum
from typing import Annotated, NewType

from msgspec import Meta

MEBIBYTE = 1024 * 1024

MAX_FRAME = MEBIBYTE
"""Bytes of one payload: enough for a snapshot of 5,000 people, too little to fill a server's memory."""

MAX_FRAME_BEFORE_LOGIN = 64 * 1024
"""Bytes of one payload from a stranger. A login fits in 1 KiB; TLS peers are wont to send 16 KiB records."""

MAX_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader keeps exact (ECMA-404 readers in JavaScript use doubles)."""

MAX_BODY = 4000
"""Characters of one message: twice what Discord gives, which is where people begin to complain."""

MAX_TOPIC = 250
"""Characters of a topic: one line of a wide window (Slack allows 250)."""

MAX_CHANNEL_NAME = 40
MIN_NAME, MAX_NAME = 3, 20
MIN_PASSWORD, MAX_PASSWORD_BYTES = 8, 72
"""bcrypt reads 72 bytes and not one more; a longer password would be cut in silence, so it is refused aloud."""

MAX_DEVICE = 60
MAX_PAGE = 100
"""Messages in one page of history."""

PINGS = 3
"""How often a client that has nothing else to say pings within the server's `idle_seconds`."""
KEEPALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}
"""Socket options of both ends: seconds of silence, seconds between two questions, questions. So the system itself finds
out within two minutes that the other end is gone, and neither program is woken for it."""

_TEXT = r"\A[^\x00-\x08\x0b-\x1f\x7f]*\Z"
"""Text for people: no control characters but tab and line feed; NUL and escapes have broken databases and terminals."""
_LINE = r"\A[^\x00-\x1f\x7f\u2028\u2029]*\Z"

RequestId = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
Seq = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""A message's number within its channel: 1, 2, 3 … without holes. 0 stands for "before the first"."""
Rev = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""A revision: the number of a change within its channel (to a message that was there already) or within the server (to
a person), 1, 2, 3 … Whoever knows everything up to one asks for what came after it. 0 stands for "before the first"."""
Milliseconds = Annotated[int, Meta(ge=0, le=MAX_INTEGER)]
"""A moment, in milliseconds since 1970-01-01 UTC."""

UserId = NewType("UserId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
ChannelId = NewType("ChannelId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
MessageId = NewType("MessageId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])
SessionId = NewType("SessionId", Annotated[int, Meta(ge=1, le=MAX_INTEGER)])

GENERAL = ChannelId(1)
"""The channel that always exists and that nobody can leave."""

Body = Annotated[str, Meta(min_length=1, max_length=MAX_BODY, pattern=_TEXT)]
KeptBody = Annotated[str, Meta(max_length=MAX_BODY)]
"""The body of a message as it is now; empty where the message was deleted."""
Topic = Annotated[str, Meta(max_length=MAX_TOPIC, pattern=_LINE)]
ChannelName = Annotated[str, Meta(min_length=1, max_length=MAX_CHANNEL_NAME, pattern=_LINE)]
"""What a person may call a channel; `shared.names.channel_name` gives the form it takes."""
Name = Annotated[str, Meta(max_length=80, pattern=_LINE)]
"""A name as typed, before `shared.names` has judged it, so that a bad one gets a sentence and not a decoder's error."""
Password = Annotated[str, Meta(max_length=1024)]
Token = Annotated[str, Meta(max_length=128)]
Device = Annotated[str, Meta(max_length=MAX_DEVICE, pattern=_LINE)]
ClientId = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"\A[0-9A-Za-z_-]+\Z")]
"""A message's id as its sender made it, a UUID. (author, client_id) is unique: a retry returns the first result."""


class ChannelKind(enum.Enum):
    """Who a channel is for."""

    PUBLIC = "public"
    """Everybody is a member who has not left."""
    DIRECT = "direct"
    """Two people, or one person's notes to themselves; nobody else learns that it exists."""


class MessageKind(enum.Enum):
    """How a message is to be shown."""

    TEXT = "text"
    ACTION = "action"
    """`/me waves`: the author is the sentence's subject."""


class Role(enum.Enum):
    """What a person is to the whole server."""

    OWNER = "owner"
    """The first account."""
    MEMBER = "member"


class Registration(enum.Enum):
    """Who may make an account."""

    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"


def wire_name(struct_name: str) -> str:
    """The `type` of a Struct on the wire: `SendMessage` is `send_message`."""
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in struct_name).lstrip("_")
