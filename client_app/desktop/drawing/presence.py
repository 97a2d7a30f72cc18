"""How people look while they are here: a small disc whose form says it without its colour, and the words for it."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from client_app.core.world.presence import Presence
from client_app.desktop.theme import Palette

_OVERSAMPLE = 8
"""Drawn so many times larger and scaled down, for a smooth edge."""
_RIM, _RING = 1 / 7, 1 / 6
"""Of its size: how wide the ground around it is, and a ring's line."""

PRESENCE_WORDS = {
    Presence.ONLINE: "Online",
    Presence.IDLE: "Idle",
    Presence.DO_NOT_DISTURB: "Do not disturb",
    Presence.INVISIBLE: "Invisible",
    Presence.OFFLINE: "Offline",
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A full disc for online, a crescent for idle, a bar in it for do not disturb, a ring for whoever is not seen."""

    presence: Presence
    size: int
    """Pixels of the screen, with the rim."""
    color: str
    ground: str
    """The colour of its rim, by which it stands out from what it lies on; empty for none."""


def dot(presence: Presence, size: int, palette: Palette, ground: str) -> Dot:
    """The disc in the colours of a theme."""
    color = {
        Presence.ONLINE: palette.online,
        Presence.IDLE: palette.warning,
        Presence.DO_NOT_DISTURB: palette.danger,
    }.get(presence, palette.offline)
    return Dot(presence, size, color, ground)


def draw_dot(wanted: Dot) -> Image.Image:
    """As a picture."""
    size = wanted.size * _OVERSAMPLE
    image = Image.new("RGBA", (size, size), (wanted.ground or wanted.color) + "00")
    pen = ImageDraw.Draw(image)
    if wanted.ground:
        pen.ellipse((0, 0, size - 1, size - 1), fill=wanted.ground)
    rim = size * _RIM
    body, hole = (rim, rim, size - 1 - rim, size - 1 - rim), wanted.ground or (0, 0, 0, 0)
    pen.ellipse(body, fill=wanted.color)
    width = size - 2 * rim
    match wanted.presence:
        case Presence.IDLE:
            left, bite = rim - width * 0.12, width * 0.72
            pen.ellipse((left, left, left + bite, left + bite), fill=hole)
        case Presence.DO_NOT_DISTURB:
            left, middle, thick = rim + width * 0.2, size / 2, width * 0.13
            box = (left, middle - thick, size - 1 - left, middle + thick)
            pen.rounded_rectangle(box, radius=thick, fill=hole)
        case Presence.OFFLINE | Presence.INVISIBLE:
            inner = rim + size * _RING
            pen.ellipse((inner, inner, size - 1 - inner, size - 1 - inner), fill=hole)
    return image.resize((wanted.size, wanted.size), Image.Resampling.BOX)
