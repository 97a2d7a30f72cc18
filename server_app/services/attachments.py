"""The files of a message: which somebody may say, and what becomes of them with it."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from server_app.context import Context
from server_app.permissions import why_not
from server_app.storage import attachments
from server_app.storage.attachments import Unsaid
from server_app.word_filter import WordFilter
from shared.entities import Attachment, Channel, Message
from shared.errors import BadRequest, NotFound, Refusal
from shared.requests import SendMessage
from shared.rights import Standing, may
from shared.types import AttachmentId, Permission

from .uploads import why_no_room
from .wording import why_filtered


class Attaching:
    """Of a batch: all files that are about to be said are looked up in one statement, if there are any."""

    def __init__(self, context: Context, requests: Iterable[SendMessage]) -> None:
        self._context = context
        wanted = {attachment_id for request in requests for attachment_id in request.attachments}
        self._unsaid: dict[AttachmentId, Unsaid] = attachments.unsaid(context.connection, wanted) if wanted else {}

    def of(
        self,
        request: SendMessage,
        forwarded: Sequence[Attachment],
        who: Standing,
        channel: Channel,
        words: WordFilter | None,
    ) -> tuple[Attachment, ...] | Refusal:
        """What the message of this person will hold, or why it cannot; `words` may not stand in the names."""
        if not may(who, Permission.ATTACH_FILES, channel):
            return why_not(who, Permission.ATTACH_FILES, channel)
        if request.attachments and request.forward_of is not None:
            return BadRequest("Whoever passes on a message adds no files to it. Send them in a message of their own.")
        held = forwarded or self._mine(request, who)
        if isinstance(held, Refusal):
            return held
        foul = (why_filtered(words, each.name) for each in held) if words is not None else ()
        # What is passed on counts for whoever does so: else one could keep anything by passing it on to oneself.
        size = sum(each.size for each in forwarded)
        no_room = why_no_room(self._context, who.user_id, size) if size else None
        return next((refusal for refusal in (*foul, no_room) if refusal is not None), None) or tuple(held)

    def _mine(self, request: SendMessage, who: Standing) -> Sequence[Attachment] | Refusal:
        """This person's own files that no message holds yet."""
        if len(set(request.attachments)) < len(request.attachments):
            return BadRequest("Attach each file once.")
        found = [self._unsaid.get(attachment_id) for attachment_id in request.attachments]
        mine = [each.attachment for each in found if each is not None and each.owner_id == who.user_id]
        if len(mine) < len(found):
            return NotFound("A file of this message is not there, or was sent already. Attach it again.")
        return mine

    def settle(self, message: Message) -> Message:
        """The message that is going to be stored; what it passes on becomes its own."""
        if message.forwarded_from is not None:
            now = self._context.house.clock.steady()
            copies = (
                attachments.add_attachment(self._context.connection, message.author_id, each, now)
                for each in message.attachments
            )
            return replace(message, attachments=tuple(copies))
        for each in message.attachments:
            # Nothing else in the batch says it, too.
            del self._unsaid[each.id]
        return message


def drop(context: Context, messages: Sequence[Message]) -> None:
    """Let nothing be left of what these messages held."""
    context.house.files.doubt(attachments.remove_of_messages(context.connection, messages))
