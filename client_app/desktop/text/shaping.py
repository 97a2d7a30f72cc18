"""Words that Tk cannot set (Arabic, Hebrew, Indic, Thai …, marks on letters), drawn by Pillow with raqm into images."""

import tkinter
from collections import OrderedDict

from PIL import Image, ImageDraw, ImageTk, features

from .script_fonts import Hand, ScriptFont, ScriptFonts

_KEPT = 2000
"""Images; a screen full of Arabic has some 500 words."""
_MAX_WIDTHS = 20_000
"""Words whose width is remembered: asking raqm for one takes 40 µs, and lines are broken at each key that is typed."""
_SLANT = 0.2
"""To the right for each pixel of height, as slanted faces do."""
_WEIGHT = 1 / 32
"""Of the letters' height: how far each stroke grows on either side where there is no bold face."""


class Shaper:
    """Draws and measures words; without raqm, or without a font, it says that it cannot."""

    def __init__(self, master: tkinter.Misc) -> None:
        self._master = master
        self._can_shape = features.check("raqm")
        self._fonts = ScriptFonts()
        self._widths: dict[tuple[str, Hand], int | None] = {}
        self._photos: OrderedDict[tuple[str, Hand, str, int], ImageTk.PhotoImage] = OrderedDict()

    def width(self, word: str, hand: Hand) -> int | None:
        """Pixels; None where the word has to be left to Tk."""
        key = (word, hand)
        if key not in self._widths:
            if len(self._widths) >= _MAX_WIDTHS:
                self._widths.clear()
            found, drawn = self._font(word, hand)
            self._widths[key] = None if found is None else _width(found, drawn)
        return self._widths[key]

    def photo(self, word: str, hand: Hand, color: str, ascent: int, height: int) -> ImageTk.PhotoImage | None:
        """The word on a transparent ground, `height` pixels high with its baseline at `ascent`.

        Whatever is piled up on its letters ends there, and paints over no other line. What is slanted is wider than
        its width says, and leans over what follows.
        """
        key = (word, hand, color, height)
        found = self._photos.get(key)
        if found is not None:
            self._photos.move_to_end(key)
            return found
        font, drawn = self._font(word, hand)
        if font is None:
            return None
        image = drawn_word(drawn, font, color, ascent, height)
        found = self._photos[key] = ImageTk.PhotoImage(image, master=self._master)
        if len(self._photos) > _KEPT:
            self._photos.popitem(last=False)
        return found

    def _font(self, word: str, hand: Hand) -> tuple[ScriptFont | None, str]:
        return self._fonts.of(word, hand) if self._can_shape else (None, word)


def _width(found: ScriptFont, drawn: str) -> int:
    return max(round(found.font.getlength(drawn) + 2 * _stroke(found)) + 1, 1)


def _stroke(found: ScriptFont) -> float:
    return found.font.size * _WEIGHT if found.needs_weight else 0.0


def drawn_word(drawn: str, found: ScriptFont, color: str, ascent: int, height: int) -> Image.Image:
    """A word in a font that has its letters, on a transparent ground, with what the font's face lacks made up for."""
    stroke = _stroke(found)
    leaning = round(ascent * _SLANT) if found.needs_slant else 0
    size = (_width(found, drawn) + leaning, height)
    image = Image.new("RGBA", size, color + "00")
    ImageDraw.Draw(image).text((stroke, ascent), drawn, font=found.font, fill=color, anchor="ls", stroke_width=stroke)
    if leaning:
        # What is drawn at a height comes from so much further left: nothing moves at the baseline.
        image = image.transform(
            size, Image.Transform.AFFINE, (1, _SLANT, -_SLANT * ascent, 0, 1, 0), Image.Resampling.BICUBIC
        )
    return image
