"""A row that is on the canvas."""

from dataclasses import dataclass, field

from PIL import ImageTk

from .row import Row


@dataclass(slots=True)
class Painted:
    """A row that is on the canvas."""

    row: Row
    y: int
    tag: str
    images: list[ImageTk.PhotoImage] = field(default_factory=list)
    """Tk forgets images that nobody holds."""
