"""What mentions me, and of what I want to be notified in each channel."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.entities import Message
from shared.limits import MAX_PAGE
from shared.types import ChannelId, Level, MessageId, Seconds

from .asking import Nothing, Request


class MentionPage(Struct, frozen=True):
    """Messages that mention me, the newest first."""

    messages: tuple[Message, ...]
    before_id: MessageId | None
    """What to give for the page that follows; None where nothing does."""


class FetchMentions(Request[MentionPage], frozen=True, kw_only=True):
    """Read what mentions me in all channels that I may see, the newest first."""

    before_id: MessageId | None = None
    """The `before_id` of the page before; None for the newest."""
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50


class SetChannelLevel(Request[Nothing], frozen=True, kw_only=True):
    """Choose of what to be notified in a channel, in place of what was chosen before. Others do not hear of it."""

    channel_id: ChannelId
    level: Level = Level.DEFAULT
    is_muted: bool = False
    """Whether only mentions count, whatever the level."""
    seconds: Seconds | None = None
    """How long it is muted; None for ever."""
