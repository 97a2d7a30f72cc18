"""Cuts a paragraph into the smallest pieces that are drawn in one way and never broken: words, spaces, emoji."""

import enum
import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

from client_app.desktop.emoji.sequences import EMOJI, EMOJI_STARTS

from .faces import PLAIN, Face
from .links import Link

_COMPLEX = (
    "\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u0590-\u061b\u061d-\u08ff\u0900-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f\ua840-\ua8ff\ua980-\uaa5f\uaa60-\uaaff\uabc0-\uabff"
    "\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U00011000-\U000114ff\U0001e900-\U0001e95f"
)
"""Scripts whose letters change shape or place by their neighbours, which Tk does not know about."""

_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f\ud800-\udfff"
    "\U000e0000-\U000e0fff"
)
"""Controls: most draw nothing, some would turn the text around, and lone surrogates cannot be handed to Tk at all."""

_BREAKABLE = (
    "\u2e80-\u303f\u3041-\u30ff\u3100-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
)
"""Scripts that break between any two letters."""

_COMBINING = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20df\u20e1-\u20ff\ufe20-\ufe2f"
"""Marks on letters of any script, which Tk puts beside or over them as it happens."""

_MARKS = "\u200c\u200d"
"""Joiners: part of a complex word, nothing elsewhere."""

_LETTERS = f"[^\\s{_COMPLEX}{_INVISIBLE}{_MARKS}{_BREAKABLE}{EMOJI_STARTS}#*0-9]"

_TOKEN = re.compile(
    f"(?P<emoji>{EMOJI})"
    f"|(?P<shaped>[{_COMPLEX}][{_COMPLEX}{_COMBINING}{_MARKS}]*|{_LETTERS}+[{_COMBINING}](?:{_LETTERS}|[{_COMBINING}])*)"
    f"|(?P<hidden>[{_INVISIBLE}{_MARKS}]+)"
    "|(?P<gap>\t)"
    f"|(?P<space>[^\\S\t\n{_INVISIBLE}]+)"
    f"|(?P<single>[{_BREAKABLE}])"
    f"|(?P<word>(?:{_LETTERS}+|(?!{EMOJI})[{EMOJI_STARTS}#*0-9])+)"
)
_PLAIN_TOKEN = re.compile(r"(?P<gap>\t)|(?P<space> +)|(?P<word>[!-~]+)|(?P<hidden>[^\t !-~]+)")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


_NOT_FOR_TK = re.compile(f"[{_COMPLEX}{_COMBINING}]")


def is_complex(text: str) -> bool:
    """Whether it has anything that Tk would set wrongly."""
    return not text.isascii() and _NOT_FOR_TK.search(text) is not None


class Kind(enum.Enum):
    """How a piece is drawn."""

    WORD = "word"
    """By Tk."""
    SPACE = "space"
    """By Tk, and lines break behind it."""
    GAP = "gap"
    """A tabulator: room, with nothing in it."""
    EMOJI = "emoji"
    """As an image."""
    SHAPED = "shaped"
    """As an image, in a script that Tk cannot set."""
    LABEL = "label"
    """By Tk, in the place of a link: `text` is not what stands in the whole."""
    HIDDEN = "hidden"
    """Not at all."""


_KINDS = {kind.value: kind for kind in Kind} | {"single": Kind.WORD}
"""By the names of the groups above."""


class Piece(Struct, frozen=True):
    """`text`, which stands at `start` of the whole; `link` is its address if it is part of one."""

    kind: Kind
    text: str
    start: int
    link: str = ""
    is_rtl: bool = False
    """Its letters run from right to left."""
    span: int = 0
    """For how many characters of the whole a label stands."""
    face: Face = PLAIN
    is_glued: bool = False
    """Part of the same word as the piece before it, which is written otherwise: no line breaks between them."""


def pieces_and_labels(text: str, offset: int, links: tuple[Link, ...]) -> Iterator[Piece]:
    """The same as `pieces_of`, with labels in the places of those links that have one."""
    position = 0
    for link in links:
        start = link.start - offset
        if link.label and position <= start < len(text):
            yield from pieces_of(text[position:start], offset + position, links)
            yield Piece(Kind.LABEL, link.label, link.start, link.url, span=link.end - link.start)
            position = link.end - offset
    yield from pieces_of(text[position:], offset + position, links)


def pieces_of(text: str, offset: int, links: tuple[Link, ...]) -> Iterator[Piece]:
    """The pieces of one paragraph that stands at `offset` of the whole, in the order in which they are written."""
    pattern = _PLAIN_TOKEN if text.isascii() else _TOKEN
    for match in pattern.finditer(text):
        kind = _KINDS[match.lastgroup or "word"]
        if not links and kind is not Kind.SHAPED:
            yield Piece(kind, match.group(), match.start() + offset)
            continue
        start, end = match.start() + offset, match.end() + offset
        is_rtl = kind is Kind.SHAPED and is_right_to_left(match.group())
        for first, last, link in _cut_at_links(start, end, links):
            yield Piece(kind, text[first - offset : last - offset], first, link, is_rtl)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction == "L":
            return False
        if direction in _RIGHT_TO_LEFT:
            return True
    return False


def _cut_at_links(start: int, end: int, links: tuple[Link, ...]) -> Iterator[tuple[int, int, str]]:
    for link in links:
        if link.end <= start or link.start >= end:
            continue
        if start < link.start:
            yield start, link.start, ""
            start = link.start
        stop = min(end, link.end)
        yield start, stop, link.url
        start = stop
    if start < end:
        yield start, end, ""
