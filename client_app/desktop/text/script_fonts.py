"""Finds the fonts in which words of a script are drawn: bold and slanted where the system has such a face."""

import unicodedata
from typing import NamedTuple

from PIL import ImageFont

from client_app.desktop.fontconfig import font_with
from client_app.desktop.theme import FAMILY

_KEPT = 2000
"""Answers that are remembered."""
_JOINERS = "\u200c\u200d\ufe0f\ufe0e"
_BOLD, _SLANTED = ("bold", "black", "heavy", "demi"), ("italic", "oblique")
"""What the names of such faces have in them."""

Font = ImageFont.FreeTypeFont


class Hand(NamedTuple):
    """How words are written."""

    size: int
    """Pixels of the letters' height."""
    is_bold: bool = False
    is_slanted: bool = False


class ScriptFont(NamedTuple):
    """A font for a hand; what its face does not have is left to whoever draws with it."""

    font: Font
    needs_weight: bool
    needs_slant: bool


class ScriptFonts:
    """Remembers what was found: words of a script share a font as long as it has what they need."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Hand], ScriptFont | None] = {}
        self._by_script: dict[tuple[str, Hand], tuple[ScriptFont, set[str]]] = {}
        """The font found last for each script, and what it is known to have."""

    def of(self, word: str, hand: Hand) -> tuple[ScriptFont | None, str]:
        """The font for a word, and what of it is drawn: marks that no font has together with its letters are not."""
        letters = "".join(dict.fromkeys(character for character in word if character not in _JOINERS))
        found = self._with(letters, hand)
        if found is None:
            without = "".join(character for character in word if unicodedata.category(character) != "Mn")
            found = self._with("".join(dict.fromkeys(without)), hand) if without else None
            return found, without
        return found, word

    def _with(self, letters: str, hand: Hand) -> ScriptFont | None:
        """One font with all of these."""
        script = _script(letters)
        known = self._by_script.get((script, hand))
        if known is not None and known[1].issuperset(letters):
            return known[0]
        key = (letters, hand)
        if key not in self._found:
            self._found[key] = _load(letters, hand, script)
            if len(self._found) > _KEPT:
                self._found.pop(next(iter(self._found)))
        found = self._found[key]
        if found is not None:
            had = known[1] if known is not None and known[0].font.path == found.font.path else set()
            self._by_script[script, hand] = (found, had | set(letters))
        return found


def _script(letters: str) -> str:
    """The first word of the name of its first letter: ARABIC, THAI."""
    letter = next((character for character in letters if character.isalpha()), letters[:1] or " ")
    return unicodedata.name(letter, "UNKNOWN").split()[0]


def _load(letters: str, hand: Hand, script: str) -> ScriptFont | None:
    """Noto has families of its own for scripts, of which fontconfig would not think by itself."""
    family = FAMILY if script == "LATIN" else f"Noto Sans,Noto Sans {script.title()}"
    wanted = family + ":bold" * hand.is_bold + ":italic" * hand.is_slanted
    path = font_with(letters, wanted)
    try:
        font = ImageFont.truetype(str(path), hand.size, layout_engine=ImageFont.Layout.RAQM) if path else None
    except OSError:
        return None
    if font is None:
        return None
    face = str(font.getname()[1]).lower()
    return ScriptFont(
        font,
        needs_weight=hand.is_bold and not any(word in face for word in _BOLD),
        needs_slant=hand.is_slanted and not any(word in face for word in _SLANTED),
    )
