"""A few words beside the pointer, after it has rested for a moment."""

import tkinter
from collections.abc import Callable

from .root import Root

_DELAY = 500
"""Milliseconds of rest."""


class Tooltip:
    """Shows a text for a widget; `text` may be changed at any time, and an empty one shows nothing.

    Lists that draw their rows themselves make one with `follows=False` and call `show_at` and `hide`.
    """

    def __init__(self, widget: tkinter.Misc, text: str = "", *, follows: bool = True) -> None:
        self.text = text
        self._widget = widget
        self._window: tkinter.Toplevel | None = None
        self._timer: str | None = None
        if follows:
            widget.bind("<Enter>", self._on_enter, add="+")
            widget.bind("<Leave>", lambda _event: self.hide(), add="+")
            widget.bind("<Button-1>", lambda _event: self.hide(), add="+")
        widget.bind("<Destroy>", self._on_destroy, add="+")

    def show_at(self, x: int, y: int, text: str) -> None:
        """Show after the delay, with its corner at these coordinates of the screen."""
        self.hide()
        self.text = text
        if text:
            self._wait(lambda: self._show(x, y))

    def hide(self) -> None:
        """Take it away, or do not show it after all."""
        if self._timer is not None:
            self._widget.after_cancel(self._timer)
            self._timer = None
        if self._window is not None:
            self._window.destroy()
            self._window = None

    @property
    def is_shown(self) -> bool:
        """Whether it is on the screen."""
        return self._window is not None

    def _on_destroy(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.widget is self._widget or str(event.widget) == str(self._widget):
            self.hide()

    def _on_enter(self, _event: object) -> None:
        widget = self._widget
        if self.text and self._window is None and self._timer is None:
            self._wait(lambda: self._show(widget.winfo_rootx(), widget.winfo_rooty() + widget.winfo_height() + 4))

    def _wait(self, show: Callable[[], None]) -> None:
        self._timer = self._widget.after(_DELAY, show)

    def _show(self, x: int, y: int) -> None:
        self._timer = None
        root = self._widget.nametowidget(".")
        assert isinstance(root, Root)
        palette = root.look.palette
        self._window = window = tkinter.Toplevel(self._widget, background=palette.border)
        window.wm_overrideredirect(True)
        ground = tkinter.Frame(window, background=palette.raised)
        label = tkinter.Label(ground, justify="left", anchor="w", font=Root.font_name("small"), padx=0, pady=0)
        label.configure(background=palette.raised, foreground=palette.text, wraplength=root.px(400))
        root.write(label, self.text, "small")
        label.pack(padx=8, pady=4)
        ground.pack(padx=1, pady=1)
        window.update_idletasks()
        left = min(x, window.winfo_screenwidth() - window.winfo_reqwidth() - 4)
        below = y + window.winfo_reqheight() < window.winfo_screenheight()
        window.wm_geometry(f"+{max(left, 0)}+{y if below else y - 2 * window.winfo_reqheight()}")
