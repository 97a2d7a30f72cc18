"""Pictures to be sent: plain ones, and one that moves."""

import io

from PIL import Image


def picture(color: str = "red", size: tuple[int, int] = (600, 400), kind: str = "PNG") -> bytes:
    """All of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, kind)
    return file.getvalue()


def moving() -> bytes:
    """Red, then blue, ten times a second."""
    file = io.BytesIO()
    first, second = Image.new("RGB", (90, 90), "red"), Image.new("RGB", (90, 90), "blue")
    first.save(file, "GIF", save_all=True, append_images=[second], duration=100)
    return file.getvalue()
