"""A person's disc: their initials on a colour that belongs to their id, or their picture, cut smoothly by Pillow."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from client_app.desktop.drawing.presence import Dot, draw_dot
from client_app.desktop.fontconfig import font_with
from client_app.desktop.pictures import Cut, Unreadable
from client_app.desktop.pictures.cutting import cut_out
from client_app.desktop.toolkit.root import ASSETS
from shared.types import UserId

_FONT = ASSETS / "fonts" / "HearthSans-Bold.otf"
OWN_LETTERS = 0x530
"""Hearth's own face has Latin, Greek and Cyrillic, which end here."""
_OVERSAMPLE = 4
"""Drawn so many times larger and scaled down, for a smooth edge."""


@dataclass(frozen=True, slots=True)
class Face:
    """A person's disc, before it is known whether they have a picture."""

    user_id: UserId
    letters: str
    size: int
    """Pixels of the screen across."""
    color: str
    ink: str
    mark: Dot | None = None
    """How they look at the moment, at the lower right."""


def draw_letters(face: Face) -> Image.Image:
    """The disc of somebody who has no picture, or whose picture is not there yet."""
    large = face.size * _OVERSAMPLE
    image = Image.new("RGBA", (large, large), face.color + "00")
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, large - 1, large - 1), fill=face.color)
    share = 0.42 if len(face.letters) == 1 else 0.36
    font = _font(face.letters, round(large * share))
    draw.text((large / 2, large * 0.505), face.letters, font=font, fill=face.ink, anchor="mm")
    return _with_mark(image.resize((face.size, face.size), Image.Resampling.BOX), face)


def draw_picture(path: Path, face: Face) -> Image.Image | None:
    """The picture as a disc, with the mark; None where the file is none. Any thread."""
    side = face.size
    try:
        # In the middle of its box, which it fills.
        picture = cut_out(path, Cut(side, side, side, side, face.color))
    except Unreadable:
        return None
    disc = Image.new("RGBA", picture.size, face.color + "00")
    disc.paste(picture, (0, 0))
    disc.putalpha(disc_mask(face.size))
    return _with_mark(disc, face)


def disc_mask(size: int) -> Image.Image:
    """What of a square of so many pixels is seen as a disc: 255 within, 0 outside, smooth at the edge. Any thread."""
    large = size * _OVERSAMPLE
    mask = Image.new("L", (large, large), 0)
    ImageDraw.Draw(mask).ellipse((0, 0, large - 1, large - 1), fill=255)
    return mask.resize((size, size), Image.Resampling.BOX)


def _with_mark(disc: Image.Image, face: Face) -> Image.Image:
    """The disc with the mark on it, where there is one."""
    if face.mark is not None:
        small = draw_dot(face.mark)
        disc.alpha_composite(small, (face.size - face.mark.size, face.size - face.mark.size))
    return disc


def _font(letters: str, size: int) -> ImageFont.FreeTypeFont:
    """Hearth's own face, or one that has these letters."""
    own = ImageFont.truetype(str(_FONT), size)
    if all(ord(letter) < OWN_LETTERS for letter in letters):
        return own
    path = font_with(letters[0])
    try:
        return ImageFont.truetype(str(path), size) if path else own
    except OSError:
        return own
