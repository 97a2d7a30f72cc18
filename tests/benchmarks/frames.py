"""What Hearth tells its clients under load, made without a server."""

from benchmarks.dialects import Hearth
from shared import codec, framing
from shared.entities import Message
from shared.events import MessagePosted
from shared.requests import SendMessage
from shared.types import ChannelId, MessageId, MessageKind, UserId

SENDERS = 2
HEARTH = Hearth(run=7, accounts=4, senders=SENDERS)


def posted(number: int, seq: int | None = None) -> bytes:
    """What Hearth tells of message `number`; its seq is `number + 1` where nothing else is said."""
    seq = number + 1 if seq is None else seq
    request = codec.decode_request(HEARTH.message(0, number)[4:])
    assert isinstance(request, SendMessage)
    message = Message(
        id=MessageId(seq),
        channel_id=ChannelId(1),
        seq=seq,
        author_id=UserId(number % SENDERS + 1),
        client_id=request.client_id,
        kind=MessageKind.TEXT,
        body=request.body,
        created_at=1,
    )
    return framing.frame(codec.encode(MessagePosted(message=message)))
