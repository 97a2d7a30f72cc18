"""Reactions: an emoji put under a message."""

from shared.types import ChannelId, Emoji, Seq

from .asking import Nothing, Request


class SetReaction(Request[Nothing], frozen=True, kw_only=True):
    """Put an emoji under a message, or take one's own back. Harmless where it is so already."""

    channel_id: ChannelId
    seq: Seq
    emoji: Emoji
    """Any that Unicode knows, with or without variation selectors; or `:name:` of one of the house."""
    is_on: bool = True
