"""Where the window was last time, and whether that is still a place on this screen."""

import re
from dataclasses import dataclass

from client_app.desktop.toolkit import Root

DEFAULT_WIDTH, DEFAULT_HEIGHT = 1200, 760
MIN_WIDTH, MIN_HEIGHT = 480, 400
"""In pixels of a screen at 100 %."""
VISIBLE = 80
"""So many pixels of the window must be on the screen, or nobody could grasp it with the mouse."""

_GEOMETRY = re.compile(r"(\d{1,5})x(\d{1,5})\+(-?\d{1,5})\+(-?\d{1,5})")


@dataclass(frozen=True, slots=True)
class Screen:
    """The size of the whole virtual screen, in pixels."""

    left: int
    top: int
    width: int
    height: int


def place(root: Root, remembered: str) -> None:
    """Put the window where it was, and let it get no smaller than can be used."""
    screen = Screen(root.winfo_vrootx(), root.winfo_vrooty(), root.winfo_screenwidth(), root.winfo_screenheight())
    scale = root.look.scale
    root.wm_minsize(round(MIN_WIDTH * min(scale, 1.5)), round(MIN_HEIGHT * min(scale, 1.5)))
    root.wm_geometry(placement(remembered, screen, scale))


def placement(remembered: str, screen: Screen, scale: float) -> str:
    """Tk geometry for the window: the remembered one where it makes sense here, else a sensible one in the middle."""
    found = _GEOMETRY.fullmatch(remembered)
    if found is None:
        width = min(round(DEFAULT_WIDTH * scale), screen.width)
        height = min(round(DEFAULT_HEIGHT * scale), screen.height)
        return _centred(width, height, screen)
    width, height, left, top = (int(number) for number in found.groups())
    width = max(min(width, screen.width), min(round(MIN_WIDTH * scale), screen.width))
    height = max(min(height, screen.height), min(round(MIN_HEIGHT * scale), screen.height))
    is_reachable = (
        left + width >= screen.left + VISIBLE
        and left <= screen.left + screen.width - VISIBLE
        and screen.top <= top <= screen.top + screen.height - VISIBLE
    )
    return f"{width}x{height}+{left}+{top}" if is_reachable else _centred(width, height, screen)


def _centred(width: int, height: int, screen: Screen) -> str:
    left = screen.left + (screen.width - width) // 2
    top = screen.top + (screen.height - height) // 3
    return f"{width}x{height}+{left}+{top}"
