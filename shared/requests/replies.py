"""Answering what was said: reading single messages, such as those that others answer, wherever they stand."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.entities import Message
from shared.limits import MAX_PAGE
from shared.types import ChannelId, Seq

from .asking import Request


class Originals(Struct, frozen=True):
    """Messages of one channel, by their numbers; one that does not exist is not among them."""

    messages: tuple[Message, ...]
    more: bool
    """Whether not all had room in one answer: ask again for those above the last one."""


class FetchMessages(Request[Originals], frozen=True, kw_only=True):
    """Read single messages of a channel, such as those that the messages of a page answer."""

    channel_id: ChannelId
    seqs: Annotated[tuple[Seq, ...], Meta(min_length=1, max_length=MAX_PAGE)]
