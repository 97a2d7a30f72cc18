"""Emoji: which characters are one, and how each looks as an image, because Tk draws them wrongly or dies of them."""

from .images import EmojiImages
from .sequences import EMOJI, emoji_name

__all__ = ["EMOJI", "EmojiImages", "emoji_name"]
