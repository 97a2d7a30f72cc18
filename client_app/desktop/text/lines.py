"""Breaks a text into lines that fit a width, and finds out which character is where."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from .bidi import visual_order
from .clusters import edge_after, edge_before, is_unspaced, last_break
from .links import Link
from .pieces import Kind, Piece, is_right_to_left, pieces_and_labels, pieces_of

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Run:
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

    def emoji_size(self, font: str, scale: float = 1.0) -> int:
        """Pixels of an emoji's side."""


class Breaker:
    """Breaks text of one font into lines of one width."""

    def __init__(self, measure: Measure, font: str, width: int, scale: float = 1.0) -> None:
        self._measure = measure
        self._font = font
        self._width = max(width, 1)
        self._scale = scale

    def lines(self, text: str, links: tuple[Link, ...] = (), indent: int = 0) -> tuple[Line, ...]:
        """All lines of a text, at least one; the first begins `indent` pixels to the right."""
        found: list[Line] = []
        start = 0
        for paragraph in text.split("\n"):
            is_rtl = not paragraph.isascii() and is_right_to_left(paragraph)
            pieces = pieces_and_labels(paragraph, start, links) if links else pieces_of(paragraph, start, links)
            rows = self._broken(pieces, indent if not found else 0)
            for number, row in enumerate(rows):
                end = rows[number + 1][0][0].start if number + 1 < len(rows) else start + len(paragraph)
                first = row[0][0].start if row else start
                found.append(self._line(row, first, end, is_rtl, indent if not found else 0))
            start += len(paragraph) + 1
        return tuple(found)

    def single(self, text: str) -> Line:
        """The text as one line, ended by “…” where it does not fit."""
        measured = [
            (piece, self._measure.width(self._font, piece, self._scale))
            for piece in pieces_of(text.replace("\n", " "), 0, ())
        ]
        is_rtl = not text.isascii() and is_right_to_left(text)
        if sum(width for _piece, width in measured) <= self._width:
            return self._line(measured, 0, len(text), is_rtl, 0, align=False)
        dots = self._measure.text_width(self._font, ELLIPSIS)
        kept, room = [], self._width - dots
        for piece, width in measured:
            if width > room:
                head = self._longest_head(piece, room) if room > 0 and piece.kind is not Kind.EMOJI else 0
                if head:
                    part = Piece(piece.kind, piece.text[:head], piece.start, piece.link, piece.is_rtl)
                    kept.append((part, self._measure.width(self._font, part)))
                break
            kept.append((piece, width))
            room -= width
        while kept and kept[-1][0].kind is Kind.SPACE:
            kept.pop()
        kept.append((Piece(Kind.WORD, ELLIPSIS, len(text)), dots))
        return self._line(kept, 0, len(text), is_rtl, 0, align=False)

    def _broken(self, pieces: Iterable[Piece], indent: int) -> list[list[tuple[Piece, int]]]:
        rows: list[list[tuple[Piece, int]]] = [[]]
        room = self._width - indent
        for whole in pieces:
            piece = self._fitting(whole) if whole.kind is Kind.LABEL else whole
            width = self._measure.width(self._font, piece, self._scale)
            # Spaces may hang over the edge: nobody sees them there.
            if width > room and piece.kind is not Kind.SPACE:
                if rows[-1] and is_unspaced(piece.text) and (head := self._longest_head(piece, room)):
                    part = replace(piece, text=piece.text[:head])
                    rows[-1].append((part, self._measure.width(self._font, part)))
                    piece = replace(piece, text=piece.text[head:], start=piece.start + head)
                    width = self._measure.width(self._font, piece)
                if rows[-1]:
                    rows.append([])
                room = self._width if len(rows) > 1 or not indent else room
                while width > room and len(piece.text) > 1 and piece.kind in {Kind.WORD, Kind.SHAPED}:
                    head = self._longest_head(piece, room) or edge_after(piece.text, 1)
                    part = Piece(piece.kind, piece.text[:head], piece.start, piece.link, piece.is_rtl)
                    rows[-1].append((part, self._measure.width(self._font, part)))
                    rows.append([])
                    piece = Piece(piece.kind, piece.text[head:], piece.start + head, piece.link, piece.is_rtl)
                    width, room = self._measure.width(self._font, piece), self._width
            rows[-1].append((piece, width))
            room -= width
        return rows

    def _fitting(self, label: Piece) -> Piece:
        """A label on one line, cut where the line is too short for it."""
        if self._measure.text_width(self._font, label.text) <= self._width:
            return label
        room = self._width - self._measure.text_width(self._font, ELLIPSIS)
        return replace(
            label, text=label.text[: self._longest_head(label, room) or edge_after(label.text, 1)] + ELLIPSIS
        )

    def _longest_head(self, piece: Piece, room: int) -> int:
        """How many of its characters fit, no letter cut. The guess keeps what is measured short for very long words."""
        sample = max(self._measure.text_width(self._font, piece.text[:8]) // min(len(piece.text), 8), 1)
        low, high = 0, min(len(piece.text) - 1, 4 * room // sample + 8)
        while low < high:
            middle = (low + high + 1) // 2
            part = Piece(piece.kind, piece.text[:middle], piece.start)
            # Not remembered: heads of words are never asked for again.
            if self._measure.width(self._font, part) <= room:
                low = middle
            else:
                high = middle - 1
        return last_break(piece.text, low)

    def _line(
        self, row: list[tuple[Piece, int]], start: int, end: int, is_rtl: bool, indent: int, *, align: bool = True
    ) -> Line:
        widths = {(piece.start, len(piece.text)): width for piece, width in row}
        total = sum(width for _piece, width in row)
        x = indent
        if is_rtl and align:
            hanging = row[-1][1] if row and row[-1][0].kind is Kind.SPACE else 0
            x = max(self._width - (total - hanging), indent)
        runs: list[Run] = []
        for piece in visual_order([piece for piece, _width in row], is_rtl):
            width = widths.get((piece.start, len(piece.text)))
            if width is None:
                width = self._measure.width(self._font, piece, self._scale)
            last = runs[-1] if runs else None
            if last is not None and _can_join(last, piece):
                runs[-1] = Run(Kind.WORD, last.text + piece.text, last.start, last.x, last.width + width, last.link)
            elif piece.kind is not Kind.HIDDEN:
                runs.append(
                    Run(_drawn_as(piece.kind), piece.text, piece.start, x, width, piece.link, piece.is_rtl, piece.span)
                )
            x += width
        height = self._measure.line_height(self._font)
        ascent = self._measure.ascent(self._font)
        tall = max(height, self._measure.emoji_size(self._font, self._scale) + 4) if self._scale > 1 else height
        return Line(start, end, total + indent, tuple(runs), ascent + (tall - height) // 2, tall, self._scale)


def _drawn_as(kind: Kind) -> Kind:
    return Kind.WORD if kind is Kind.SPACE else kind


def _can_join(last: Run, piece: Piece) -> bool:
    if last.kind is not Kind.WORD or piece.kind not in {Kind.WORD, Kind.SPACE} or last.is_rtl or piece.is_rtl:
        return False
    return last.link == piece.link and last.end == piece.start


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
        return 0 if x < run.width / 2 else run.end - run.start
    low, high = 0, len(run.text)
    while low < high:
        middle = (low + high) // 2
        edge = (_width_of_head(run, middle, measure, font) + _width_of_head(run, middle + 1, measure, font)) / 2
        if (edge <= x) != run.is_rtl:
            low = middle + 1
        else:
            high = middle
    return edge_before(run.text, low) if run.kind is Kind.SHAPED else low
