"""Pictures as a canvas takes them, with round corners that suit any ground; as many are kept as there is room for."""

import functools
import tkinter
from collections import Counter, OrderedDict
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageTk

_OVERSAMPLE = 4
"""Corners are drawn so many times larger and scaled down, for a smooth edge."""
_PIXEL_BYTES = 4
"""What Tk keeps of a pixel."""


@dataclass(frozen=True, slots=True)
class Cutting:
    """An image whose corners were taken out, and these as images of their own, from the upper left one clockwise.

    Only the corners are partly transparent. Tk mixes each pixel of such an image with what is below it, at every
    redrawing: a screen of whole pictures would take four times as long.
    """

    middle: Image.Image
    corners: tuple[Image.Image, ...]
    radius: int


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """The same as Tk has it; there as long as somebody holds it."""

    middle: ImageTk.PhotoImage
    corners: tuple[ImageTk.PhotoImage, ...]
    radius: int

    @property
    def size(self) -> int:
        """Bytes."""
        return int(self.middle.width() * self.middle.height() * _PIXEL_BYTES)

    def draw(self, canvas: tkinter.Canvas, x: int, y: int, tags: str) -> None:
        """Put it onto a canvas with its upper left corner there; it has to be held as long as it is on it."""
        canvas.create_image(x, y, image=self.middle, anchor="nw", tags=tags)
        right, bottom = x + self.middle.width() - self.radius, y + self.middle.height() - self.radius
        for corner, (left, top) in zip(self.corners, _places(x, y, right, bottom), strict=bool(self.corners)):
            canvas.create_image(left, top, image=corner, anchor="nw", tags=tags)


def rounded(image: Image.Image, radius: int) -> Cutting:
    """Take the corners out of an image without transparency. Any thread."""
    radius = min(radius, image.width // 2, image.height // 2)
    if radius <= 0:
        return Cutting(image, (), 0)
    middle, right, bottom = image.convert("RGBA"), image.width - radius, image.height - radius
    corners = []
    for (left, top), mask in zip(_places(0, 0, right, bottom), _masks(radius), strict=True):
        box = (left, top, left + radius, top + radius)
        corner = middle.crop(box)
        corner.putalpha(mask)
        corners.append(corner)
        middle.paste((0, 0, 0, 0), box)
    return Cutting(middle, tuple(corners), radius)


def photo(cutting: Cutting, master: tkinter.Misc) -> Photo:
    """Give an image to Tk: 0.2 ms for one of 400 x 300 pixels. The window's thread."""
    corners = tuple(ImageTk.PhotoImage(corner, master=master) for corner in cutting.corners)
    return Photo(ImageTk.PhotoImage(cutting.middle, master=master), corners, cutting.radius)


def _places(left: int, top: int, right: int, bottom: int) -> tuple[tuple[int, int], ...]:
    """Where the corners begin, clockwise."""
    return (left, top), (right, top), (right, bottom), (left, bottom)


@functools.lru_cache(maxsize=16)
def _masks(radius: int) -> tuple[Image.Image, ...]:
    """How much of each corner is seen, clockwise."""
    large = radius * _OVERSAMPLE
    first = Image.new("L", (large, large), 0)
    ImageDraw.Draw(first).ellipse((0, 0, 2 * large - 1, 2 * large - 1), fill=255)
    first = first.resize((radius, radius), Image.Resampling.BOX)
    second = first.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return (
        first, second,
        second.transpose(Image.Transpose.FLIP_TOP_BOTTOM), first.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    )  # fmt: skip


class Photos:
    """The latest pictures, up to so many bytes; those that are on the screen stay however many they are."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._photos: OrderedDict[object, Photo] = OrderedDict()
        self._holders: Counter[object] = Counter()
        self.size = 0
        """Bytes of all of them."""

    def hold(self, key: object, photo: Photo | None = None) -> Photo | None:
        """The picture of this key, which `photo` becomes if it is given; it stays until it was released as often."""
        if photo is not None and key not in self._photos:
            self._photos[key] = photo
            self.size += photo.size
        found = self._photos.get(key)
        if found is not None:
            self._photos.move_to_end(key)
            self._holders[key] += 1
            self._make_room()
        return found

    def find(self, key: object) -> Photo | None:
        """The picture of this key, for whoever holds nothing but the picture itself."""
        return self._photos.get(key)

    def release(self, key: object) -> None:
        """It is not on the screen any more, as far as this holder is concerned."""
        self._holders[key] -= 1
        if self._holders[key] <= 0:
            del self._holders[key]
            self._make_room()

    def __len__(self) -> int:
        return len(self._photos)

    def _make_room(self) -> None:
        if self.size <= self._most:
            return
        for key in [key for key in self._photos if key not in self._holders]:
            self.size -= self._photos.pop(key).size
            if self.size <= self._most:
                return
