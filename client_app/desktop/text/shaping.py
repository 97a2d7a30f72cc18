"""Words that Tk cannot set (Arabic, Hebrew, Indic, Thai …, marks on letters), drawn by Pillow with raqm into images."""

import tkinter
import unicodedata
from collections import OrderedDict
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont, ImageTk, features

from client_app.desktop.fontconfig import font_with
from client_app.desktop.theme import FAMILY

_KEPT = 2000
"""Images; a screen full of Arabic has some 500 words."""
_JOINERS = "\u200c\u200d\ufe0f\ufe0e"

Font = ImageFont.FreeTypeFont


class Hand(NamedTuple):
    """How words are written."""

    size: int
    """Pixels of the letters' height."""
    is_bold: bool = False


class Shaper:
    """Draws and measures words; without raqm, or without a font, it says that it cannot."""

    def __init__(self, master: tkinter.Misc) -> None:
        self._master = master
        self._can_shape = features.check("raqm")
        self._fonts: dict[tuple[str, Hand], Font | None] = {}
        self._by_script: dict[tuple[str, Hand], tuple[Font, set[str]]] = {}
        """The font found last for each script, and what it is known to have."""
        self._photos: OrderedDict[tuple[str, Hand, str, int], ImageTk.PhotoImage] = OrderedDict()

    def width(self, word: str, hand: Hand) -> int | None:
        """Pixels; None where the word has to be left to Tk."""
        font, drawn = self._font(word, hand)
        return None if font is None else max(round(font.getlength(drawn)) + 1, 1)

    def photo(self, word: str, hand: Hand, color: str, ascent: int, height: int) -> ImageTk.PhotoImage | None:
        """The word on a transparent ground, `height` pixels high with its baseline at `ascent`.

        Whatever is piled up on its letters ends there, and paints over no other line.
        """
        key = (word, hand, color, height)
        found = self._photos.get(key)
        if found is not None:
            self._photos.move_to_end(key)
            return found
        font, drawn = self._font(word, hand)
        if font is None:
            return None
        image = Image.new("RGBA", (max(round(font.getlength(drawn)) + 1, 1), height), color + "00")
        ImageDraw.Draw(image).text((0, ascent), drawn, font=font, fill=color, anchor="ls")
        found = self._photos[key] = ImageTk.PhotoImage(image, master=self._master)
        if len(self._photos) > _KEPT:
            self._photos.popitem(last=False)
        return found

    def _font(self, word: str, hand: Hand) -> tuple[Font | None, str]:
        """The font for a word, and what of it is drawn: marks that no font has together with its letters are not."""
        if not self._can_shape:
            return None, word
        letters = "".join(dict.fromkeys(character for character in word if character not in _JOINERS))
        font = self._font_with(letters, hand)
        if font is None:
            without = "".join(character for character in word if unicodedata.category(character) != "Mn")
            font = self._font_with("".join(dict.fromkeys(without)), hand) if without else None
            return font, without
        return font, word

    def _font_with(self, letters: str, hand: Hand) -> Font | None:
        """One font with all of these; words of a script share it as long as it has what they need."""
        script = _script(letters)
        known = self._by_script.get((script, hand))
        if known is not None and known[1].issuperset(letters):
            return known[0]
        key = (letters, hand)
        if key not in self._fonts:
            self._fonts[key] = _load(letters, hand, FAMILY if script == "LATIN" else "Noto Sans")
            if len(self._fonts) > _KEPT:
                self._fonts.pop(next(iter(self._fonts)))
        found = self._fonts[key]
        if found is not None:
            had = known[1] if known is not None and known[0].path == found.path else set()
            self._by_script[script, hand] = (found, had | set(letters))
        return found


def _script(letters: str) -> str:
    """The first word of the name of its first letter: ARABIC, THAI."""
    letter = next((character for character in letters if character.isalpha()), letters[:1] or " ")
    return unicodedata.name(letter, "UNKNOWN").split()[0]


def _load(letters: str, hand: Hand, family: str) -> Font | None:
    path = font_with(letters, f"{family}:bold" if hand.is_bold else family)
    try:
        return ImageFont.truetype(str(path), hand.size, layout_engine=ImageFont.Layout.RAQM) if path else None
    except OSError:
        return None
