"""What only some messages have, as one column: whom it answers, whom it mentions, reactions, attached files."""

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from shared.entities import Attachment, Mention, Message, Reaction
from shared.types import Seq, UserId


class _Extras(Struct, frozen=True, omit_defaults=True):
    """Named as in `Message`."""

    reply_to: Seq | None = None
    forwarded_from: UserId | None = None
    mentions: tuple[Mention, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    attachments: tuple[Attachment, ...] = ()


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Extras)


def extras_of(message: Message) -> str:
    """JSON for the column; empty where the message has none of them, as nearly all do."""
    mentions, reactions, attachments = message.mentions, message.reactions, message.attachments
    if not (message.reply_to or message.forwarded_from or mentions or reactions or attachments):
        return ""
    found = _Extras(message.reply_to, message.forwarded_from, mentions, reactions, attachments)
    return _encoder.encode(found).decode()


def with_extras(message: Message, column: str) -> Message:
    """The message with what its column says."""
    return replace(message, **asdict(_decoder.decode(column)))
