"""What makes two spellings one word to whoever searches: case, accents, widths and invisible characters do not count.

Marks that only colour a letter go (`é`, `ü`, Hebrew points, Arabic vowels); those that make another sound stay (the
vowels of Indic scripts, the voicing of kana). In scripts without spaces between words, each two neighbours are a word
of the index, and so any part of a text is found by its pairs; so are emoji.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator

LONGEST_WORD = 40
"""Characters of a word that the index keeps: what is longer is no word, and found by its beginning."""
SHORTEST_BEGINNING = 3
"""Letters from which on what is typed may be the beginning of a word: two letters begin so many that all of them are
found."""
_MOST_REMEMBERED = 20_000
_LEAST_COLOURING = 10
"""From this combining class on, a mark only colours its letter: below are signs that belong to the letters of Indic
scripts and kana (Unicode, table of `Canonical_Combining_Class`)."""
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe"}
"""What people type for letters that Unicode does not take apart."""
_VARIATIONS = range(0xFE00, 0xFE10)

DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2190-\u2bff\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff"
    "\uac00-\ud7ff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
"""Scripts that put no spaces between words, Korean, where particles follow a word at once, and pictures."""
_SIGNS = "".join(
    chr(code)
    for first, last in ((0x0900, 0x1D00), (0x3099, 0x309B), (0xA800, 0xAC00))
    for code in range(first, last)
    if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
LETTER = rf"(?:[^\W_]|[{_SIGNS}{DENSE}])"
"""One character of a word, as a regular expression."""
_WORD = re.compile(rf"{LETTER}+")
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_PIECE = re.compile(rf"[{DENSE}]+|[^{DENSE}]+")
_DENSE = re.compile(f"[{DENSE}]")


class _Folded(dict[int, str]):
    """What becomes of each character, as `str.translate` asks for it."""

    def __missing__(self, code: int) -> str:
        found = _fold_character(chr(code))
        if len(self) < _MOST_REMEMBERED:
            self[code] = found
        return found


def _fold_character(character: str) -> str:
    if ord(character) in _VARIATIONS or unicodedata.category(character) == "Cf":
        return ""
    lower = character.casefold()
    apart = unicodedata.normalize("NFKD", _LETTERS.get(lower, lower))
    kept = "".join(each for each in apart if unicodedata.combining(each) < _LEAST_COLOURING)
    return unicodedata.normalize("NFC", kept).casefold()


_folded = _Folded()


def fold(text: str) -> str:
    """The text as it is compared; what two spellings share that mean the same."""
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.translate(_folded)


def fold_character(character: str) -> str:
    """What one character of a text that is in Unicode's normal form C becomes: none, one or several."""
    return _folded[ord(character)]


def words(folded: str) -> list[str]:
    """The words of a folded text, in order; a word of several scripts is one."""
    return (_PLAIN_WORD if folded.isascii() else _WORD).findall(folded)


def pieces(word: str) -> list[str]:
    """A word taken apart where a script with spaces meets one without."""
    return [word] if word.isascii() else _PIECE.findall(word)


def is_dense(piece: str) -> bool:
    """Whether a piece is of a script without spaces."""
    return _DENSE.match(piece) is not None


def index_words(folded: str) -> set[str]:
    """What the index keeps of a folded text."""
    if folded.isascii():
        return {word[:LONGEST_WORD] for word in _PLAIN_WORD.findall(folded)}
    return {each for word in words(folded) for piece in pieces(word) for each in _of_piece(piece)}


def _of_piece(piece: str) -> Iterator[str]:
    if not is_dense(piece):
        yield piece[:LONGEST_WORD]
        return
    yield from map("".join, itertools.pairwise(piece))
    # Who asks for one character asks for pairs that begin with it, and the last begins none.
    yield piece[-1]
