"""What a new message has besides its words: the one that it answers, the one that it says again, and its files."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from server_app.context import Context
from server_app.storage import replies
from server_app.storage.replies import Original, Place
from server_app.word_filter import WordFilter
from shared.entities import Attachment, Channel, Mention, Message
from shared.errors import BadRequest, Refusal
from shared.requests import SendMessage
from shared.rights import Standing
from shared.types import Seq, UserId

from .attachments import Attaching
from .forwards import forwarded
from .replies import why_not_answered


class Reference(NamedTuple):
    """What becomes part of the message."""

    body: str
    reply_to: Seq | None = None
    forwarded_from: UserId | None = None
    mentions: tuple[Mention, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def put_into(self, message: Message) -> Message:
        """The message with it."""
        return replace(
            message,
            reply_to=self.reply_to,
            forwarded_from=self.forwarded_from,
            mentions=(*self.mentions, *message.mentions),
            attachments=self.attachments,
        )


class References:
    """Of a batch: all messages that are answered are looked up in one statement, if there are any."""

    def __init__(self, context: Context, answered: Collection[Place], attaching: Collection[SendMessage]) -> None:
        """`answered` are the messages that any of it answers, and `attaching` those requests that have files."""
        self._context = context
        self._attaching = Attaching(context, attaching)
        self._originals = replies.originals(context.connection, answered)

    def of(
        self,
        request: SendMessage,
        who: Standing,
        channel: Channel,
        words: WordFilter | None,
        new: Sequence[Message],
    ) -> Reference | Refusal:
        """What this request has besides its words, or why it cannot; `new` is what the batch says before it."""
        found = self._found(request, who, new)
        if isinstance(found, Refusal) or not (request.attachments or found.attachments):
            # What is passed on may have lost its words only by being deleted, and then it is refused.
            return found if isinstance(found, Refusal) or found.body else BadRequest("Say something, or attach a file.")
        held = self._attaching.of(request, found.attachments, who, channel, words)
        return held if isinstance(held, Refusal) else found._replace(attachments=held)

    def settle(self, message: Message) -> Message:
        """The message as it is going to be stored, when nothing speaks against it any more."""
        return self._attaching.settle(message) if message.attachments else message

    def _found(self, request: SendMessage, who: Standing, new: Sequence[Message]) -> Reference | Refusal:
        if request.forward_of is not None:
            return self._forward(request, who)
        if request.reply_to is None:
            return Reference(request.body)
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
        first = message.forwarded_from or message.author_id
        return Reference(message.body, forwarded_from=first, attachments=message.attachments)
