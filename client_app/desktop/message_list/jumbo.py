"""Emoji alone are shown large."""

from client_app.desktop.text.pieces import Kind, pieces_of

_MAX_JUMBO = 6
"""A message of up to so many emoji and nothing else shows them large."""
_JUMBO = 2.0


def emoji_scale(text: str) -> float:
    """How many times larger than text the emoji of a message are."""
    if len(text) > 60 or text.isascii():
        return 1.0
    kinds = [piece.kind for piece in pieces_of(text, 0, ()) if piece.kind not in {Kind.SPACE, Kind.HIDDEN}]
    only_emoji = kinds and all(kind is Kind.EMOJI for kind in kinds) and "\n" not in text
    return _JUMBO if only_emoji and len(kinds) <= _MAX_JUMBO else 1.0
