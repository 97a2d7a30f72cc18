"""Pictures that people sent: decoded beside the window's thread, and kept as long as there is room."""

from .arrivals import Awaiting, Failed, Source
from .cutting import Cut, Unreadable, opened, orientation_of, reading, upright, without_palette
from .deeds import PictureDeed
from .film import Film
from .gallery import BROKEN, Gallery, Order, Showing
from .photos import Photo
from .supply import PictureSupply

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
    "opened",
    "orientation_of",
    "reading",
    "upright",
    "without_palette",
]
