"""Where an emoji is chosen: by a few letters, by group, from those used of late, in one's own colour of skin."""

from .widget import EmojiPicker

__all__ = ["EmojiPicker"]
