"""Messages: saying, changing, finding and reading them."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.entities import Message
from shared.limits import MAX_ATTACHMENTS, MAX_PAGE
from shared.types import AttachmentId, Body, ChannelId, ClientId, MessageId, MessageKind, Rev, Seq

from .asking import Nothing, Request
from .forwards import Forward


class Posted(Struct, frozen=True):
    """The message is on disk."""

    message_id: MessageId
    seq: Seq


class History(Struct, frozen=True):
    """A page of messages, oldest first."""

    messages: tuple[Message, ...]
    more: bool
    """Whether there are further messages in the direction asked for (around: older ones)."""


class Changes(Struct, frozen=True):
    """Messages that changed, as they are now, in the order of their revisions."""

    messages: tuple[Message, ...]
    more: bool
    """Whether there are later changes."""


class SendMessage(Request[Posted], frozen=True, kw_only=True, omit_defaults=True):
    """Say something. `done` means that it is on disk; the same `client_id` sent again gets the first answer again."""

    channel_id: ChannelId
    client_id: ClientId
    body: Body
    """Where it forwards, only for whoever sends it: the server takes what the message says that is forwarded."""
    kind: MessageKind = MessageKind.TEXT
    reply_to: Seq | None = None
    """The message of the same channel that it answers. Its author is notified as by a mention."""
    is_silent_reply: bool = False
    """Whether that author is not to be notified."""
    forward_of: Forward | None = None
    """What it says again, in place of an answer; the files come along."""
    attachments: Annotated[tuple[AttachmentId, ...], Meta(max_length=MAX_ATTACHMENTS)] = ()
    """Finished uploads of one's own that are not said yet, in the order in which they are shown."""


class EditMessage(Request[Nothing], frozen=True, kw_only=True):
    """Write a message of one's own anew. One that is deleted stays deleted."""

    channel_id: ChannelId
    seq: Seq
    body: Body


class DeleteMessage(Request[Nothing], frozen=True, kw_only=True):
    """Take a message back, one's own or with the permission another's: its number stays, nothing of what it said."""

    channel_id: ChannelId
    seq: Seq


class FetchChanges(Request[Changes], frozen=True, kw_only=True):
    """Read what became of messages that were there already: every one that changed after this revision, once."""

    channel_id: ChannelId
    after_rev: Rev
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50


class FetchHistory(Request[History], frozen=True, kw_only=True):
    """Read a page of a channel: the newest, or before, after or around a message. At most one of the three is given."""

    channel_id: ChannelId
    before_seq: Seq | None = None
    after_seq: Seq | None = None
    around_seq: Seq | None = None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50


class Revealed(Struct, frozen=True):
    """A message as it really is."""

    message: Message


class RevealMessage(Request[Revealed], frozen=True, kw_only=True):
    """Show one message of somebody whom one blocks."""

    channel_id: ChannelId
    seq: Seq
