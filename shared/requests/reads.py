"""How far one has read, on whichever device."""

from typing import Annotated

from msgspec import Meta

from shared.entities import ReadPosition
from shared.limits import MAX_MARKED
from shared.types import ChannelId, Seq

from .asking import Nothing, Request


class MarkRead(Request[Nothing], frozen=True, kw_only=True):
    """Tell how far one has read a channel. It never takes anything back; one's other devices hear of it."""

    channel_id: ChannelId
    seq: Seq


class MarkUnread(Request[Nothing], frozen=True, kw_only=True):
    """Let this message, and all that came after it, count as unread. What is unread already stays so."""

    channel_id: ChannelId
    seq: Seq


class MarkManyRead(Request[Nothing], frozen=True, kw_only=True):
    """Tell how far one has read many channels at once, or take that back.

    Channels that one may not know of are passed over.
    """

    positions: Annotated[tuple[ReadPosition, ...], Meta(max_length=MAX_MARKED)]
    goes_back: bool = False
    """Whether each position goes back to what is given, and never forward; otherwise it is the other way round."""
