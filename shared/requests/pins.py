"""Pins: messages that everybody in a channel shall find again."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.entities import Message
from shared.limits import MAX_PAGE
from shared.types import ChannelId, Milliseconds, Seq

from .asking import Nothing, Request


class SetPin(Request[Nothing], frozen=True, kw_only=True):
    """Pin a message to its channel, or take the pin away. Harmless where it is so already."""

    channel_id: ChannelId
    seq: Seq
    is_on: bool


class Pins(Struct, frozen=True):
    """Pinned messages, the newest pin first."""

    messages: tuple[Message, ...]
    more: bool
    """Whether there are older pins."""


class ListPins(Request[Pins], frozen=True, kw_only=True):
    """Read what is pinned to a channel, or what was pinned before a moment; no two pins of a channel have the same."""

    channel_id: ChannelId
    before: Milliseconds | None = None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50
