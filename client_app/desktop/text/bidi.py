"""Puts the pieces of one line into the order in which they are seen: Unicode's UAX #9.

Each character gets a level: even runs to the right, odd to the left. Characters that would embed, override or isolate
are no part of what is seen and have no say in this: nobody can turn around what others wrote, nor the rest of a line.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from .pieces import Kind, Piece

_BRACKETS = "()[]{}⟨⟩⟦⟧⟪⟫⌈⌉⌊⌋「」『』【】〈〉《》"  # brackets of every script
_PAIRS = dict(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True))
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_MIRROR = str.maketrans("".join([*_PAIRS, *_CLOSING]) + "<>«»≤≥", "".join([*_CLOSING, *_PAIRS]) + "><»«≥≤")
_MOST_OPEN = 63
"""Brackets within brackets, beyond which no pairs are looked for."""

_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
"""In which direction a type pulls what is neutral beside it; numbers count as right-to-left for that."""


def visual_order(pieces: Sequence[Piece], is_rtl: bool) -> list[Piece]:
    """The pieces from left to right, for a paragraph of this direction; those of several levels are cut."""
    if not is_rtl and not any(piece.is_rtl for piece in pieces):
        return list(pieces)
    leveled = list(_cut(pieces, levels_of(_signs(pieces), int(is_rtl))))
    ordered = [_mirrored(piece) if level % 2 else piece for piece, level in leveled]
    levels = [level for _piece, level in leveled]
    for level in range(max(levels, default=0), 0, -1):
        _reverse_from(level, ordered, levels)
    return ordered


def _signs(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """Type and text of whatever has one level: a character, or a piece that is a picture or a name."""
    found: list[tuple[str, str]] = []
    for piece in pieces:
        match piece.kind:
            case Kind.EMOJI:
                found.append(("ON", ""))
            case Kind.LABEL:
                found.append(("L", ""))
            case Kind.GAP:
                found.append(("S", ""))
            case Kind.HIDDEN:
                found.append(("BN", ""))
            case _:
                found += [(unicodedata.bidirectional(character) or "L", character) for character in piece.text]
    return found


def _cut(pieces: Sequence[Piece], levels: Sequence[int]) -> Iterator[tuple[Piece, int]]:
    """The pieces with their levels, cut where the level changes within one."""
    position = 0
    for piece in pieces:
        if piece.kind not in {Kind.WORD, Kind.SPACE, Kind.SHAPED}:
            level = levels[position]
            yield (replace(piece, is_rtl=True) if level % 2 else piece), level
            position += 1
            continue
        start = 0
        for level, run in groupby(levels[position : position + len(piece.text)]):
            end = start + len(list(run))
            is_whole = end - start == len(piece.text)
            part = piece if is_whole else replace(piece, text=piece.text[start:end], start=piece.start + start)
            yield (part if part.is_rtl == bool(level % 2) else replace(part, is_rtl=bool(level % 2))), level
            start = end
        position += len(piece.text)


def _mirrored(piece: Piece) -> Piece:
    """Punctuation in right-to-left text: turned around, its brackets too. Who draws letters turns them by itself."""
    if piece.kind is Kind.WORD:
        return replace(piece, text=piece.text[::-1].translate(_MIRROR))
    return piece


def _reverse_from(level: int, ordered: list[Piece], levels: list[int]) -> None:
    """Turn around each stretch of at least this level."""
    position = 0
    while position < len(levels):
        end = position
        while end < len(levels) and levels[end] >= level:
            end += 1
        if end > position:
            ordered[position:end] = reversed(ordered[position:end])
            levels[position:end] = reversed(levels[position:end])
        position = end + 1


# --- levels -----------------------------------------------------------------------------------------------------------


def levels_of(signs: Sequence[tuple[str, str]], base: int) -> list[int]:
    """The level of each sign, a type of UAX #9 and its character, in a paragraph of level 0 or 1."""
    places = [place for place, (kind, _text) in enumerate(signs) if kind not in _WITHOUT_A_SAY]
    kinds = [signs[place][0] for place in places]
    texts = [signs[place][1] for place in places]
    start = "R" if base else "L"
    marks = {place for place, kind in enumerate(kinds) if kind == "NSM"}
    _resolve_marks(kinds, start)
    _resolve_numbers(kinds, start)
    _resolve_brackets(kinds, texts, start, marks)
    _resolve_neutrals(kinds, start)
    levels = [base] * len(signs)
    before = base
    known = dict(zip(places, kinds, strict=True))
    for place, (kind, _text) in enumerate(signs):
        if place in known:
            before = _level(known[place], base)
        levels[place] = base if kind in {"B", "S"} else before
    for place in range(len(signs) - 1, -1, -1):
        if signs[place][0] not in {"WS", "B", "S", *_WITHOUT_A_SAY}:
            break
        levels[place] = base
    return levels


_WITHOUT_A_SAY = {"BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_NEUTRAL = {"B", "S", "WS", "ON"}


def _level(kind: str, base: int) -> int:
    """I1 and I2."""
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)


def _resolve_marks(kinds: list[str], start: str) -> None:
    """W1: a mark is of the kind of what it stands on."""
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = kinds[place - 1] if place else start


def _resolve_numbers(kinds: list[str], start: str) -> None:
    """W2 to W7: digits, and the signs that belong to numbers."""
    strong = start
    for place, kind in enumerate(kinds):
        if kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and ((kind == "CS" and before in {"EN", "AN"}) or (kind == "ES" and before == "EN")):
            kinds[place] = before
    place = 0
    for kind, run in groupby(list(kinds)):
        end = place + len(list(run))
        if kind == "ET" and ("EN" in kinds[max(place - 1, 0) : place] or "EN" in kinds[end : end + 1]):
            kinds[place:end] = ["EN"] * (end - place)
        place = end
    strong = start
    for place, kind in enumerate(kinds):
        if kind in {"ES", "ET", "CS"}:
            kinds[place] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _resolve_brackets(kinds: list[str], texts: Sequence[str], start: str, marks: set[int]) -> None:
    """N0: both brackets of a pair go the same way, and so do the marks on them."""
    for opening, closing in _bracket_pairs(kinds, texts):
        inside = {_STRONG[kind] for kind in kinds[opening + 1 : closing] if kind in _STRONG}
        if not inside:
            continue
        before = next((_STRONG[kinds[at]] for at in range(opening - 1, -1, -1) if kinds[at] in _STRONG), start)
        for bracket in (opening, closing):
            end = bracket + 1
            while end in marks:
                end += 1
            kinds[bracket:end] = [start if start in inside else before] * (end - bracket)


def _bracket_pairs(kinds: Sequence[str], texts: Sequence[str]) -> list[tuple[int, int]]:
    """In the order in which they are opened."""
    found: list[tuple[int, int]] = []
    unclosed: list[int] = []
    for place, text in enumerate(texts):
        if kinds[place] != "ON":
            continue
        if text in _PAIRS:
            if len(unclosed) == _MOST_OPEN:
                return []
            unclosed.append(place)
        elif text in _CLOSING:
            depth = next((at for at in reversed(range(len(unclosed))) if texts[unclosed[at]] == _CLOSING[text]), None)
            if depth is not None:
                found.append((unclosed[depth], place))
                del unclosed[depth:]
    return sorted(found)


def _resolve_neutrals(kinds: list[str], start: str) -> None:
    """N1 and N2: what has no direction goes with what stands around it, or else with the paragraph."""
    place, before = 0, start
    for is_neutral, run in groupby([kind in _NEUTRAL for kind in kinds]):
        end = place + len(list(run))
        if is_neutral:
            after = _STRONG[kinds[end]] if end < len(kinds) else start
            kinds[place:end] = [before if before == after else start] * (end - place)
        else:
            before = _STRONG[kinds[end - 1]]
        place = end
