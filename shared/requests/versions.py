"""Versions: what edited messages said before."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.entities import Version
from shared.limits import MAX_INTEGER, MAX_PAGE
from shared.types import ChannelId, Seq

from .asking import Request


class Versions(Struct, frozen=True):
    """What a message said before, the latest first."""

    versions: tuple[Version, ...]
    more: bool
    """Whether there are earlier ones."""


class FetchVersions(Request[Versions], frozen=True, kw_only=True):
    """Read what a message said before it was edited: for its author, and for whoever may delete it."""

    channel_id: ChannelId
    seq: Seq
    before_number: Annotated[int, Meta(ge=1, le=MAX_INTEGER)] | None = None
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50
