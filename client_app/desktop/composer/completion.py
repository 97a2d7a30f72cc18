"""The list of what may be typed next, over the composer; the keyboard stays in the composer."""

import tkinter
from collections.abc import Callable

from PIL import ImageTk

from client_app.core.writing.composer import Completion, Completions
from client_app.desktop.drawing.presence import dot
from client_app.desktop.drawing.shapes import Shapes
from client_app.desktop.emoji import EmojiImages
from client_app.desktop.people.avatars import Avatars
from client_app.desktop.text import Breaker, Ink, Typesetter
from client_app.desktop.toolkit import Look, Root

ROW, EDGE, GAP = 32, 6, 6
"""Pixels at 100 %: a row, the list's border, and its distance to the composer."""
DISC = 24


class CompletionPopup:
    """A canvas placed above or below its anchor; `accept` is called with the completions and the chosen index.

    Below, as under a field in which one searches, nothing is chosen until an arrow says what.
    """

    def __init__(
        self, root: Root, anchor: tkinter.Misc, accept: Callable[[Completions, int], None], *, is_below: bool = False
    ) -> None:
        self._root_window, self._anchor, self._accept = root, anchor, accept
        self._completions = Completions(0, 0)
        self._is_below = is_below
        self._chosen = 0
        self._emoji = root.only(EmojiImages)
        self._canvas = tkinter.Canvas(root, highlightthickness=1, borderwidth=0, takefocus=0)
        self._avatars, self._shapes = Avatars(root), Shapes(self._canvas)
        self._typesetter = Typesetter(root)
        self._images: list[ImageTk.PhotoImage] = []
        self._canvas.bind("<Button-1>", self._on_click)
        self._canvas.bind("<Motion>", self._on_motion)
        root.on_look(self._canvas, self._dress)

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return bool(self._completions.items)

    @property
    def labels(self) -> tuple[str, ...]:
        """What it offers."""
        return tuple(item.label for item in self._completions.items)

    def changes(self, text: str) -> bool:
        """Whether taking the chosen one would make more of this text than a space at its end."""
        if not self.is_open:
            return False
        start, end = self._completions.start, self._completions.end
        return self._completions.items[self._chosen].text.rstrip() != text[start:end]

    def show(self, completions: Completions) -> None:
        """Offer these; none closes it."""
        if completions == self._completions:
            return
        self._completions, self._chosen = completions, -1 if self._is_below else 0
        if completions.items:
            self._place()
            self._draw()
        else:
            self._canvas.place_forget()

    def close(self) -> bool:
        """Take it away; whether it was there."""
        was_open = self.is_open
        self._completions = Completions(0, 0)
        self._canvas.place_forget()
        return was_open

    def move(self, step: int) -> bool:
        """Choose the next or previous one; whether there was anything to choose from."""
        if not self.is_open:
            return False
        count = len(self._completions.items)
        self._chosen = (self._chosen + step) % count if self._chosen >= 0 or step > 0 else count - 1
        self._draw()
        return True

    def accept(self) -> bool:
        """Take the chosen one, unless it would change nothing; whether it was taken."""
        if not self.is_open or self._chosen < 0:
            return False
        self._accept(self._completions, self._chosen)
        return True

    def _place(self) -> None:
        root, anchor, px = self._root_window, self._anchor, self._root_window.px
        height = px(ROW) * len(self._completions.items) + 2 * px(EDGE)
        x = anchor.winfo_rootx() - root.winfo_rootx()
        top = anchor.winfo_rooty() - root.winfo_rooty()
        y = top + anchor.winfo_height() + px(GAP) if self._is_below else top - height - px(GAP)
        self._canvas.place(x=x, y=max(y, 0), width=min(anchor.winfo_width(), px(560)), height=height)
        tkinter.Misc.tkraise(self._canvas)

    def _draw(self) -> None:
        canvas, look, px = self._canvas, self._root_window.look, self._root_window.px
        canvas.delete("all")
        self._images.clear()
        width = min(self._anchor.winfo_width(), px(560))
        for index, item in enumerate(self._completions.items):
            top = px(EDGE) + index * px(ROW)
            middle = top + px(ROW) // 2
            if index == self._chosen:
                canvas.create_rectangle(
                    px(EDGE), top, width - px(EDGE), top + px(ROW), fill=look.palette.selected, width=0
                )
            left = px(16) + self._draw_picture(item, middle, is_chosen=index == self._chosen)
            right = left + self._draw_words(item.label, (left, middle), "row_bold", look.palette.text)
            self._draw_words(item.detail, (max(right + px(12), px(120)), middle), "small", look.palette.text_muted)

    def _draw_words(self, words: str, place: tuple[int, int], font: str, color: str) -> int:
        """Words around a middle; how wide they are."""
        x, middle = place
        line = Breaker(self._typesetter, font, self._root_window.px(560) - x).single(words)
        origin = x, middle - line.height // 2
        self._images += self._typesetter.draw(self._canvas, line, origin, Ink(font, color, "words"))
        return line.width

    def _draw_picture(self, item: Completion, middle: int, *, is_chosen: bool) -> int:
        """What stands before a label; how much further to the right that stands."""
        if item.user_id is None:
            return self._draw_emoji(item.emoji, middle)
        look, px = self._root_window.look, self._root_window.px
        disc = self._avatars.image(item.user_id, item.label, px(DISC), look.palette)
        self._images.append(disc)
        self._canvas.create_image(px(16), middle, image=disc, anchor="w")
        if item.presence is not None:
            ground = look.palette.selected if is_chosen else look.palette.raised
            sign = self._shapes.image(dot(item.presence, px(11), look.palette, ground))
            corner = px(DISC) // 2 - px(3)
            self._canvas.create_image(px(16) + px(DISC) // 2 + corner, middle + corner, image=sign)
        return px(DISC + 8)

    def _draw_emoji(self, emoji: str, middle: int) -> int:
        """The picture before a label; how much further to the right that stands."""
        px = self._root_window.px
        picture = self._emoji.photo(emoji, px(20)) if emoji else None
        if picture is None:
            return 0
        self._canvas.create_image(px(16), middle, image=picture, anchor="w")
        return px(28)

    def _index_at(self, y: int) -> int:
        index = (y - self._root_window.px(EDGE)) // self._root_window.px(ROW)
        return min(max(index, 0), len(self._completions.items) - 1)

    def _on_click(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        self._chosen = self._index_at(event.y)
        self.accept()

    def _on_motion(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if self.is_open and self._index_at(event.y) != self._chosen:
            self._chosen = self._index_at(event.y)
            self._draw()

    def _dress(self, look: Look) -> None:
        self._typesetter.look_changed(look)
        self._canvas.configure(background=look.palette.raised, highlightbackground=look.palette.border)
        if self.is_open:
            self._place()
            self._draw()
