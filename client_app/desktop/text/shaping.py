"""Words of scripts that Tk cannot set (Arabic, Hebrew, Indic, Thai …), drawn by Pillow with raqm into images."""

import tkinter
import unicodedata
from collections import OrderedDict

from PIL import Image, ImageDraw, ImageFont, ImageTk, features

from client_app.desktop.fontconfig import font_with

_KEPT = 2000
"""Images; a screen full of Arabic has some 500 words."""


class Shaper:
    """Draws and measures words; without raqm, or without a font, it says that it cannot."""

    def __init__(self, master: tkinter.Misc) -> None:
        self._master = master
        self._can_shape = features.check("raqm")
        self._fonts: dict[tuple[str, int], ImageFont.FreeTypeFont | None] = {}
        self._photos: OrderedDict[tuple[str, int, str, int], ImageTk.PhotoImage] = OrderedDict()

    def width(self, word: str, size: int) -> int | None:
        """Pixels; None where the word has to be left to Tk."""
        font = self._font(word, size)
        return None if font is None else round(font.getlength(word)) + 1

    def photo(self, word: str, size: int, color: str, ascent: int, height: int) -> ImageTk.PhotoImage | None:
        """The word on a transparent ground, `height` pixels high with its baseline at `ascent`."""
        key = (word, size, color, height)
        found = self._photos.get(key)
        if found is not None:
            self._photos.move_to_end(key)
            return found
        font = self._font(word, size)
        if font is None:
            return None
        image = Image.new("RGBA", (max(round(font.getlength(word)) + 1, 1), height), color + "00")
        ImageDraw.Draw(image).text((0, ascent), word, font=font, fill=color, anchor="ls")
        found = self._photos[key] = ImageTk.PhotoImage(image, master=self._master)
        if len(self._photos) > _KEPT:
            self._photos.popitem(last=False)
        return found

    def _font(self, word: str, size: int) -> ImageFont.FreeTypeFont | None:
        if not self._can_shape:
            return None
        letter = next((character for character in word if character.isalpha()), word[0])
        script = unicodedata.name(letter, "UNKNOWN").split()[0]
        key = (script, size)
        if key not in self._fonts:
            self._fonts[key] = _load(letter, size)
        return self._fonts[key]


def _load(letter: str, size: int) -> ImageFont.FreeTypeFont | None:
    path = font_with(letter, "Noto Sans")
    try:
        return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM) if path else None
    except OSError:
        return None
