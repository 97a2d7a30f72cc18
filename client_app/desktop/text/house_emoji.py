"""Emoji of the house in a text: a `:name:` is a picture where there is one of that name, else a word like any other."""

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from .pieces import Kind, Piece

_NAME = re.compile(r"(?=(:[a-z0-9_]{2,32}:))")
_CODE = "mono"
"""How the font roles begin in which everything stands as it was written."""


def with_house_emoji(pieces: Iterable[Piece], is_emoji: Callable[[str], bool]) -> Iterator[Piece]:
    """The pieces, with words cut where an emoji of the house stands; not in code and addresses."""
    for piece in pieces:
        if piece.kind is Kind.WORD and piece.text.count(":") > 1 and not _is_verbatim(piece):
            yield from _cut(piece, is_emoji)
        else:
            yield piece


def _is_verbatim(piece: Piece) -> bool:
    return bool(piece.link) or piece.face.is_code or piece.face.font.startswith(_CODE)


def _cut(piece: Piece, is_emoji: Callable[[str], bool]) -> Iterator[Piece]:
    text, start, is_glued = piece.text, 0, piece.is_glued
    for match in _NAME.finditer(text):
        if match.start() < start or not is_emoji(match[1]):
            continue
        if match.start() > start:
            before = text[start : match.start()]
            yield replace(piece, text=before, start=piece.start + start, is_glued=is_glued)
        yield replace(piece, kind=Kind.EMOJI, text=match[1], start=piece.start + match.start(), is_glued=False)
        start, is_glued = match.end(1), False
    if start < len(text):
        yield replace(piece, text=text[start:], start=piece.start + start, is_glued=is_glued)
