"""Words in their own right between the toolkit's labels: with emoji as images and every script, as lists draw them."""

import tkinter

from PIL import ImageTk

from client_app.desktop.text import Breaker, Ink, Line, Typesetter, display_text
from client_app.desktop.toolkit import Look, Root, Tooltip

_TAG = "words"


class PaintedLabel(tkinter.Canvas):
    """Shows a text as people wrote it. What does not fit ends in “…” and is told beside the pointer."""

    def __init__(
        self,
        master: tkinter.Misc,
        root: Root,
        *,
        font: str = "row",
        color: str = "text",
        ground: str = "surface",
        width: int = 0,
        is_narrow: bool = False,
        most_lines: int = 1,
    ) -> None:
        """`color` and `ground` are names of the palette; `width`, at 100 %, is its own where it does not stretch.

        It is the most that it takes where it `is_narrow`: as wide as its words.
        """
        super().__init__(master, highlightthickness=0, borderwidth=0, width=1, height=1)
        self._root_window = root
        self._font, self._color, self._ground = font, color, ground
        self._fixed, self._is_narrow, self._most_lines = width, is_narrow, most_lines
        self._text = ""
        self._images: list[ImageTk.PhotoImage] = []
        self._typesetter = Typesetter(root)
        self._tip = Tooltip(self)
        self.bind("<Configure>", self._on_configure, add="+")
        self._room = 0
        root.on_look(self, self._dress)

    @property
    def text(self) -> str:
        """What it shows."""
        return self._text

    def show(self, text: str) -> None:
        """Show this from now on."""
        if text != self._text:
            self._text = text
            self._paint()

    def _on_configure(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if not self._fixed and event.width != self._room:
            self._room = event.width
            self._paint()

    def _dress(self, look: Look) -> None:
        self.configure(background=getattr(look.palette, self._ground))
        self._typesetter.look_changed(look)
        if self._fixed:
            self._room = look.px(self._fixed)
        self._paint()

    def _paint(self) -> None:
        look = self._root_window.look
        self.delete(_TAG)
        lines, is_cut = self._lines(Breaker(self._typesetter, self._font, max(self._room, 1)))
        ink = Ink(self._font, getattr(look.palette, self._color), _TAG)
        self._images, y = [], 0
        for line in lines:
            self._images += self._typesetter.draw(self, line, (0, y), ink)
            y += line.height
        self._tip.text = display_text(self._text) if is_cut else ""
        width = max((line.width for line in lines), default=0) if self._is_narrow else self._room
        self.configure(height=max(y, 1), width=max(width, 1) if self._fixed else 1)

    def _lines(self, breaker: Breaker) -> tuple[list[Line], bool]:
        """What is drawn, and whether anything of the text is not."""
        if self._most_lines == 1:
            line = breaker.single(self._text)
            return [line], bool(line.runs) and line.runs[-1].text.endswith("…") and not self._text.endswith("…")
        broken = list(breaker.lines(self._text))
        if len(broken) <= self._most_lines:
            return broken, False
        kept = broken[: self._most_lines]
        kept[-1] = breaker.single(self._text[kept[-1].start :])
        return kept, True
