"""The tree of a message: blocks, and the spans within them, each with its place in what was typed.

All places are code points of the source: `source[start:end]`. What is shown of a leaf is exactly that stretch of the
source (line breaks within code as spaces), so whatever is selected on the screen is a stretch of the source, too.
"""

import enum
from dataclasses import dataclass
from typing import TypeAlias


class Style(enum.Enum):
    """How a stretch is written."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    STRIKE = "strike"
    SPOILER = "spoiler"
    """Covered until somebody wants to see it."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is shown as it was typed, without an escaping backslash before it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Code:
    """`code` within a line; `inner_start` and `inner_end` are the code itself, `start` and `end` with its backticks."""

    start: int
    end: int
    inner_start: int
    inner_end: int


@dataclass(frozen=True, slots=True)
class Break:
    """A new line, with the spaces around it that are not shown."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A person who is named, or everybody: who, say those who gave the names to `read`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Styled:
    """Spans between two signs."""

    style: Style
    start: int
    end: int
    spans: tuple["Span", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Spans that lead somewhere; without any, the address itself is shown."""

    url: str
    start: int
    end: int
    spans: tuple["Span", ...]
    is_picture: bool = False
    """Written as a picture, `![]()`; shown as a link all the same."""


Span: TypeAlias = Text | Code | Break | Named | Styled | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of text."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of its own; levels are 1 to 6."""

    level: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Lines with a `>` before each."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list."""

    start: int
    """Where its sign stands."""
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Item, ...]
    first: int | None
    """The first number; None where the items have no numbers."""
    delimiter: str
    """Behind a number, or the sign itself."""
    is_tight: bool
    """No empty lines between its items."""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines between two fences."""

    start: int
    end: int
    language: str
    """As it was typed behind the fence: one word, which may mean nothing."""
    lines: tuple[tuple[int, int], ...]
    """Start and end of each in the source."""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in rows, the head first; every row has as many as the head."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    aligns: tuple[str, ...]
    """For each column: left, center, right, or nothing."""
    starts: tuple[tuple[int, int], ...]
    """Start and end of each row in the source."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""

    start: int
    end: int


Block: TypeAlias = Paragraph | Heading | Quoted | Listing | CodeBlock | Table | Rule


@dataclass(frozen=True, slots=True)
class Tree:
    """A message."""

    source: str
    blocks: tuple[Block, ...]

    @property
    def is_plain(self) -> bool:
        """Whether nothing in it is formatted, so that the source is what is shown; addresses are links even there."""
        return not self.blocks
