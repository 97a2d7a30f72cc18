"""Saved messages: what somebody wants to find again, seen by nobody else."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.entities import Saved
from shared.limits import MAX_PAGE
from shared.types import ChannelId, Milliseconds, Seq

from .asking import Nothing, Request


class SetSaved(Request[Nothing], frozen=True, kw_only=True):
    """Save a message for oneself, or do so no more. Harmless where it is so already; nobody else hears of it."""

    channel_id: ChannelId
    seq: Seq
    is_on: bool


class SavedMessages(Struct, frozen=True):
    """What one saved, the newest first; what one may not see any more is left out."""

    saved: tuple[Saved, ...]
    more: bool
    """Whether there are older ones."""


class ListSaved(Request[SavedMessages], frozen=True, kw_only=True):
    """Read what one saved, or what one saved before a moment; no two have the same."""

    before: Milliseconds | None = None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50
