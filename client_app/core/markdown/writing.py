"""What the keys for formatting do to a text that is being written, and whether a place in it is within code."""

import enum
import re
from dataclasses import dataclass

_WORD = re.compile(r"[\w’']")
_FENCE = re.compile(r"[ \t]*(?:>[ \t]*)*(`{3,}(?=[^`]*$)|~{3,})")


class Sign(enum.Enum):
    """What is put around words."""

    BOLD = "**"
    ITALIC = "*"
    STRIKE = "~~"
    CODE = "`"


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of everything from `start` to `end`, then select from `first` to `last`."""

    start: int
    end: int
    text: str
    first: int
    last: int


def with_sign(text: str, start: int, end: int, sign: Sign) -> Edit:
    """Put a sign around what is selected, or around the word at the cursor; take it away where it is there already.

    Several lines of code get fences. Where there is neither a selection nor a word, the cursor comes between signs.
    """
    if start == end:
        while start > 0 and _WORD.match(text[start - 1]):
            start -= 1
        while end < len(text) and _WORD.match(text[end]):
            end += 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    words = text[start:end]
    if sign is Sign.CODE and ("\n" in words or _is_fenced(text, start, end)):
        return _with_fences(text, start, end)
    mark = sign.value
    before, after = _reach(text, start, end, mark[0])
    if _is_on(sign, min(before, after)):
        inner = start + len(mark) - before, end - len(mark) + after
        if before and after:
            return Edit(start - len(mark), end + len(mark), words, start - len(mark), end - len(mark))
        return Edit(inner[0], inner[1], words, inner[0], inner[1])
    inside = _inside(words, mark[0])
    if _is_on(sign, inside):
        kept = words[len(mark) : -len(mark)]
        return Edit(start, end, kept, start, start + len(kept))
    if sign is Sign.CODE and "`" in words:
        mark = "`" * (max(map(len, re.findall("`+", words))) + 1) + " "
        return Edit(start, end, f"{mark}{words}{mark[::-1]}", start + len(mark), end + len(mark))
    return Edit(start, end, f"{mark}{words}{mark}", start + len(mark), end + len(mark))


def _reach(text: str, start: int, end: int, letter: str) -> tuple[int, int]:
    """How many of these letters stand directly before and behind."""
    before = len(text[:start]) - len(text[:start].rstrip(letter))
    after = len(text[end:]) - len(text[end:].lstrip(letter))
    return before, after


def _inside(words: str, letter: str) -> int:
    """How many of these letters words begin and end with, beside something else."""
    before = len(words) - len(words.lstrip(letter))
    after = len(words) - len(words.rstrip(letter))
    return min(before, after) if before < len(words) else 0


def _is_on(sign: Sign, count: int) -> bool:
    """Whether so many letters on either side hold this sign: `***` is bold and italic."""
    match sign:
        case Sign.BOLD:
            return count in (2, 3)
        case Sign.ITALIC:
            return count in (1, 3)
        case Sign.STRIKE:
            return count == 2
        case Sign.CODE:
            return count == 1


def _is_fenced(text: str, start: int, end: int) -> bool:
    """Whether what is selected stands between two fences, each on a line of its own."""
    before, after = text[:start].rstrip("\n"), text[end:].lstrip("\n")
    return (
        start > 0
        and before.rpartition("\n")[2].startswith("```")
        and text[:start].endswith("\n")
        and after.partition("\n")[0] == "```"
    )


def _with_fences(text: str, start: int, end: int) -> Edit:
    words = text[start:end]
    if _is_fenced(text, start, end):
        first = text.rfind("\n", 0, text[:start].rstrip("\n").rfind("```") + 1) + 1
        last = end + len(text[end:]) - len(text[end:].lstrip("\n")) + len("```")
        return Edit(first, last, words, first, first + len(words))
    before = "```\n" if start == 0 or text[start - 1] == "\n" else "\n```\n"
    after = "\n```" if end == len(text) or text[end] == "\n" else "\n```\n"
    return Edit(start, end, f"{before}{words}{after}", start + len(before), start + len(before) + len(words))


def is_within_fences(text: str, cursor: int) -> bool:
    """Whether a place stands in a block of code, which may not be closed yet: there, Enter begins a new line."""
    fence = ""
    for line in text[:cursor].split("\n"):
        if fence:
            stripped = line.strip()
            if len(stripped) >= len(fence) and not stripped.strip(fence[0]):
                fence = ""
        elif (found := _FENCE.match(line)) is not None:
            fence = found[1]
    return bool(fence)


def indentation(text: str, cursor: int) -> str:
    """The spaces with which the line of a place begins, as far as they stand before it."""
    line = text[:cursor].rpartition("\n")[2]
    return line[: len(line) - len(line.lstrip(" \t"))]
