"""Puts the pieces of one line into the order in which they are seen: Unicode's UAX #9, reduced to whole words.

Levels: even runs to the right, odd to the left. Words of a script have its direction; numbers within right-to-left text
run to the right; spaces, punctuation and emoji belong to what surrounds them, or else to the paragraph.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from .pieces import Kind, Piece

_MIRROR = str.maketrans("()[]{}<>«»“”", ")(][}{><»«”“")


def visual_order(pieces: Sequence[Piece], is_rtl: bool) -> list[Piece]:
    """The pieces from left to right, for a paragraph of this direction."""
    if not is_rtl and not any(piece.is_rtl for piece in pieces):
        return list(pieces)
    levels = _levels(pieces, is_rtl)
    ordered = [_mirrored(piece) if level % 2 else piece for piece, level in zip(pieces, levels, strict=True)]
    for level in range(max(levels), 0, -1):
        _reverse_from(level, ordered, levels)
    return ordered


def _mirrored(piece: Piece) -> Piece:
    """Punctuation in right-to-left text: turned around, its brackets too. Words of letters look as they are."""
    if piece.is_rtl or any(character.isalnum() for character in piece.text):
        return piece
    if piece.kind is Kind.WORD:
        return replace(piece, text=piece.text[::-1].translate(_MIRROR))
    return piece


def _levels(pieces: Sequence[Piece], is_rtl: bool) -> list[int]:
    base = 1 if is_rtl else 0
    known = [_own_level(piece, base) for piece in pieces]
    levels: list[int] = []
    for position, level in enumerate(known):
        if level is not None:
            levels.append(level)
            continue
        before = levels[-1] if levels else base
        after = next((later for later in known[position + 1 :] if later is not None), base)
        levels.append(before if before == after else base)
    return levels


def _own_level(piece: Piece, base: int) -> int | None:
    """None for what has no direction of its own."""
    if piece.is_rtl:
        return 1
    for character in piece.text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "EN"}:
            return 2 if base else 0
    return None


def _reverse_from(level: int, ordered: list[Piece], levels: list[int]) -> None:
    """Turn around each stretch of at least this level."""
    position = 0
    while position < len(levels):
        end = position
        while end < len(levels) and levels[end] >= level:
            end += 1
        if end > position:
            ordered[position:end] = reversed(ordered[position:end])
            levels[position:end] = reversed(levels[position:end])
        position = end + 1
