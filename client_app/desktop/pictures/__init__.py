"""Pictures that people sent: decoded beside the window's thread, and kept as long as there is room."""

from .arrivals import Awaiting, Failed, Source
from .cutting import Cut, Unreadable, opened, reading, turn_of, upright, without_palette
from .deeds import PictureDeed
from .film import Film
from .gallery import BROKEN, Gallery, Order, Showing
from .photos import Photo
from .supply import PictureSupply
from .workers import Workers

__all__ = [
    "BROKEN",
    "Awaiting",
    "Cut",
    "Failed",
    "Film",
    "Gallery",
    "Order",
    "Photo",
    "PictureDeed",
    "PictureSupply",
    "Showing",
    "Source",
    "Unreadable",
    "Workers",
    "opened",
    "reading",
    "turn_of",
    "upright",
    "without_palette",
]
