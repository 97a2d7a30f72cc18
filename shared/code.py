"""Which parts of a message are code: between fences, and between backticks within one paragraph.

CommonMark's rules, as far as they say what is code, without a parser: the server asks before it notifies anybody. Two
looks for a fence or a backtick are all that a message without code costs.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_QUOTE = re.compile(r"(?:[ \t]*>)*")
_SIGNS = re.compile(r"[ \t]*(?:(?:[-+*]|[0-9]{1,9}[.)])(?:[ \t]+|\Z))*")
_FENCE = re.compile(r"[ \t]*(?:(`{3,})[^`]*|(~{3,}).*)\Z")
_OWN_LINE = re.compile(r"#{1,6}(?:[ \t]|\Z)|(?:[-*_][ \t]*){3,}\Z")
_TICKS = re.compile(r"`+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|(`+)")


class _Line(NamedTuple):
    """A line without its break, cut into what belongs to quotes and lists and what is said."""

    start: int
    end: int
    depth: int
    """Of how many quotes it is part."""
    at: int
    """Where its text begins."""
    indent: int
    """From the quotes' signs to there."""
    is_item: bool
    number: str


def code_ranges(body: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each stretch of code, with what encloses it, in order."""
    if "`" not in body and "~~~" not in body:
        return ()
    found: list[tuple[int, int]] = []
    paragraph: list[_Line] = []
    lines = list(_lines(body))
    position = 0
    while position < len(lines):
        line = lines[position]
        text = body[line.at : line.end]
        fence = _FENCE.match(text)
        if fence is not None:
            found += _spans(body, paragraph)
            paragraph = []
            after = _after_fence(body, lines, position, fence[1] or fence[2])
            found.append((line.at, lines[after - 1].end))
            position = after
            continue
        if paragraph and not _goes_on(paragraph, line, text):
            found += _spans(body, paragraph)
            paragraph = []
        if text.strip():
            paragraph.append(line)
        if _OWN_LINE.match(text.strip()):
            found += _spans(body, paragraph)
            paragraph = []
        position += 1
    return tuple(found + list(_spans(body, paragraph)))


def _lines(body: str) -> Iterator[_Line]:
    start = 0
    while start <= len(body):
        end = body.find("\n", start)
        end = len(body) if end < 0 else end
        quote = _QUOTE.match(body, start, end)
        assert quote is not None  # it may be empty
        after = quote.end() + (1 if quote.end() > start and body[quote.end() : quote.end() + 1] == " " else 0)
        text = body[after:end]
        signs = _SIGNS.match(text)
        assert signs is not None  # likewise
        sign = signs.group().strip()
        yield _Line(
            start, end, quote.group().count(">"), after + signs.end(), signs.end(), bool(sign),
            sign.rstrip(".)") if sign[:1].isdigit() else "",
        )  # fmt: skip
        start = end + 1


def _goes_on(paragraph: list[_Line], line: _Line, text: str) -> bool:
    """Whether a line belongs to the paragraph before it."""
    if not text.strip() or line.depth != paragraph[-1].depth or _OWN_LINE.match(text.strip()):
        return False
    if paragraph[0].is_item and line.indent < paragraph[0].indent:
        return False
    if not line.is_item:
        return True
    return bool(line.number) and line.number != "1" and not paragraph[0].is_item


def _after_fence(body: str, lines: list[_Line], position: int, fence: str) -> int:
    """The index of the first line behind a block of code."""
    opened = lines[position]
    width = opened.indent if opened.is_item else 0
    for number in range(position + 1, len(lines)):
        line = lines[number]
        text = body[line.start : line.end]
        if line.depth < opened.depth:
            return number
        for _ in range(opened.depth):
            text = text.lstrip(" \t").removeprefix(">")
        if width and text.strip() and len(text) - len(text.lstrip()) < width:
            return number
        text = text.strip()
        if len(text) >= len(fence) and not text.strip(fence[0]):
            return number + 1
    return len(lines)


def _spans(body: str, paragraph: list[_Line]) -> Iterator[tuple[int, int]]:
    """`Code` within one paragraph: between as many backticks on either side."""
    if not paragraph or "`" not in body[paragraph[0].at : paragraph[-1].end]:
        return
    text = "\n".join(body[line.at : line.end] for line in paragraph)
    runs: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        runs.setdefault(len(run.group()), []).append(run.start())
    position = 0
    while (found := _ESCAPE.search(text, position)) is not None:
        position = found.end()
        ticks = len(found[2] or "")
        closing = next((start for start in runs.get(ticks, ()) if start >= position), None)
        if ticks and closing is not None:
            position = closing + ticks
            yield _in_body(paragraph, found.start()), _in_body(paragraph, position - 1) + 1


def _in_body(paragraph: list[_Line], position: int) -> int:
    """Where a place within a paragraph's text is in the whole."""
    for line in paragraph:
        length = line.end - line.at
        if position <= length:
            return line.at + position
        position -= length + 1
    return paragraph[-1].end
