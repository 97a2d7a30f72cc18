"""The pictures of a message: their boxes, of which nothing moves when the pictures arrive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from client_app.core.store import Upload
from client_app.desktop.pictures import Cut
from client_app.desktop.toolkit import Look
from shared.entities import Attachment

MOST_WIDTH, MOST_HEIGHT, LEAST = 400, 300, 48
"""Pixels at 100 % of one picture, and of its shorter side, where it gets a box larger than itself."""
GAP, ABOVE, BELOW, RADIUS = 4, 4, 4, 8
MOST_ENLARGED = 2.0
"""What would have to become larger than that to fill its cell of a grid stays smaller than the cell."""
_ROW = 3
"""Pictures side by side, where there are five or more."""


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture's box, `x` and `y` pixels from its row's left and upper edge."""

    attachment: Attachment
    x: int
    y: int
    width: int
    height: int
    inner: tuple[int, int]
    """Of the whole picture, scaled, of which the box shows the middle."""
    upload: Upload | None = None
    """The file of this computer, while it is on its way to the server."""

    def holds(self, x: int, y: int) -> bool:
        """Whether this point is on it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height

    def cut(self, look: Look) -> Cut:
        """How the picture is made to fit."""
        is_dim = self.upload is not None
        return Cut(self.width, self.height, *self.inner, look.palette.raised, look.px(RADIUS), is_dim)

    @property
    def hint(self) -> str:
        """What the pointer's rest on it tells."""
        return self.attachment.name


def lay_out_pictures(
    attachments: Sequence[Attachment], place: tuple[int, int], room: int, px: Callable[[float], int]
) -> tuple[PlacedPicture, ...]:
    """One as large as it is, within bounds, or several as a grid, with the upper left corner at `place`."""
    pictures = [each for each in attachments if each.is_picture]
    if not pictures:
        return ()
    if len(pictures) == 1:
        return (_alone(pictures[0], place, room, px),)
    x, y = place
    cells = _cells(len(pictures), max(min(px(MOST_WIDTH), room), 2 * _ROW), px(GAP))
    return tuple(
        PlacedPicture(picture, x + left, y + top, width, height, _filling(picture, width, height, px))
        for picture, (left, top, width, height) in zip(pictures, cells, strict=True)
    )


def picture_at(placed: Sequence[PlacedPicture], x: int, y: int) -> PlacedPicture | None:
    """The picture at a point of its row."""
    return next((each for each in placed if each.holds(x, y)), None)


def _alone(picture: Attachment, place: tuple[int, int], room: int, px: Callable[[float], int]) -> PlacedPicture:
    share = min(px(MOST_WIDTH) / picture.width, px(MOST_HEIGHT) / picture.height, room / picture.width, px(100) / 100)
    inner = max(round(picture.width * share), 1), max(round(picture.height * share), 1)
    least = min(px(LEAST), max(room, 1))
    return PlacedPicture(picture, *place, max(inner[0], least), max(inner[1], least), inner)


def _filling(picture: Attachment, width: int, height: int, px: Callable[[float], int]) -> tuple[int, int]:
    """The size in which a picture fills its cell, or lies within it where it is much too small for that."""
    share = max(width / picture.width, height / picture.height)
    if share > MOST_ENLARGED * px(100) / 100:
        share = min(width / picture.width, height / picture.height, px(100) / 100)
    return max(round(picture.width * share), 1), max(round(picture.height * share), 1)


def _cells(count: int, width: int, gap: int) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of each cell of a grid that is so wide."""
    half = (width - gap) // 2
    match count:
        case 2:
            return [(0, 0, half, half), (half + gap, 0, width - half - gap, half)]
        case 3:
            third = (width - 2 * gap) // 3
            large = width - third - gap
            return [
                (0, 0, large, 2 * third + gap),
                (large + gap, 0, third, third),
                (large + gap, third + gap, third, third),
            ]
        case 4:
            height = half * 3 // 4
            return [
                (left, top, size, height)
                for top in (0, height + gap)
                for left, size in ((0, half), (half + gap, width - half - gap))
            ]
        case _:
            return _rows(count, width, gap)


def _rows(count: int, width: int, gap: int) -> list[tuple[int, int, int, int]]:
    """Rows of three; the first one has what does not make up three, in wider cells."""
    height = (width - (_ROW - 1) * gap) // _ROW
    cells, top = [], 0
    lengths = [count % _ROW] if count % _ROW else []
    for length in (*lengths, *[_ROW] * (count // _ROW)):
        edges = [index * (width + gap) // length for index in range(length + 1)]
        cells += [(left, top, right - gap - left, height) for left, right in pairwise(edges)]
        top += height + gap
    return cells
