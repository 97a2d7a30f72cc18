"""What of the source is copied where a part of what is shown is selected."""

import re
from collections.abc import Iterator

from .tree import Block, Code, CodeBlock, Heading, Link, Listing, Paragraph, Quoted, Span, Styled, Table, Tree

_SIGNS = re.compile(r"(?:[ \t]*(?:>|[-+*]|#{1,6}|[0-9]{1,9}[.)]))+[ \t]*")


def widened(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """The stretch of the source for what is selected: signs count where all that they enclose is selected.

    So a whole bold word is copied with its signs, and half of it without; of several lines, the first with its sign.
    """
    if start >= end or tree.is_plain:
        return start, end
    line = tree.source.rfind("\n", 0, start) + 1
    if "\n" in tree.source[start:end] and _SIGNS.fullmatch(tree.source, line, start):
        start = line
    for inner, outer in _enclosed(tree.blocks):
        if start <= inner[0] and inner[1] <= end:
            start, end = min(start, outer[0]), max(end, outer[1])
    return start, end


Stretch = tuple[int, int]


def _enclosed(blocks: tuple[Block, ...]) -> Iterator[tuple[Stretch, Stretch]]:
    """What is shown, and the same with its signs; what is within before what encloses it."""
    for block in blocks:
        match block:
            case Paragraph(spans=spans) | Heading(spans=spans):
                yield from _of_spans(spans)
            case Quoted(blocks=inner):
                yield from _enclosed(inner)
            case Listing(items=items):
                for item in items:
                    yield from _enclosed(item.blocks)
            case CodeBlock(start=start, end=end, lines=lines):
                if lines:
                    yield (lines[0][0], lines[-1][1]), (start, end)
            case Table(rows=rows):
                for cell in (cell for row in rows for cell in row):
                    yield from _of_spans(cell)


def _of_spans(spans: tuple[Span, ...]) -> Iterator[tuple[Stretch, Stretch]]:
    for span in spans:
        match span:
            case Code():
                yield (span.inner_start, span.inner_end), (span.start, span.end)
            case Styled(spans=inner) | Link(spans=inner) if inner:
                yield from _of_spans(inner)
                yield (shown_start(inner[0]), shown_end(inner[-1])), (span.start, span.end)


def shown_start(span: Span) -> int:
    """Where the first thing that is shown of a span stands."""
    match span:
        case Code():
            return span.inner_start
        case Styled(spans=inner) | Link(spans=inner) if inner:
            return shown_start(inner[0])
    return span.start


def shown_end(span: Span) -> int:
    """Where the last thing that is shown of a span ends."""
    match span:
        case Code():
            return span.inner_end
        case Styled(spans=inner) | Link(spans=inner) if inner:
            return shown_end(inner[-1])
    return span.end
