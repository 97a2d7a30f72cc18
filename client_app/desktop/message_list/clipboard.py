"""What is selected of the messages, as other programs get it."""

import tkinter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .widget import MessageList


class Clipboard:
    """Copies; under X11, what is selected can be pasted with the middle button as well."""

    def __init__(self, messages: "MessageList") -> None:
        self._list = messages
        self._canvas: tkinter.Canvas = messages.canvas
        self._canvas.selection_handle(self._primary, selection="PRIMARY")

    @property
    def has_selection(self) -> bool:
        """Whether there is something selected that can be copied."""
        return bool(self._list.selected_text())

    def copy(self) -> None:
        """Put what is selected on the clipboard; without a selection leave the clipboard alone."""
        self.copy_text(self._list.selected_text())

    def copy_text(self, text: str) -> None:
        """Put this on the clipboard, unless it is empty."""
        if text:
            self._canvas.clipboard_clear()
            self._canvas.clipboard_append(text)

    def select_all(self) -> None:
        """Select every message that is loaded."""
        self._list.select_all()
        self.own_primary()

    def own_primary(self) -> None:
        """Something else is selected now."""
        self._canvas.selection_own(selection="PRIMARY")

    def _primary(self, offset: str, length: str) -> str:
        start = int(offset)
        return self._list.selected_text()[start : start + int(length)]
