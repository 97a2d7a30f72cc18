"""What the window does with files that came: save them, open them, and ask first where that may do harm."""

from .desk import FileDesk
from .pictures import picture_supply

__all__ = ["FileDesk", "picture_supply"]
