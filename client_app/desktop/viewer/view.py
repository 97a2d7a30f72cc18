"""How a picture lies in a window: how large, and where; a picture that has room is always in the middle."""

from dataclasses import dataclass, replace

MOST = 8.0
"""Pixels of the screen for one of the picture, at most."""
_LEAST_SIDE = 64
"""Pixels of the screen of the longer side, at least; or the whole picture where it is smaller."""


@dataclass(frozen=True, slots=True)
class View:
    """Sizes are of width and height; `x` and `y` say where the picture's upper left corner is in the room."""

    picture: tuple[int, int]
    """Pixels of the picture."""
    room: tuple[int, int]
    """Pixels of the screen."""
    scale: float = 1.0
    """Pixels of the screen for one of the picture."""
    x: float = 0.0
    y: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Of the whole picture on the screen."""
        return self.picture[0] * self.scale, self.picture[1] * self.scale

    @property
    def fitting(self) -> float:
        """The scale at which all of it is seen, and nothing is enlarged."""
        return min(self.room[0] / self.picture[0], self.room[1] / self.picture[1], 1.0)

    @property
    def is_fitting(self) -> bool:
        """Whether that is how it is seen."""
        return abs(self.scale - self.fitting) < self.fitting / 1000

    def fit(self) -> "View":
        """All of it."""
        return replace(self, scale=self.fitting)._settled()

    def moved(self, right: float, down: float) -> "View":
        """Pushed by so many pixels of the screen, as far as there is more of it."""
        return replace(self, x=self.x + right, y=self.y + down)._settled()

    def scaled(self, scale: float, at: tuple[float, float]) -> "View":
        """Larger or smaller, such that what is at this point of the room stays there."""
        least = min(self.fitting, _LEAST_SIDE / max(self.picture))
        scale = min(max(scale, least), max(MOST, self.fitting))
        ratio = scale / self.scale
        x, y = at[0] - (at[0] - self.x) * ratio, at[1] - (at[1] - self.y) * ratio
        return replace(self, scale=scale, x=x, y=y)._settled()

    def resized(self, room: tuple[int, int]) -> "View":
        """In another room: all of it again, or the same place in the middle."""
        if self.is_fitting:
            return replace(self, room=room).fit()
        right, down = (room[0] - self.room[0]) / 2, (room[1] - self.room[1]) / 2
        return replace(self, room=room, x=self.x + right, y=self.y + down)._settled()

    @property
    def part(self) -> tuple[float, float, float, float]:
        """What is seen of it, as shares of its width and height: left, top, right, bottom."""
        (width, height), (across, down) = self.size, self.room
        left, top = max(-self.x / width, 0.0), max(-self.y / height, 0.0)
        return left, top, min((across - self.x) / width, 1.0), min((down - self.y) / height, 1.0)

    @property
    def place(self) -> tuple[int, int, int, int]:
        """Where that is in the room: left, top, width and height, whole pixels."""
        left, top, right, bottom = self.part
        width, height = self.size
        x, y = round(self.x + left * width), round(self.y + top * height)
        return x, y, max(round((right - left) * width), 1), max(round((bottom - top) * height), 1)

    def _settled(self) -> "View":
        x, y = (
            (room - size) / 2 if size <= room else min(max(at, room - size), 0.0)
            for at, size, room in zip((self.x, self.y), self.size, self.room, strict=True)
        )
        return replace(self, x=x, y=y)
