"""Breaks a text into lines that fit a width."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from .bidi import visual_order
from .clusters import edge_after, is_unspaced, last_break
from .house_emoji import with_house_emoji
from .line import Line, Measure, Run
from .links import Link
from .passages import Passage
from .pieces import Kind, Piece, is_right_to_left, pieces_and_labels, pieces_of
from .simple import SimpleBreaker

ELLIPSIS = "…"
_WRITTEN = (Kind.WORD, Kind.SPACE)


class Breaker:
    """Breaks text of one font into lines of one width."""

    def __init__(self, measure: Measure, font: str, width: int, scale: float = 1.0) -> None:
        self._measure = measure
        self._font = font
        self._width = max(width, 1)
        self._scale = scale
        self._simple = SimpleBreaker(measure, font, self._width)

    def lines(self, text: str, links: tuple[Link, ...] = (), indent: int = 0) -> tuple[Line, ...]:
        """All lines of a text, at least one; the first begins `indent` pixels to the right."""
        found: list[Line] = []
        start = 0
        for paragraph in text.split("\n"):
            if not links and self._scale == 1:
                simple = self._simple.lines(paragraph, start, 0 if found else indent)
                if simple is not None:
                    found += simple
                    start += len(paragraph) + 1
                    continue
            is_rtl = not paragraph.isascii() and is_right_to_left(paragraph)
            pieces = pieces_and_labels(paragraph, start, links) if links else pieces_of(paragraph, start, links)
            # A `:name:` has two of them, and most texts none.
            pieces = self._pictured(pieces) if paragraph.count(":") > 1 else pieces
            rows = self._broken(pieces, indent if not found else 0)
            for number, row in enumerate(rows):
                end = rows[number + 1][0][0].start if number + 1 < len(rows) else start + len(paragraph)
                first = row[0][0].start if row else start
                found.append(self._line(row, first, end, is_rtl, indent if not found else 0))
            start += len(paragraph) + 1
        return tuple(found)

    def lines_of(self, passages: Iterable[Passage], indent: int = 0) -> tuple[Line, ...]:
        """All lines of passages that are written in several ways, at least one for each."""
        found: list[Line] = []
        for passage in passages:
            rows = self._broken(self._pictured(passage.pieces()), indent if not found else 0)
            for number, row in enumerate(rows):
                first = row[0][0].start if number else passage.start
                end = rows[number + 1][0][0].start if number + 1 < len(rows) else passage.end
                found.append(self._line(row, first, end, passage.is_rtl, indent if not found else 0))
        return tuple(found)

    def written(self, text: str, *, is_rtl: bool, align: bool) -> tuple[Line, ...]:
        """The lines of a paragraph that somebody is writing: the letters of a `:name:` stay letters."""
        rows = self._broken(pieces_of(text, 0, ()), 0)
        starts = [row[0][0].start if row else 0 for row in rows]
        ends = [*starts[1:], len(text)]
        return tuple(
            self._line(row, start, end, is_rtl, 0, align=align)
            for row, start, end in zip(rows, starts, ends, strict=True)
        )

    def unbroken(self, passage: Passage) -> Line:
        """A passage on one line, however long."""
        row = [(piece, self._width_of(piece)) for piece in passage.pieces()]
        return self._line(row, passage.start, passage.end, False, 0)

    def single(self, text: str) -> Line:
        """The text as one line, ended by “…” where it does not fit."""
        measured = [
            (piece, self._measure.width(self._font, piece, self._scale))
            for piece in self._pictured(pieces_of(text.replace("\n", " "), 0, ()))
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

    def _pictured(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        return with_house_emoji(pieces, self._measure.is_house_emoji)

    def _broken(self, pieces: Iterable[Piece], indent: int) -> list[list[tuple[Piece, int]]]:
        rows: list[list[tuple[Piece, int]]] = [[]]
        room = self._width - indent
        for whole in pieces:
            piece = self._fitting(whole) if whole.kind is Kind.LABEL else whole
            width = self._width_of(piece)
            # Spaces may hang over the edge: nobody sees them there.
            if width > room and piece.kind is not Kind.SPACE:
                if rows[-1] and is_unspaced(piece.text) and (head := self._longest_head(piece, room)):
                    part = replace(piece, text=piece.text[:head])
                    rows[-1].append((part, self._width_of(part)))
                    piece = replace(piece, text=piece.text[head:], start=piece.start + head, is_glued=False)
                    width = self._width_of(piece)
                if rows[-1]:
                    rows.append(_taken_along(rows[-1]) if piece.is_glued else [])
                room = self._width if len(rows) > 1 or not indent else room
                room -= sum(taken for _piece, taken in rows[-1])
                while width > room and len(piece.text) > 1 and piece.kind in {Kind.WORD, Kind.SHAPED}:
                    head = self._longest_head(piece, room) or edge_after(piece.text, 1)
                    part = replace(piece, text=piece.text[:head])
                    rows[-1].append((part, self._width_of(part)))
                    rows.append([])
                    piece = replace(piece, text=piece.text[head:], start=piece.start + head)
                    width, room = self._width_of(piece), self._width
            rows[-1].append((piece, width))
            room -= width
        return rows

    def _width_of(self, piece: Piece) -> int:
        return self._measure.width(piece.face.font or self._font, piece, self._scale)

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
        font = piece.face.font or self._font
        sample = max(self._measure.text_width(font, piece.text[:8]) // min(len(piece.text), 8), 1)
        low, high = 0, min(len(piece.text) - 1, 4 * room // sample + 8)
        while low < high:
            middle = (low + high + 1) // 2
            part = Piece(piece.kind, piece.text[:middle], piece.start)
            # Not remembered: heads of words are never asked for again.
            if self._measure.width(font, part) <= room:
                low = middle
            else:
                high = middle - 1
        return last_break(piece.text, low)

    def _ordered(self, row: list[tuple[Piece, int]], is_rtl: bool) -> Iterable[tuple[Piece, int]]:
        """The pieces from left to right, each with its width."""
        if not is_rtl and not any(piece.is_rtl for piece, _width in row):
            return row
        widths = {(piece.start, len(piece.text)): width for piece, width in row}
        pieces = visual_order([piece for piece, _width in row], is_rtl)
        return [(piece, widths.get((piece.start, len(piece.text))) or self._width_of(piece)) for piece in pieces]

    def _line(
        self, row: list[tuple[Piece, int]], start: int, end: int, is_rtl: bool, indent: int, *, align: bool = True
    ) -> Line:
        total = sum(width for _piece, width in row)
        x = indent
        if is_rtl and align:
            # The space at its end, which is drawn first, may hang over the edge.
            hanging = row[-1][1] if row and row[-1][0].kind is Kind.SPACE else 0
            x = max(self._width - total, indent - hanging)
        runs: list[Run] = []
        joined: list[Piece] = []
        left, wide = x, 0
        for piece, width in self._ordered(row, is_rtl):
            if joined and _can_join(joined[-1], piece):
                joined.append(piece)
                wide += width
            else:
                if joined:
                    runs.append(_run(joined, left, wide))
                joined = [] if piece.kind is Kind.HIDDEN else [piece]
                left, wide = x, width
            x += width
        if joined:
            runs.append(_run(joined, left, wide))
        height = self._measure.line_height(self._font)
        ascent = self._measure.ascent(self._font)
        tall = max(height, self._measure.emoji_size(self._font, self._scale) + 4) if self._scale > 1 else height
        return Line(start, end, total + indent, tuple(runs), ascent + (tall - height) // 2, tall, self._scale)


def _run(pieces: list[Piece], x: int, width: int) -> Run:
    """What is drawn as one."""
    first = pieces[0]
    if len(pieces) > 1:
        text = "".join([piece.text for piece in pieces])
        return Run(Kind.WORD, text, first.start, x, width, first.link, face=first.face)
    kind = Kind.WORD if first.kind is Kind.SPACE else first.kind
    return Run(kind, first.text, first.start, x, width, first.link, first.is_rtl, first.span, first.face)


def _can_join(last: Piece, piece: Piece) -> bool:
    if last.kind not in _WRITTEN or piece.kind not in _WRITTEN or last.is_rtl or piece.is_rtl:
        return False
    return (
        last.link == piece.link
        and last.start + len(last.text) == piece.start
        and (last.face is piece.face or last.face == piece.face)
    )


def _taken_along(row: list[tuple[Piece, int]]) -> list[tuple[Piece, int]]:
    """What goes to the next line together with a piece that is glued to it; nothing where that is all of the line."""
    position = len(row) - 1
    while position > 0 and row[position][0].is_glued:
        position -= 1
    if position == 0:
        return []
    taken = row[position:]
    del row[position:]
    return taken
