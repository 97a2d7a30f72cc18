"""Which square of a picture stands for somebody, or for the house."""

from .dialog import CropDialog, choose_square
from .square import Square

__all__ = ["CropDialog", "Square", "choose_square"]
