"""What a search looked for, on a plate of its own wherever it stands in a message."""

import tkinter

from client_app.desktop.text import Line, Typesetter
from client_app.desktop.text.line import Run
from client_app.desktop.text.pieces import Kind
from client_app.desktop.text.places import spans
from client_app.desktop.theme import mix
from client_app.desktop.toolkit import Look
from shared.search import Matcher

from .painted import Painted

_PLATE = 0.35
"""How much of the colour of warnings is in the ground."""


def paint_found(
    canvas: tkinter.Canvas, painted: Painted, look: Look, typesetter: Typesetter, matcher: Matcher | None
) -> None:
    """Under each word, before the text is drawn."""
    if matcher is None:
        return
    row, color = painted.row, mix(look.palette.surface, look.palette.warning, _PLATE)
    for placed in row.body:
        top = painted.y + placed.y
        for first, last in _found_in(placed.line, matcher):
            for left, right in spans(placed.line, first, last, typesetter, placed.font or row.font):
                x = row.text_x + placed.x
                box = (x + left - 1, top, x + right + 1, top + placed.line.height)
                canvas.create_rectangle(box, width=0, fill=color, tags=painted.tag)


def _found_in(line: Line, matcher: Matcher) -> list[tuple[int, int]]:
    """From where to where, in the whole text; of a name that stands for something longer, all of it."""
    runs = sorted((run for run in line.runs if not run.face.is_covered), key=lambda run: run.start)
    edges: list[tuple[int, int]] = []
    places: list[tuple[Run, int]] = [(run, index) for run in runs for index in range(len(run.text))]
    for start, length in matcher.marks("".join(run.text for run in runs)):
        (first, offset), (last, end) = places[start], places[start + length - 1]
        edges.append((_position(first, offset), _position(last, end + 1)))
    return edges


def _position(run: Run, offset: int) -> int:
    if run.kind is Kind.LABEL:
        return run.end if offset else run.start
    return run.start + offset
