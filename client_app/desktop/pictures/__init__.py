"""Pictures that people sent: decoded beside the window's thread, and kept as long as there is room."""

from .arrivals import Awaiting, Failed, Source
from .cutting import MAX_PIXELS, Cut, Unreadable, opened, turn_of, upright, without_palette
from .film import Film
from .gallery import BROKEN, Gallery, Order, Showing
from .photos import Photo
from .supply import PictureSupply
from .workers import Workers

__all__ = [
    "BROKEN",
    "MAX_PIXELS",
    "Awaiting",
    "Cut",
    "Failed",
    "Film",
    "Gallery",
    "Order",
    "Photo",
    "PictureSupply",
    "Showing",
    "Source",
    "Unreadable",
    "Workers",
    "opened",
    "turn_of",
    "upright",
    "without_palette",
]
