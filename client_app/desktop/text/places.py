"""Finds out which character of a line is where."""

from .clusters import edge_before
from .line import Line, Measure, Run
from .lines import ELLIPSIS
from .pieces import Kind, Piece


def x_of(line: Line, position: int, measure: Measure, font: str) -> int:
    """Where the gap before a character is, in pixels from the line's left end."""
    for run in line.runs:
        if run.start <= position <= run.end and run.text != ELLIPSIS:
            return run.x + _width_of_head(run, position - run.start, measure, font)
    return max((run.x + run.width for run in line.runs), default=0) if position >= line.end else 0


def position_at(line: Line, x: int, measure: Measure, font: str) -> int:
    """The gap between two characters of the line that is nearest to x."""
    for run in line.runs:
        if x < run.x:
            if run is line.runs[0] and not run.is_rtl:
                return min(line.start, run.start)
            return run.end if run.is_rtl else run.start
        if x < run.x + run.width:
            return run.start + _head_at(run, x - run.x, measure, font)
    if line.runs and line.runs[-1].is_rtl:
        return line.runs[-1].start
    return line.end


def run_at(line: Line, x: int) -> Run | None:
    """What is drawn at x."""
    return next((run for run in line.runs if run.x <= x < run.x + run.width), None)


def spans(line: Line, first: int, last: int, measure: Measure, font: str) -> list[tuple[int, int]]:
    """The (left, right) pixels of the characters from `first` to `last`, one pair per stretch that touches."""
    found: list[tuple[int, int]] = []
    for run in line.runs:
        start, end = max(first, run.start), min(last, run.end)
        if start >= end:
            continue
        edges = sorted(run.x + _width_of_head(run, at - run.start, measure, font) for at in (start, end))
        if found and found[-1][1] == edges[0]:
            found[-1] = (found[-1][0], edges[1])
        else:
            found.append((edges[0], edges[1]))
    return found


def _width_of_head(run: Run, count: int, measure: Measure, font: str) -> int:
    length = run.end - run.start
    if count <= 0 or count >= length:
        return run.width if (count > 0) != run.is_rtl else 0
    font = run.face.font or font
    if run.kind is Kind.WORD and not run.is_rtl:
        return measure.text_width(font, run.text[:count])
    if run.kind is Kind.SHAPED:
        head = Piece(Kind.SHAPED, run.text[: edge_before(run.text, count)], run.start)
        width = min(measure.width(font, head), run.width) if head.text else 0
        return run.width - width if run.is_rtl else width
    share = round(run.width * count / length)
    return run.width - share if run.is_rtl else share


def _head_at(run: Run, x: int, measure: Measure, font: str) -> int:
    if run.kind in {Kind.EMOJI, Kind.LABEL}:
        return 0 if (x < run.width / 2) != run.is_rtl else run.end - run.start
    low, high = 0, len(run.text)
    while low < high:
        middle = (low + high) // 2
        edge = (_width_of_head(run, middle, measure, font) + _width_of_head(run, middle + 1, measure, font)) / 2
        if (edge <= x) != run.is_rtl:
            low = middle + 1
        else:
            high = middle
    return edge_before(run.text, low) if run.kind is Kind.SHAPED else low
