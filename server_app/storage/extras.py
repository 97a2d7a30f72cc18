"""What only some messages have, as one column: whom it answers, whom it mentions, how people reacted to it."""

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from shared.entities import Mention, Message, Reaction
from shared.types import Seq, UserId


class _Extras(Struct, frozen=True, omit_defaults=True):
    """Named as in `Message`."""

    reply_to: Seq | None = None
    forwarded_from: UserId | None = None
    mentions: tuple[Mention, ...] = ()
    reactions: tuple[Reaction, ...] = ()


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Extras)


def extras_of(message: Message) -> str:
    """JSON for the column; empty where the message has none of them, as nearly all do."""
    if not (message.reply_to or message.forwarded_from or message.mentions or message.reactions):
        return ""
    found = _Extras(message.reply_to, message.forwarded_from, message.mentions, message.reactions)
    return _encoder.encode(found).decode()


def with_extras(message: Message, column: str) -> Message:
    """The message with what its column says."""
    return replace(message, **asdict(_decoder.decode(column)))
