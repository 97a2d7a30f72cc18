"""A row of small pictures of which one is the present one: the groups of emoji, or the colours of skin."""

import tkinter
from collections.abc import Callable, Sequence

from client_app.desktop.emoji import EmojiImages
from client_app.desktop.toolkit import Look, Root, Tooltip
from shared.types import Emoji

PICTURE, LINE = 20, 2
PAUSE = 5
"""Milliseconds between two pictures that are drawn for the first time."""


class Strip(tkinter.Canvas):
    """`items` are emoji with what the pointer's rest on them tells; `on_choose` gets an index."""

    def __init__(
        self,
        master: tkinter.Misc,
        root: Root,
        images: EmojiImages,
        items: Sequence[tuple[Emoji, str]],
        on_choose: Callable[[int], object],
        *,
        cell: tuple[int, int],
    ) -> None:
        """`cell` is the width and height of one at 100 %."""
        super().__init__(master, highlightthickness=0, borderwidth=0, takefocus=0, cursor="hand2")
        self._root_window, self._images, self._items, self._on_choose = root, images, items, on_choose
        self._cell = cell
        self._present = 0
        self._timer: str | None = None
        self._tooltip = Tooltip(self, follows=False)
        self.bind("<Button-1>", lambda event: self._click(event.x))
        self.bind("<Motion>", lambda event: self._hover(event.x))
        self.bind("<Leave>", lambda _event: self._tooltip.show_at(0, 0, ""))
        self.bind("<Destroy>", lambda _event: self._stop())
        root.on_look(self, self._dress)

    def show(self, present: int) -> None:
        """Underline this one."""
        if present != self._present:
            self._present = present
            self._draw()

    def _index(self, x: int) -> int | None:
        index = x // self._root_window.px(self._cell[0])
        return index if 0 <= index < len(self._items) else None

    def _click(self, x: int) -> None:
        if (index := self._index(x)) is not None:
            self._on_choose(index)

    def _hover(self, x: int) -> None:
        index = self._index(x)
        words = "" if index is None else self._items[index][1]
        if words != self._tooltip.text:
            place = self.winfo_rootx() + x, self.winfo_rooty() + self.winfo_height() + 4
            self._tooltip.show_at(*place, words)

    def _dress(self, look: Look) -> None:
        width, height = look.px(self._cell[0]), look.px(self._cell[1])
        self.configure(background=look.palette.raised, width=width * len(self._items), height=height)
        self._draw()

    def _draw(self) -> None:
        """What was drawn before; the rest comes one by one, so that nobody waits for it."""
        look = self._root_window.look
        width, height = look.px(self._cell[0]), look.px(self._cell[1])
        size, missing = look.px(PICTURE), ""
        self.delete("all")
        for index, (emoji, _words) in enumerate(self._items):
            middle = index * width + width // 2
            picture = self._images.known(emoji, size)
            if picture is not None:
                self.create_image(middle, height // 2, image=picture)
            else:
                missing = missing or emoji
            if index == self._present:
                y, half = height - look.px(LINE), size // 2
                self.create_line(middle - half, y, middle + half, y, fill=look.palette.accent, width=look.px(LINE))
        if missing and self._timer is None:
            self._timer = self.after(PAUSE, lambda: self._add(missing, size))

    def _stop(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)

    def _add(self, emoji: Emoji, size: int) -> None:
        self._timer = None
        if self._images.photo(emoji, size) is not None:
            self._draw()
