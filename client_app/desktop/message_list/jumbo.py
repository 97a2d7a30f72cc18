"""Emoji alone are shown large."""

from collections.abc import Callable

from client_app.desktop.text.house_emoji import with_house_emoji
from client_app.desktop.text.pieces import Kind, pieces_of

_MAX_JUMBO = 6
"""A message of up to so many emoji and nothing else shows them large."""
_JUMBO = 2.0
_MOST_CHARACTERS, _MOST_NAMED = 60, 220
"""Of so many emoji as Unicode has them; and of the longest names of emoji of the house."""

_SYMBOLS = "\u2000"
"""No letter before this one is an emoji."""


def emoji_scale(text: str, is_house_emoji: Callable[[str], bool]) -> float:
    """How many times larger than text the emoji of a message are."""
    is_named = text.startswith(":")
    if len(text) > (_MOST_NAMED if is_named else _MOST_CHARACTERS) or (text.isascii() and not is_named):
        return 1.0
    if text[0].isalpha() and text[0] < _SYMBOLS:
        return 1.0
    pieces = with_house_emoji(pieces_of(text, 0, ()), is_house_emoji)
    kinds = [piece.kind for piece in pieces if piece.kind not in {Kind.SPACE, Kind.HIDDEN}]
    only_emoji = kinds and all(kind is Kind.EMOJI for kind in kinds) and "\n" not in text
    return _JUMBO if only_emoji and len(kinds) <= _MAX_JUMBO else 1.0
