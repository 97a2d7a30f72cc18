"""Pictures that people show one another, for the pictures of the guide: drawn here, so that they are nobody's."""

import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter

from client_app.desktop.pictures import PictureDeed
from client_app.desktop.viewer import Seen
from scripts.cast import Cast
from shared.types import GENERAL

if TYPE_CHECKING:
    from client_app.desktop.app import DesktopApp

SIZE = (1600, 1200)
SKIES = (("harbour", "#f6a35c", "#3b2b56"), ("hills", "#bfe3f2", "#4f86b8"), ("night", "#33406e", "#0b0f24"))
"""What each is called, and the colours of its sky below and above."""


def take_pictures(
    app: "DesktopApp", cast: Cast, wait: Callable[[Callable[[], bool]], None], picture: Callable[[str], None]
) -> None:
    """Three pictures in a message, and one of them in the viewer."""
    messages = app.window.conversation.messages
    with tempfile.TemporaryDirectory(prefix="hearth-scenery-") as folder:
        paths = [_scenery(Path(folder) / f"{name}.jpg", below, above) for name, below, above in SKIES]
        app.client.attach(GENERAL, paths)
        app.client.send(GENERAL, "From the weekend by the lake 🌅")
        wait(lambda: bool(messages.entries) and len(messages.entries[-1].attachments) == len(paths))
    painter = messages.painter.pictures
    shown = messages.entries[-1]
    wait(
        lambda: all(
            slot.is_done
            for painted in messages.painted.values()
            if painted.row.entry is shown
            for slot in painter.slots(painted)
        )
    )
    for name, emoji in (("carol", "😍"), ("dave", "😍"), ("erin", "👍")):
        cast.react(name, "general", shown.seq, emoji)
    picture("pictures")
    app.window.looking.do(Seen(messages.entries[-1], shown.attachments[0]), PictureDeed.OPEN)
    wait(lambda: app.window.looking.viewer.is_whole)
    picture("viewer")
    app.window.looking.close()


def _scenery(path: Path, below: str, above: str) -> Path:
    """A sky with a sun, hills and water."""
    width, height = SIZE
    dice = random.Random(path.name)
    sky = Image.linear_gradient("L").resize(SIZE)
    image = Image.composite(Image.new("RGB", SIZE, below), Image.new("RGB", SIZE, above), sky)
    draw = ImageDraw.Draw(image)
    x, y, radius = dice.randrange(width // 4, width * 3 // 4), height // 2, height // 9
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill="#fff3d6")
    image = image.filter(ImageFilter.GaussianBlur(6))
    draw = ImageDraw.Draw(image)
    for layer in range(4):
        shade = 70 - 14 * layer
        points, top = [(0, height)], height * (5 + layer) // 9
        points += [(step * width // 12, top - dice.randrange(height // 7)) for step in range(13)]
        draw.polygon([*points, (width, height)], fill=(shade, shade + 12, shade + 26))
    image.filter(ImageFilter.GaussianBlur(2)).save(path, quality=85)
    return path
