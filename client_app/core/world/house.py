"""What the house looks like: its picture and its own emoji, and how a fact changes them."""

from dataclasses import replace

from shared.events import EmojiAdded, EmojiRemoved, IconChanged

from .state import State


def with_house(state: State, event: IconChanged | EmojiAdded | EmojiRemoved) -> State:
    """The state after one of them has changed."""
    match event:
        case IconChanged(icon=icon):
            return replace(state, icon=icon)
        case EmojiAdded(emoji=emoji):
            return replace(state, emoji={**state.emoji, emoji.id: emoji})
        case EmojiRemoved(emoji_id=emoji_id):
            return replace(state, emoji={each: found for each, found in state.emoji.items() if each != emoji_id})
