"""What may stand in a channel, and who may say it to everybody at once."""

from server_app.context import Context
from server_app.permissions import why_not
from server_app.word_filter import WordFilter, word_filter
from shared.errors import Forbidden, Refusal
from shared.rights import Standing, may
from shared.types import GENERAL, ChannelId, ChannelKind, Permission

FILTERED = (ChannelKind.PUBLIC, ChannelKind.PRIVATE)
"""What a few people say among themselves is nobody else's concern."""


def require_clean(context: Context, kind: ChannelKind, *texts: str) -> None:
    """Raises `Forbidden` where one of these may not stand in a channel of this kind."""
    words = word_filter(context.house.directory.policy.filtered_words)
    if words is not None and kind in FILTERED:
        for text in texts:
            refusal = why_filtered(words, text)
            if refusal is not None:
                raise refusal


def require_speech(context: Context, *texts: str) -> None:
    """Raises `Forbidden` where somebody may not tell everybody this of themselves: they are silenced, or it is foul."""
    if context.standing.is_timed_out:
        raise Forbidden("You are timed out: until it ends you can take away what you tell of yourself, and no more.")
    require_clean(context, ChannelKind.PUBLIC, *texts)


def why_filtered(words: WordFilter, text: str) -> Refusal | None:
    """Why a text is not taken; None where it is."""
    word = words.first_in(text)
    if word is None:
        return None
    return Forbidden(f"“{word}” is not welcome in the channels of this server. Say it in other words.")


def why_not_announced(who: Standing, channel_id: ChannelId) -> Refusal | None:
    """Why somebody may not announce something there; None where they may."""
    if channel_id != GENERAL:
        return Forbidden("Announcements are made in #general, where everybody is reached.")
    if not may(who, Permission.ANNOUNCE):
        return why_not(who, Permission.ANNOUNCE, None)
    return None
