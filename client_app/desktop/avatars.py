"""A person's disc: their initials on a colour that belongs to their id, cut smoothly by Pillow."""

import tkinter
import unicodedata
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageTk

from client_app.core.presence import Presence
from client_app.desktop.fontconfig import font_with
from client_app.desktop.presence import dot, draw_dot
from client_app.desktop.theme import Palette

_FONT = Path(__file__).parent / "assets" / "fonts" / "HearthSans-Bold.otf"
_OWN_LETTERS = 0x530
"""Hearth's own face has Latin, Greek and Cyrillic, which end here."""
_OVERSAMPLE = 4
"""Drawn so many times larger and scaled down, for a smooth edge."""


def color_index(user_id: int, count: int) -> int:
    """Which of `count` colours belongs to a person; neighbours in id are apart in colour."""
    return (user_id * 5) % count


def author_color(palette: Palette, user_id: int | None) -> str:
    """The colour in which a person's name is written."""
    return palette.authors[color_index(user_id or 0, len(palette.authors))]


def initials(name: str) -> str:
    """One or two letters: of the first two words where there are two, else the first."""
    words = [word for word in "".join(c if c.isalnum() else " " for c in name).split() if word]
    letters = [word[0] for word in words[:2]] or ["?"]
    if any(ord(letter) >= _OWN_LETTERS for letter in letters):
        letters = letters[:1]  # two scripts would want two fonts, and some join their letters
    return unicodedata.normalize("NFC", "".join(letters)).upper()[:2]


class Avatars:
    """Discs by person and size, each drawn once."""

    def __init__(self, master: tkinter.Misc) -> None:
        self._master = master
        self._photos: dict[tuple[int, str, int, str], ImageTk.PhotoImage] = {}

    def image(self, user_id: int, name: str, size: int, palette: Palette) -> ImageTk.PhotoImage:
        """The disc of a person, `size` pixels of the screen across; keep it as long as it is shown."""
        letters = initials(name)
        color = palette.avatars[color_index(user_id, len(palette.avatars))]
        key = (user_id, letters, size, color)
        found = self._photos.get(key)
        if found is None:
            image = _draw(letters, size, color, palette.on_avatar)
            found = self._photos[key] = ImageTk.PhotoImage(image, master=self._master)
        return found

    def with_presence(
        self, person: tuple[int, str], presence: Presence, size: int, palette: Palette, ground: str
    ) -> ImageTk.PhotoImage:
        """The disc of a person (id, name) on this ground, with a dot for how they look at its lower right."""
        user_id, letters = person[0], initials(person[1])
        color = palette.avatars[color_index(user_id, len(palette.avatars))]
        mark = dot(presence, max(size * 2 // 5, 12), palette, ground)
        key = (user_id, letters, size, f"{color} {mark}")
        found = self._photos.get(key)
        if found is None:
            image, small = _draw(letters, size, color, palette.on_avatar), draw_dot(mark)
            image.alpha_composite(small, (size - mark.size, size - mark.size))
            found = self._photos[key] = ImageTk.PhotoImage(image, master=self._master)
        return found


def _draw(letters: str, size: int, color: str, ink: str) -> Image.Image:
    large = size * _OVERSAMPLE
    image = Image.new("RGBA", (large, large), color + "00")
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, large - 1, large - 1), fill=color)
    share = 0.42 if len(letters) == 1 else 0.36
    draw.text((large / 2, large * 0.505), letters, font=_font(letters, round(large * share)), fill=ink, anchor="mm")
    return image.resize((size, size), Image.Resampling.BOX)


def _font(letters: str, size: int) -> ImageFont.FreeTypeFont:
    """Hearth's own face, or one that has these letters."""
    own = ImageFont.truetype(str(_FONT), size)
    if all(ord(letter) < _OWN_LETTERS for letter in letters):
        return own
    path = font_with(letters[0])
    try:
        return ImageFont.truetype(str(path), size) if path else own
    except OSError:
        return own
