"""Pictures seen large, over the window: one after the other, closer, and as they really are."""

from .album import Seen, pictures_of
from .looking import Looking
from .widget import Viewer

__all__ = ["Looking", "Seen", "Viewer", "pictures_of"]
