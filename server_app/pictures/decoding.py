"""Opening a picture: first what it costs, from its header, then its first frame, no larger than it is wanted."""

import io
from pathlib import Path
from typing import assert_never

from PIL import Image, ImageCms
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from shared.orientation import ORIENTATION, SIDEWAYS, TURNS

from .bounds import MAX_PIXELS
from .errors import NotAPicture
from .kinds import Kind

_STRIP = 64
"""Rows that are made smaller at once, so that no second copy of a large picture is needed."""


def opened(path: Path, kind: Kind) -> ImageFile:
    """The picture, of which nothing is decoded yet. Raises `NotAPicture`, and what Pillow raises."""
    image = _decoder(kind, path)
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise NotAPicture(f"it has {width} × {height} pixels")
    return image


def _decoder(kind: Kind, path: Path) -> ImageFile:
    """Exactly that decoder: none of the others that Pillow has is ever asked."""
    match kind:
        case Kind.JPEG:
            return JpegImageFile(path)
        case Kind.PNG:
            return PngImageFile(path)
        case Kind.GIF:
            return GifImageFile(path)
        case Kind.WEBP:
            return WebPImageFile(path)
    assert_never(kind)


def upright_size(image: ImageFile) -> tuple[int, int]:
    """Width and height as it is to be shown. Before it is decoded: a JPEG may be decoded smaller."""
    width, height = image.size
    return (height, width) if _orientation(image) in SIDEWAYS else (width, height)


def first_frame(image: ImageFile, least: int) -> Image.Image:
    """As it is to be shown, RGB or RGBA in sRGB; where both sides are longer than `least`, perhaps smaller."""
    orientation, profile = _orientation(image), image.info.get("icc_profile")
    if isinstance(image, JpegImageFile):
        image.draft(None, (least, least))
    image.load()
    factor = max(1, min(image.size) // least)
    small = _in_srgb(_reduced(image, factor), profile)
    return small.transpose(Image.Transpose[TURNS[orientation]]) if orientation in TURNS else small


def _orientation(image: ImageFile) -> int:
    told = image.getexif().get(ORIENTATION, 1)
    return told if isinstance(told, int) else 1


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    if factor == 1:
        return _plain(image)
    width, height = image.size
    strips = []
    for top in range(0, height, _STRIP * factor):
        strip = image.crop((0, top, width, min(height, top + _STRIP * factor)))
        strips.append(_plain(strip).reduce(factor))
    whole = Image.new(strips[0].mode, (strips[0].width, sum(strip.height for strip in strips)))
    top = 0
    for strip in strips:
        whole.paste(strip, (0, top))
        top += strip.height
    return whole


def _plain(image: Image.Image) -> Image.Image:
    """Of the few modes that are drawn; CMYK stays as it is until its colours are known."""
    if image.mode in ("RGB", "RGBA", "CMYK"):
        return image
    if image.mode.startswith("I"):
        # Sixteen bits, of which screens show eight.
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours that every screen takes for granted."""
    if profile:
        try:
            mode = "RGB" if image.mode == "CMYK" else image.mode
            source, target = ImageCms.getOpenProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
            if converted is not None:
                return converted
        except ImageCms.PyCMSError:
            pass  # a profile of something else, or a damaged one: the numbers are the best that there is
    return image.convert("RGB") if image.mode == "CMYK" else image
