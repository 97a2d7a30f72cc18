"""In which font and which colours a line is drawn."""

from dataclasses import dataclass

from .line import Run
from .names import is_my_name, is_name


@dataclass(frozen=True, slots=True)
class Ink:
    """How a line is written: a font role, a colour, and the canvas tag by which it is moved and deleted."""

    font: str
    color: str
    tag: str
    link: str = ""
    """The colour of web addresses; that of the text where it is empty."""
    name: str = ""
    """The colour of people who are named, likewise; I myself am named in that of the text."""
    ground: str = ""
    """Behind code within a line."""
    cover: str = ""
    """Over what is covered."""
    uncovered: str = ""
    """Behind what was covered."""

    def shade(self, run: Run) -> str:
        """The colour of one run."""
        if is_name(run.link):
            return self.color if is_my_name(run.link) or not self.name else self.name
        return self.link if run.link and self.link else run.face.color or self.color
