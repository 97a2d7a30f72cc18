"""Text of both directions is put into the order of Unicode's UAX #9, and nothing written turns around the rest."""

import ctypes
import random
import re
import unicodedata

import pytest

from client_app.desktop.text.bidi import levels_of, visual_order
from client_app.desktop.text.pieces import is_right_to_left, pieces_of


def seen(text: str) -> str:
    """The characters from left to right, words of letters as they are written."""
    return "".join(piece.text for piece in visual_order(list(pieces_of(text, 0, ())), is_right_to_left(text)))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("אב (גד) 12", "12 (גד) אב"),
        ("אב (Hello)! גד", "גד !(Hello) אב"),
        ("אב 50% גד", "גד 50% אב"),
        ("אב 10:30!", "!10:30 אב"),
        ("אב 3.11, 5 גד", "גד 5 ,3.11 אב"),
        ("one אב גד two", "one גד אב two"),
        ("one (אב) two.", "one (אב) two."),
        ("אב 🎉 גד", "גד 🎉 אב"),
        ("see אב, 12 גד!", "see גד 12 ,אב!"),
    ],
)
def test_words_numbers_and_brackets_stand_where_a_reader_expects_them(written: str, shown: str) -> None:
    assert seen(written) == shown


def test_what_would_turn_text_around_does_nothing() -> None:
    plain = "abc evil 12:00 bob after"
    for sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u202c\u200e\u200f\u061c":
        assert seen(f"abc {sign}evil 12:00 bob after").replace(sign, "") == plain


def test_levels_are_those_of_fribidi() -> None:
    """Random lines, compared with the library that draws them elsewhere; only where it is installed."""
    try:
        library = ctypes.CDLL("libfribidi.so.0")
    except OSError:
        pytest.skip("There is no fribidi here to compare with.")
    chance = random.Random(3)
    letters = "abאבجد12٣٤ .,:+-$%()[]!?\u0301\u05b0 🎉"
    for _line in range(3000):
        text = "".join(chance.choices(letters, k=chance.randrange(1, 14)))
        base = chance.randrange(2)
        if re.search("[][()][\u0301\u05b0]", text):
            continue  # where older ones of that library find no pairs
        signs = [(unicodedata.bidirectional(character), character) for character in text]
        assert levels_of(signs, base) == _fribidi_levels(library, text, base), ascii(text)


def _fribidi_levels(library: ctypes.CDLL, text: str, base: int) -> list[int]:
    count = len(text)
    characters = (ctypes.c_uint32 * count)(*map(ord, text))
    types, brackets = (ctypes.c_uint32 * count)(), (ctypes.c_uint32 * count)()
    levels = (ctypes.c_int8 * count)()
    direction = ctypes.c_uint32(0x111 if base else 0x110)
    library.fribidi_get_bidi_types(characters, count, types)
    library.fribidi_get_bracket_types(characters, count, types, brackets)
    assert library.fribidi_get_par_embedding_levels_ex(types, brackets, count, ctypes.byref(direction), levels)
    found = list(levels)
    # Rule L1, which fribidi applies when it cuts lines.
    for place in range(count - 1, -1, -1):
        if not text[place].isspace():
            break
        found[place] = base
    return found
