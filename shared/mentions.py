"""Which words of a message name people, or everybody: `@alice`, `@channel`, `@here`, but nothing within code."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from .code import code_ranges
from .limits import MAX_NAME
from .names import RESERVED, name_key

CHANNEL, HERE = EVERYBODY = RESERVED
"""What names everybody who is in the channel, and everybody of them who is online at this moment."""

_MOST_CHARACTERS = 2 * MAX_NAME
"""After an `@`: a name as it is typed may take more code points than in the form in which it is kept."""
_PUNCTUATION = "_-."
_PLAIN = re.compile(rf"(?<![\w@])@([\w.-]{{1,{_MOST_CHARACTERS}}})(?![\w.-])", re.ASCII)
"""The same for a text of plain letters, many times as fast."""

T = TypeVar("T")


class Place(NamedTuple):
    """An `@`, and the keys of all names that may be meant by what follows it."""

    start: int
    """The index of the `@`, in code points."""
    keys: tuple[str, ...]
    ends: tuple[int, ...]
    """Where the name of each key ends; the longest first."""


def places(body: str) -> Iterator[Place]:
    """Where somebody may be named, in order; whether there are such people is for whoever knows them to say."""
    if "@" not in body:
        return
    code = code_ranges(body)
    if body.isascii():
        for found in _PLAIN.finditer(body):
            if not any(first <= found.start() < last for first, last in code):
                yield _plain_place(found.start(), found.end(), found[1])
        return
    start = body.find("@")
    while start >= 0:
        is_free = not start or not _is_within_word(body[start - 1])
        if is_free and not any(first <= start < last for first, last in code):
            ends = tuple(_ends(body, start + 1))
            if ends:
                yield Place(start, tuple(name_key(body[start + 1 : end]) for end in ends), ends)
        start = body.find("@", start + 1)


def _plain_place(start: int, end: int, name: str) -> Place:
    key = name.lower()
    if key.isalnum():
        return Place(start, (key,), (end,))
    cuts = [number for number in range(len(key) - 1, 0, -1) if key[number] in _PUNCTUATION]
    return Place(start, (key, *(key[:cut] for cut in cuts)), (end, *(start + 1 + cut for cut in cuts)))


def chosen(found: Iterable[Place], known: Mapping[str, T]) -> Iterator[tuple[int, int, T]]:
    """Start, length and meaning of each place where the longest name that is known stands."""
    for place in found:
        for key, end in zip(place.keys, place.ends, strict=True):
            if key in known:
                yield place.start, end - place.start, known[key]
                break


def _is_within_word(character: str) -> bool:
    """What may not stand before an `@`: in `alice@example.org` nobody is named."""
    return character in "@_" or character.isalnum()


def _is_of_names(character: str) -> bool:
    return character in _PUNCTUATION or character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def _ends(body: str, start: int) -> Iterator[int]:
    """Where a name that starts here may end, the farthest first: never within a word, since `@bobby` is not `@bob`."""
    end = start
    while end < len(body) and end - start < _MOST_CHARACTERS and _is_of_names(body[end]):
        end += 1
    for each in range(end, start, -1):
        if each == len(body) or not _is_of_names(body[each]) or _may_end_before(body[each - 1], body[each]):
            yield each


def _may_end_before(last: str, following: str) -> bool:
    """Before punctuation that names may have in them, and in scripts that put no spaces between words."""
    return following in _PUNCTUATION or (_has_no_spaces(last) and not unicodedata.combining(following))


def _has_no_spaces(character: str) -> bool:
    """Chinese, Japanese, and Korean, where particles follow a name at once."""
    return "\u2e80" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7ff" or character >= "\U00020000"
