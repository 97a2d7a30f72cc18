"""A choice of three side by side, such as deny, as the role says, allow; reached and set by the keyboard, too."""

import tkinter
from collections.abc import Callable
from typing import Literal

from client_app.desktop.theme import Space
from client_app.desktop.toolkit import Look, Root

Colour = Literal["danger", "text", "online"]
HEIGHT, PADDING = 28, 12


class ThreeStates(tkinter.Canvas):
    """Shows words, one of which is chosen: 0, 1 or 2. `on_choice` hears of what a person chooses."""

    def __init__(
        self,
        master: tkinter.Misc,
        root: Root,
        words: tuple[str, str, str],
        colours: tuple[Colour, Colour, Colour],
        on_choice: Callable[[int], object],
    ) -> None:
        super().__init__(master, highlightthickness=0, borderwidth=0, takefocus=1, cursor="hand2")
        self._root_window, self._words, self._colours, self._on_choice = root, words, colours, on_choice
        self._chosen = 1
        self._is_enabled = True
        self._edges: list[int] = []
        self.bind("<Button-1>", self._on_click)
        self.bind("<Left>", lambda _event: self._step(-1))
        self.bind("<Right>", lambda _event: self._step(1))
        self.bind("<space>", lambda _event: self._step(1, around=True))
        self.bind("<FocusIn>", lambda _event: self._draw())
        self.bind("<FocusOut>", lambda _event: self._draw())
        root.on_look(self, self._dress)

    @property
    def chosen(self) -> int:
        """Which one is chosen."""
        return self._chosen

    def set(self, chosen: int) -> None:
        """Choose one; nobody is told."""
        self._chosen = chosen
        self._draw()

    def enable(self, is_enabled: bool) -> None:
        """Let it be changed, or only looked at."""
        self._is_enabled = is_enabled
        self.configure(takefocus=is_enabled, cursor="hand2" if is_enabled else "")
        self._draw()

    def choose(self, chosen: int) -> None:
        """As if a person had chosen it."""
        if self._is_enabled and chosen != self._chosen:
            self.set(chosen)
            self._on_choice(chosen)

    def _step(self, step: int, *, around: bool = False) -> str:
        wanted = self._chosen + step
        self.choose(wanted % 3 if around else min(max(wanted, 0), 2))
        return "break"

    def _on_click(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if self._is_enabled:
            self.focus_set()
        self.choose(sum(event.x >= edge for edge in self._edges[1:-1]))

    def _dress(self, look: Look) -> None:
        font, width = Root.font_name("small_bold"), look.px(2)
        self._edges = [width]
        for word in self._words:
            measured = int(str(self.tk.call("font", "measure", font, word)))
            self._edges.append(self._edges[-1] + measured + 2 * look.px(PADDING))
        self.configure(width=self._edges[-1] + width, height=look.px(HEIGHT), background=look.palette.raised)
        self._draw()

    def _draw(self) -> None:
        look, edges = self._root_window.look, self._edges
        if not edges:
            return
        palette, px = look.palette, look.px
        self.delete("all")
        bottom, middle, radius = px(HEIGHT) - 1, px(HEIGHT) // 2, px(Space.RADIUS)
        has_focus = self.focus_displayof() is self
        outline, line = (palette.focus, px(2)) if has_focus else (palette.border, px(1))
        self._plate((1, 1, edges[-1], bottom - 1), radius, palette.surface, outline, line)
        left, right = edges[self._chosen], edges[self._chosen + 1]
        inset = px(3)
        self._plate((left + inset, inset, right - inset, bottom - inset), radius - inset, palette.selected, "", 0)
        for index, word in enumerate(self._words):
            color = self._color(index)
            x = (edges[index] + edges[index + 1]) // 2
            self.create_text(x, middle, text=word, font=Root.font_name("small_bold"), fill=color)

    def _color(self, index: int) -> str:
        palette = self._root_window.look.palette
        is_bright = index == self._chosen and self._is_enabled
        return str(getattr(palette, self._colours[index])) if is_bright else palette.text_faint

    def _plate(self, box: tuple[int, int, int, int], radius: int, fill: str, outline: str, width: int) -> None:
        left, top, right, bottom = box
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        steps = ((0, 1, 1, 0), (-1, 0, 0, 1), (0, -1, -1, 0), (1, 0, 0, -1))
        points: list[int] = []
        for (x, y), (bx, by, ax, ay) in zip(corners, steps, strict=True):
            before, after = (x + bx * radius, y + by * radius), (x + ax * radius, y + ay * radius)
            points += [*before, *before, x, y, *after, *after]
        self.create_polygon(points, smooth=True, fill=fill, outline=outline, width=width)
