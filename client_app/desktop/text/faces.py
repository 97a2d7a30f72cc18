"""How a stretch within a line is written, where that is otherwise than the rest: bold, as code, struck, covered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Face:
    """What a run looks like."""

    font: str = ""
    """Its font role; empty for that of the line."""
    color: str = ""
    """As `#rrggbb`; empty for that of the line. Links and names have their own all the same."""
    is_code: bool = False
    """On a ground of its own."""
    is_struck: bool = False
    spoiler: int = 0
    """Which spoiler of the message it is part of, from 1; 0 for none."""
    is_covered: bool = False
    """Drawn as a bar."""


PLAIN = Face()
