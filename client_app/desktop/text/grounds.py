"""Draws what is behind a run, or over it: the ground of code, the bar over a spoiler."""

import tkinter

from .ink import Ink
from .line import Run

_BESIDE = 2
"""Pixels of ground on either side: less than a space."""


def paint_face(canvas: tkinter.Canvas, run: Run, place: tuple[int, int, int], ink: Ink) -> bool:
    """Draw it at x, from the line's top to its bottom; whether that is all there is to be seen of the run."""
    x, top, bottom = place
    face = run.face
    if face.is_covered:
        canvas.create_rectangle(x, top + 1, x + run.width, bottom - 1, width=0, fill=ink.cover, tags=ink.tag)
        return True
    color = ink.ground if face.is_code else ink.uncovered if face.spoiler else ""
    if color:
        corners = (x - _BESIDE, top + 1, x + run.width + _BESIDE, bottom - 1)
        canvas.create_rectangle(*corners, width=0, fill=color, tags=(ink.tag, "ground"))
    return False
