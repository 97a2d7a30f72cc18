"""Text that is written in several ways, cut into pieces that know theirs."""

from collections.abc import Iterator
from dataclasses import dataclass

from .faces import PLAIN, Face
from .pieces import Kind, Piece, is_right_to_left, pieces_of

_MAY_BREAK_BEHIND = {Kind.SPACE, Kind.GAP, Kind.EMOJI, Kind.HIDDEN}
_NO_SPACES_FROM = "\u2e80"
"""From here on scripts break between any two letters, but for a few that nobody mixes with bold ones in one word."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters that are written in one way; `text` stands at `start` of the whole."""

    start: int
    text: str
    face: Face = PLAIN
    link: str = ""
    label: str = ""
    """What is drawn instead; empty for the text itself."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands on one line, or goes on on the next where it is too long."""

    start: int
    """Of the whole, with signs that are not drawn."""
    end: int
    stretches: tuple[Stretch, ...]

    @property
    def is_rtl(self) -> bool:
        """Whether it runs from right to left."""
        text = "".join(stretch.text for stretch in self.stretches)
        return not text.isascii() and is_right_to_left(text)

    def pieces(self) -> Iterator[Piece]:
        """The pieces in the order in which they are written."""
        may_break = True
        for stretch in self.stretches:
            for piece in _pieces(stretch):
                is_glued = not may_break and piece.kind in (Kind.WORD, Kind.LABEL) and piece.text[0] < _NO_SPACES_FROM
                yield Piece(
                    piece.kind, piece.text, piece.start, stretch.link, piece.is_rtl, piece.span, stretch.face, is_glued
                )
                may_break = piece.kind in _MAY_BREAK_BEHIND or piece.text[-1] >= _NO_SPACES_FROM


def _pieces(stretch: Stretch) -> Iterator[Piece]:
    if stretch.label:
        yield Piece(Kind.LABEL, stretch.label, stretch.start, span=len(stretch.text))
    else:
        yield from pieces_of(stretch.text, stretch.start, ())
