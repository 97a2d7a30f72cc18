"""The square that is taken of a picture: how close, and where; it never leaves the picture."""

from dataclasses import dataclass, replace

CLOSEST = 8.0
"""How many times smaller than the largest square it may be."""
LEAST = 32
"""Pixels of the picture on a side, where it has so many."""


@dataclass(frozen=True, slots=True)
class Square:
    """`x` and `y` are its middle, in pixels of the picture."""

    picture: tuple[int, int]
    """Width and height, pixels."""
    x: float
    y: float
    closeness: float = 1.0
    """1 is the largest square that there is in the picture."""

    @classmethod
    def middle_of(cls, picture: tuple[int, int]) -> "Square":
        """The largest, which is what everybody gets who chooses nothing."""
        return cls(picture, picture[0] / 2, picture[1] / 2)

    @property
    def side(self) -> float:
        """Pixels of the picture."""
        return min(self.picture) / self.closeness

    @property
    def closest(self) -> float:
        """The most that `closeness` can be."""
        return min(CLOSEST, max(min(self.picture) / LEAST, 1.0))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, pixels of the picture."""
        half = self.side / 2
        return self.x - half, self.y - half, self.x + half, self.y + half

    def moved(self, right: float, down: float) -> "Square":
        """Elsewhere by so many of its own sides, as far as there is picture."""
        return replace(self, x=self.x + right * self.side, y=self.y + down * self.side)._within()

    def closer(self, factor: float) -> "Square":
        """Smaller by this factor around its middle, or larger."""
        return self.at(self.closeness * factor)

    def at(self, closeness: float) -> "Square":
        """As close as this, as far as that can be."""
        return replace(self, closeness=min(max(closeness, 1.0), self.closest))._within()

    def _within(self) -> "Square":
        half, (width, height) = self.side / 2, self.picture
        return replace(self, x=min(max(self.x, half), width - half), y=min(max(self.y, half), height - half))
