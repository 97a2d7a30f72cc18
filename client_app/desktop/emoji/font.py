"""The system's colour font: which emoji it has as one picture each, and how they look."""

import unicodedata
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from client_app.desktop.fontconfig import characters_of, font_with
from shared.emoji import canonical

_STRIKES = (109, 160)
"""Pixels: the one size in which Noto Color Emoji holds its bitmaps, and the one of Apple's."""
_PLACES = (
    Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"),
    Path("/usr/share/fonts/noto/NotoColorEmoji.ttf"),
    Path("/usr/share/fonts/google-noto-emoji/NotoColorEmoji.ttf"),
    Path("/System/Library/Fonts/Apple Color Emoji.ttc"),
    Path("C:/Windows/Fonts/seguiemj.ttf"),
)
_JOINER, _SELECTOR = "\u200d", "\ufe0f"
_ONE_WIDE = 1.25
"""How much wider than high one picture may be; two beside each other are twice as wide."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class EmojiFont:
    """Draws emoji in the font that was found; without one it has none."""

    def __init__(self) -> None:
        self._font, path = _load()
        self._has_character = characters_of(path) if path is not None else None
        self.identity = _identity(path)
        """Changes when the font does: pictures that were kept belong to one of them."""

    def has(self, sequence: str) -> bool:
        """Whether it can be drawn: as one picture; of what is no emoji as a whole, each of the parts joined in it."""
        alone = sequence.removesuffix(_SELECTOR)
        if self._has_character is not None and len(alone) == 1:
            return self._has_character(alone)
        return self._font is not None and self._can_draw(sequence, self._font.getbbox(sequence))

    def draw(self, sequence: str, size: int) -> Image.Image | None:
        """The emoji on a transparent square of so many pixels; None where the font does not have it."""
        if self._font is None or not self._can_draw(sequence, box := self._font.getbbox(sequence)):
            return None
        left, top, right, bottom = (int(edge) for edge in box)
        side = max(right - left, bottom - top)
        image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        corner = ((side - (right - left)) // 2 - left, (side - (bottom - top)) // 2 - top)
        ImageDraw.Draw(image).text(corner, sequence, font=self._font, embedded_color=True)
        return image.resize((size, size), Image.Resampling.LANCZOS) if image.getbbox() is not None else None

    def _can_draw(self, sequence: str, box: Box) -> bool:
        if _is_wide(box):
            parts = sequence.split(_JOINER)
            return len(parts) > 1 and canonical(sequence) is None and all(self._has_one(part) for part in parts)
        return not _is_empty(box)

    def _has_one(self, part: str) -> bool:
        assert self._font is not None
        box = self._font.getbbox(part)
        return not _is_empty(box) and not _is_wide(box)


def _is_empty(box: Box) -> bool:
    """So it is of what the font does not have."""
    return box[0] >= box[2] or box[1] >= box[3]


def _is_wide(box: Box) -> bool:
    return not _is_empty(box) and box[2] - box[0] > _ONE_WIDE * (box[3] - box[1])


def _load() -> tuple[ImageFont.FreeTypeFont | None, Path | None]:
    found = font_with("\U0001f600", "Noto Color Emoji")
    for path in (*_PLACES, *([found] if found and "olor" in found.name else [])):
        for size in _STRIKES:
            try:
                return ImageFont.truetype(str(path), size), path
            except OSError:
                continue
    return None, None


def _identity(path: Path | None) -> str:
    if path is None:
        return ""
    about = path.stat()
    return f"{path} {about.st_size} {about.st_mtime_ns} {unicodedata.unidata_version}"
