"""A line of text as it is drawn: runs, each in one way, and where they stand."""

from dataclasses import dataclass
from typing import Protocol

from msgspec import Struct

from .faces import PLAIN, Face
from .pieces import Kind, Piece


class Run(Struct, frozen=True):
    """Neighbouring pieces that are drawn as one, `x` pixels from the line's left end."""

    kind: Kind
    text: str
    start: int
    x: int
    width: int
    link: str = ""
    is_rtl: bool = False
    span: int = 0
    """For how many characters of the whole text a label stands."""
    face: Face = PLAIN

    @property
    def end(self) -> int:
        """Where it ends in the whole text."""
        return self.start + (self.span or len(self.text))


@dataclass(frozen=True, slots=True)
class Line:
    """What stands side by side; `text[start:end]` of the whole, the break itself not included."""

    start: int
    end: int
    width: int
    runs: tuple[Run, ...]
    baseline: int
    """From the line's top."""
    height: int
    scale: float = 1.0
    """Of its emoji."""


class Measure(Protocol):
    """What line breaking needs to know of fonts; `Typesetter` does."""

    def text_width(self, font: str, text: str) -> int:
        """Pixels of a text as Tk draws it."""

    def width(self, font: str, piece: Piece, scale: float = 1.0) -> int:
        """Pixels of a piece."""

    def ascent(self, font: str) -> int:
        """From the top of a line to its baseline."""

    def line_height(self, font: str) -> int:
        """From one line to the next."""

    def is_house_emoji(self, name: str) -> bool:
        """Whether a `:name:` is an emoji of the house."""

    def emoji_size(self, font: str, scale: float = 1.0) -> int:
        """Pixels of an emoji's side."""
