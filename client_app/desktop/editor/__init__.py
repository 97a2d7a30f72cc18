"""Text that is being written, with emoji as pictures in it."""

from .widget import Editor

__all__ = ["Editor"]
