"""Each emoji as an image of any size, drawn once by Pillow from the system's colour font."""

import tkinter
from collections import OrderedDict
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageTk

from client_app.desktop.fontconfig import font_with

STRIKE = 109
"""Pixels: the one size in which Noto Color Emoji holds its bitmaps."""

_PLACES = (
    Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"),
    Path("/usr/share/fonts/noto/NotoColorEmoji.ttf"),
    Path("/usr/share/fonts/google-noto-emoji/NotoColorEmoji.ttf"),
    Path("/System/Library/Fonts/Apple Color Emoji.ttc"),
    Path("C:/Windows/Fonts/seguiemj.ttf"),
)


def _load_font() -> ImageFont.FreeTypeFont | None:
    """The system's colour emoji, or None."""
    found = font_with("\U0001f600", "Noto Color Emoji")
    for path in (*_PLACES, *([found] if found and "olor" in found.name else [])):
        for size in (STRIKE, 160):  # Apple's bitmaps are of 160 pixels
            try:
                return ImageFont.truetype(str(path), size)
            except OSError:
                continue
    return None


MOST_LARGE = 64
"""Emoji kept at the size of the font, of 75 kB each: enough for drawing one at several sizes."""


class EmojiImages:
    """Images by emoji and size, kept as long as the window lives: 2 kB each at the size of text."""

    def __init__(self, master: tkinter.Misc) -> None:
        self._master = master
        self._font: ImageFont.FreeTypeFont | None = None
        self._is_loaded = False
        self._large: OrderedDict[str, Image.Image | None] = OrderedDict()
        self._photos: dict[tuple[str, int], ImageTk.PhotoImage] = {}

    def photo(self, sequence: str, size: int) -> ImageTk.PhotoImage | None:
        """The image of an emoji, `size` pixels square; None where the system has no font with it."""
        found = self._photos.get((sequence, size))
        if found is None:
            image = self._drawn(sequence)
            if image is None:
                return None
            scaled = image.resize((size, size), Image.Resampling.LANCZOS)
            found = self._photos[sequence, size] = ImageTk.PhotoImage(scaled, master=self._master)
        return found

    def drawn(self, sequence: str, size: int) -> ImageTk.PhotoImage | None:
        """The image where it was drawn already, else None: to draw one takes one or two milliseconds."""
        return self._photos.get((sequence, size))

    def _drawn(self, sequence: str) -> Image.Image | None:
        if sequence not in self._large:
            self._large[sequence] = self._draw(sequence)
            if len(self._large) > MOST_LARGE:
                self._large.popitem(last=False)
        return self._large[sequence]

    def _draw(self, sequence: str) -> Image.Image | None:
        """The emoji as large as its font has it, on a transparent square."""
        if not self._is_loaded:
            self._font, self._is_loaded = _load_font(), True
        if self._font is None:
            return None
        left, top, right, bottom = (int(edge) for edge in self._font.getbbox(sequence))
        side = max(right - left, bottom - top)
        if side <= 0:
            return None
        image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        corner = ((side - (right - left)) // 2 - left, (side - (bottom - top)) // 2 - top)
        ImageDraw.Draw(image).text(corner, sequence, font=self._font, embedded_color=True)
        return image if image.getbbox() else None
