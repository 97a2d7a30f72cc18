"""Lines of code: in their colours, unbroken, and cut at the edges of what they stand in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from client_app.desktop.text import Breaker, Line, Run, Typesetter
from client_app.desktop.text.faces import Face
from client_app.desktop.text.lines import ELLIPSIS
from client_app.desktop.text.passages import Passage, Stretch
from client_app.desktop.text.pieces import Kind

FONT = "mono"
Colored = Callable[[str, str], Sequence[tuple[int, int, str]]]
"""Start, end and colour of what is not written in the usual colour, by language and code."""


class Colors:
    """Hands out the coloured parts of a code, and what is between them, line by line."""

    def __init__(self, parts: Sequence[tuple[int, int, str]]) -> None:
        self._parts = parts
        self._next = 0

    def between(self, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """Start, end and colour of everything from `first` to `last`; later calls ask for what comes later."""
        while first < last:
            while self._next < len(self._parts) and self._parts[self._next][1] <= first:
                self._next += 1
            start, end, color = self._parts[self._next] if self._next < len(self._parts) else (last, last, "")
            if first < start:
                end, color = start, ""
            yield first, min(end, last), color
            first = min(end, last)

    def line(self, breaker: Breaker, text: str, start: int, offset: int) -> Line:
        """A line of the code, which stands at `offset` of it and at `start` of the message; later calls go on below."""
        stretches = (
            Stretch(start + first - offset, text[first - offset : last - offset], Face(FONT, color))
            for first, last, color in self.between(offset, offset + len(text))
        )
        return breaker.unbroken(Passage(start, start + len(text), tuple(stretches)))


def clipped(line: Line, left: int, right: int, column: int) -> Line:
    """What is seen of a line between two edges, moved to the left one; words are cut between their letters."""
    runs = []
    for run in line.runs:
        if run.x >= right or run.x + run.width <= left:
            continue
        if run.x >= left and run.x + run.width <= right:
            runs.append(structs.replace(run, x=run.x - left))
        elif run.kind is Kind.WORD and not run.span and run.text.isascii():
            first = max(-(-(left - run.x) // column), 0)
            last = min((right - run.x) // column, len(run.text))
            if first < last:
                x = run.x + first * column - left
                width = (last - first) * column
                runs.append(structs.replace(run, text=run.text[first:last], start=run.start + first, x=x, width=width))
    return replace(line, width=min(line.width, right) - left, runs=tuple(runs))


def shortened(line: Line, room: int, typesetter: Typesetter) -> Line:
    """The line in so much room, ended by “…”."""
    dots = typesetter.text_width(FONT, ELLIPSIS)
    kept = clipped(line, 0, room - dots, typesetter.text_width(FONT, "0"))
    last = kept.runs[-1] if kept.runs else None
    x, end = (last.x + last.width, last.end) if last else (0, line.start)
    return replace(kept, width=x + dots, runs=(*kept.runs, Run(Kind.WORD, ELLIPSIS, end, x, dots)))
