"""What a new message has of others: the one that it answers, or the one that it says again."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from server_app.context import Context
from server_app.storage import replies
from server_app.storage.replies import Original, Place
from shared.entities import Mention, Message
from shared.errors import BadRequest, Refusal
from shared.requests import SendMessage
from shared.rights import Standing
from shared.types import Seq, UserId

from .forwards import forwarded
from .replies import why_not_answered


class Reference(NamedTuple):
    """What becomes part of the message."""

    body: str
    reply_to: Seq | None = None
    forwarded_from: UserId | None = None
    mentions: tuple[Mention, ...] = ()

    def put_into(self, message: Message) -> Message:
        """The message with it."""
        return replace(
            message,
            reply_to=self.reply_to,
            forwarded_from=self.forwarded_from,
            mentions=(*self.mentions, *message.mentions),
        )


class References:
    """Of a batch: all messages that are answered are looked up in one statement, if there are any."""

    def __init__(self, context: Context, answered: Collection[Place]) -> None:
        self._context = context
        self._originals = replies.originals(context.connection, answered)

    def of(self, request: SendMessage, who: Standing, new: Sequence[Message]) -> Reference | Refusal:
        """What this request refers to, or why it cannot; `new` is what the batch says before it."""
        if request.forward_of is not None:
            return self._forward(request, who)
        assert request.reply_to is not None
        place = (request.channel_id, request.reply_to)
        said_just_now = (Original(each.author_id, False) for each in new if (each.channel_id, each.seq) == place)
        original = self._originals.get(place) or next(said_just_now, None)
        refusal = why_not_answered(original)
        if refusal is not None or original is None:
            assert refusal is not None
            return refusal
        is_told = not request.is_silent_reply and original.author_id != who.user_id
        # Nothing in the text names its author: a mention without a length.
        mentions = (Mention(start=0, length=0, user_id=original.author_id),) if is_told else ()
        return Reference(request.body, reply_to=request.reply_to, mentions=mentions)

    def _forward(self, request: SendMessage, who: Standing) -> Reference | Refusal:
        assert request.forward_of is not None
        if request.reply_to is not None:
            return BadRequest("A message answers another or forwards one, not both.")
        message = forwarded(self._context, who, request.forward_of)
        if isinstance(message, Refusal):
            return message
        return Reference(message.body, forwarded_from=message.forwarded_from or message.author_id)
