"""A slim scrollbar in the theme's colours that shows where one is and can be dragged."""

import tkinter
from collections.abc import Callable

from client_app.desktop.toolkit import Look, Root

_WIDTH = 12
_THUMB = 6
_MIN_THUMB = 32


class Scrollbar(tkinter.Canvas):
    """Shows a share of a whole, both from 0 to 1; `on_drag` gets the wanted position, 0 the top and 1 the bottom."""

    def __init__(self, master: tkinter.Misc, root: Root, on_drag: Callable[[float], None], ground: str) -> None:
        super().__init__(master, highlightthickness=0, borderwidth=0, takefocus=0, width=_WIDTH, height=1)
        self._root_window = root
        self._on_drag = on_drag
        self._ground = ground
        self._position, self._share = 1.0, 1.0
        self._grip: int | None = None
        self._is_hovered = False
        self._drawn: tuple[int, int, bool, int] | None = None
        self.bind("<Configure>", lambda _event: self._draw())
        self.bind("<Button-1>", self._on_press)
        self.bind("<B1-Motion>", self._on_motion)
        self.bind("<ButtonRelease-1>", self._on_release)
        self.bind("<Enter>", lambda _event: self._hover(True))
        self.bind("<Leave>", lambda _event: self._hover(False))
        root.on_look(self, self._look_changed)

    def show(self, position: float, share: float) -> None:
        """Draw the thumb: how far down one is, and how much of the whole is seen. A share of 1 hides it."""
        self._position, self._share = min(max(position, 0.0), 1.0), share
        self._draw()

    def _look_changed(self, look: Look) -> None:
        self.configure(background=getattr(look.palette, self._ground), width=look.px(_WIDTH))
        self._drawn = None
        self._draw()

    def _thumb(self) -> tuple[int, int]:
        """Top and bottom of the thumb."""
        height = self.winfo_height()
        length = min(max(int(height * self._share), self._root_window.px(_MIN_THUMB)), height)
        top = int((height - length) * self._position)
        return top, top + length

    def _draw(self) -> None:
        top, bottom = self._thumb()
        is_bright = self._is_hovered or self._grip is not None
        wanted = (top, bottom, is_bright, 0 if self._share >= 1 else 1)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self.delete("all")
        if self._share >= 1:
            return
        palette = self._root_window.look.palette
        width = self._root_window.px(_THUMB)
        x = self.winfo_width() / 2
        color = palette.scrollbar_hover if is_bright else palette.scrollbar
        self.create_line(x, top + width, x, bottom - width, width=width, fill=color, capstyle="round")

    def _hover(self, is_inside: bool) -> None:
        self._is_hovered = is_inside
        self._draw()

    def _on_press(self, event: "tkinter.Event[tkinter.Canvas]") -> None:
        top, bottom = self._thumb()
        self._grip = event.y - top if top <= event.y < bottom else (bottom - top) // 2
        self._on_motion(event)

    def _on_motion(self, event: "tkinter.Event[tkinter.Canvas]") -> None:
        top, bottom = self._thumb()
        room = self.winfo_height() - (bottom - top)
        if self._grip is not None and room > 0:
            self._on_drag(min(max((event.y - self._grip) / room, 0.0), 1.0))

    def _on_release(self, _event: object) -> None:
        self._grip = None
        self._draw()
