"""Files: brought to the server with messages, fetched from it when somebody wants to see them, kept for a while."""

from .files import Files
from .place import FilePlace, Key, key_of
from .previews import Preview
from .progress import Progress

__all__ = ["FilePlace", "Files", "Key", "Preview", "Progress", "key_of"]
