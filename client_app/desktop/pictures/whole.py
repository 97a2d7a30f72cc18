"""A whole picture in memory, upright, and never more of it than is of use."""

from pathlib import Path

from PIL import Image

from .cutting import opened, orientation_of, reading, upright, without_palette


def whole(path: Path, most_pixels: int) -> Image.Image:
    """The picture, RGB or RGBA, smaller where it has more pixels. Raises `Unreadable`. Not on the window's thread."""
    with reading(), opened(path) as image:
        share = min((most_pixels / (image.width * image.height)) ** 0.5, 1.0)
        size = max(int(image.width * share), 1), max(int(image.height * share), 1)
        if share < 1.0:
            image.draft("RGB", size)
        orientation, plain = orientation_of(image), without_palette(image)
        if share < 1.0 and plain.size != size:
            plain = plain.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
        return upright(plain, orientation)


def on_ground(picture: Image.Image, color: str) -> Image.Image:
    """The same without transparency: this colour is seen through it. Any thread."""
    if picture.mode == "RGB":
        return picture
    ground = Image.new("RGB", picture.size, color)
    ground.paste(picture, (0, 0), picture)
    return ground
