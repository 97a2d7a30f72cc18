"""A row that was jumped to lights up for a moment, so that the eye finds it."""

from typing import TYPE_CHECKING

from client_app.desktop.theme import mix

if TYPE_CHECKING:
    from .widget import MessageList

STEPS, INTERVAL = 12, 120
"""How often it is drawn fainter, and milliseconds between two of these."""
STRENGTH = 0.28
"""How much of the accent is in it at first."""


class Flash:
    """One row at a time; where it is drawn anew meanwhile, the light goes out."""

    def __init__(self, messages: "MessageList") -> None:
        self._list = messages
        self._canvas = messages.canvas
        self._timer: str | None = None

    @property
    def is_on(self) -> bool:
        """Whether a row is lit."""
        return self._timer is not None

    def light(self, key: str) -> None:
        """Light the row with this key, where it is in view."""
        self.put_out()
        painted = next((each for each in self._list.painted.values() if each.row.entry.key == key), None)
        if painted is None:
            return
        top, right = painted.y, self._canvas.winfo_width()
        tags = ("flash", painted.tag)
        self._canvas.create_rectangle(0, top, right, top + painted.row.height, width=0, fill="", tags=tags)
        self._canvas.tag_lower("flash")
        self._fade(STEPS)

    def put_out(self) -> None:
        """Nothing is lit any more."""
        if self._timer is not None:
            self._canvas.after_cancel(self._timer)
            self._timer = None
        self._canvas.delete("flash")

    def _fade(self, left: int) -> None:
        self._timer = None
        if not left or not self._canvas.find_withtag("flash"):
            self._canvas.delete("flash")
            return
        look = self._list.root_window.look
        color = mix(look.palette.surface, look.palette.accent, STRENGTH * left / STEPS)
        self._canvas.itemconfigure("flash", fill=color)
        self._timer = self._canvas.after(INTERVAL, lambda: self._fade(left - 1))
