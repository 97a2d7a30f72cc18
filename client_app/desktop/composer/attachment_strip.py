"""Above the text: a tile for each file that goes out with it, and the way to take it away again."""

import tkinter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PIL import ImageTk

from client_app.core.files.sizes import size_words
from client_app.core.store import Upload
from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.drawing.signs import Signs
from client_app.desktop.message_list.attachments import name_line
from client_app.desktop.message_list.file_kinds import badge_of
from client_app.desktop.text import Ink, Typesetter
from client_app.desktop.toolkit import Look, Root, Tooltip

from .tile_pictures import RADIUS, TilePictures

GAP, PADDING, CROSS = 8, 8, 22
"""Pixels at 100 %: between two tiles, within one, and what takes it away."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How large a tile is, and the square in it that says its kind; in pixels at 100 %."""

    width: int
    height: int
    badge: int
    has_size: bool = True
    """Whether there is room for how large the file is."""


_USUAL, _SMALL = _Form(212, 52, 36), _Form(150, 36, 24, has_size=False)
_MOST_LINES = 2
"""More of the usual ones leave too little room for what is said."""
BELOW = 8


@dataclass(frozen=True, slots=True)
class _Tile:
    upload: Upload
    x: int
    y: int


class AttachmentStrip(tkinter.Frame):
    """Tiles side by side, in as many lines as they need. Arrows go from one to the next, Delete removes it."""

    def __init__(
        self, master: tkinter.Misc, root: Root, remove: Callable[[str], object], leave: Callable[[], object]
    ) -> None:
        """`remove` gets the key of a file; `leave` gives the keyboard back to the text."""
        super().__init__(master, borderwidth=0)
        self._root_window, self._remove, self._leave = root, remove, leave
        self.uploads: tuple[Upload, ...] = ()
        """What it shows; read only."""
        self._chosen: int | None = None
        self._form = _USUAL
        self._tiles: list[_Tile] = []
        self._images: list[ImageTk.PhotoImage] = []
        self.canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=0, height=1)
        self.canvas.pack(fill="both", expand=True)
        self._typesetter, self._shapes = Typesetter(root), Shapes(self.canvas)
        self._signs = Signs(self.canvas)
        self.pictures = TilePictures(self.canvas, self._draw)
        self._tooltip = Tooltip(self.canvas, follows=False)
        self._bind_events()
        root.on_look(self, self._look_changed)

    def show(self, uploads: tuple[Upload, ...]) -> None:
        """Show these files."""
        if uploads != self.uploads:
            self.uploads = uploads
            self.pictures.keep(uploads)
            if self._chosen is not None:
                self._chosen = min(self._chosen, len(uploads) - 1) if uploads else None
            self.canvas.configure(takefocus=1 if uploads else 0)
            self._draw()

    @property
    def chosen(self) -> Upload | None:
        """The file on which the keyboard is."""
        return self.uploads[self._chosen] if self._chosen is not None and self._chosen < len(self.uploads) else None

    def focus_set(self) -> None:
        """Take the keyboard."""
        self.canvas.focus_set()

    def cross_of(self, key: str) -> tuple[int, int]:
        """Where on the canvas a click takes this file away."""
        tile = next(each for each in self._tiles if each.upload.key == key)
        px = self._root_window.px
        return tile.x + px(self._form.width - PADDING) - px(CROSS) // 2, tile.y + px(self._form.height) // 2

    def _bind_events(self) -> None:
        canvas = self.canvas
        canvas.bind("<Configure>", lambda _event: self._draw())
        canvas.bind("<Button-1>", lambda event: self._on_click(event.x, event.y))
        canvas.bind("<Motion>", lambda event: self._on_motion(event.x, event.y))
        canvas.bind("<Leave>", lambda _event: self._tooltip.hide())
        canvas.bind("<FocusIn>", lambda _event: self._choose(0 if self._chosen is None else self._chosen))
        canvas.bind("<FocusOut>", lambda _event: self._choose(None))
        for key, step in {"<Left>": -1, "<Right>": 1}.items():
            canvas.bind(key, partial(self._step, step))
        for key in ("<Delete>", "<BackSpace>"):
            canvas.bind(key, lambda _event: self._remove_chosen())
        for key in ("<Escape>", "<Down>", "<Return>"):
            canvas.bind(key, lambda _event: self._go_back())

    def _step(self, step: int, _event: object) -> str:
        if self.uploads:
            self._choose(((self._chosen or 0) + step) % len(self.uploads))
        return "break"

    def _choose(self, index: int | None) -> None:
        self._chosen = index
        self._draw()

    def _remove_chosen(self) -> str:
        if (upload := self.chosen) is not None:
            self._remove(upload.key)
            if not self.uploads:
                self._leave()
        return "break"

    def _go_back(self) -> str:
        self._leave()
        return "break"

    def _at(self, x: int, y: int) -> _Tile | None:
        px = self._root_window.px
        inside = (
            each
            for each in self._tiles
            if 0 <= x - each.x < px(self._form.width) and 0 <= y - each.y < px(self._form.height)
        )
        return next(inside, None)

    def _is_on_cross(self, tile: _Tile, x: int) -> bool:
        return x >= tile.x + self._root_window.px(self._form.width - PADDING - CROSS)

    def _on_click(self, x: int, y: int) -> None:
        tile = self._at(x, y)
        if tile is not None and self._is_on_cross(tile, x):
            self._remove(tile.upload.key)

    def _on_motion(self, x: int, y: int) -> None:
        tile = self._at(x, y)
        on_cross = tile is not None and self._is_on_cross(tile, x)
        self.canvas.configure(cursor="hand2" if on_cross else "")
        hint = "" if tile is None else "Remove" if on_cross else tile.upload.name
        if hint != self._tooltip.text:
            self._tooltip.show_at(self.canvas.winfo_rootx() + x, self.canvas.winfo_rooty() + y + 20, hint)

    # --- drawing ------------------------------------------------------------------------------------------------------

    def _look_changed(self, look: Look) -> None:
        self.configure(background=look.palette.surface)
        self.canvas.configure(background=look.palette.surface)
        self._typesetter.look_changed(look)
        self._draw()

    def _draw(self) -> None:
        self.canvas.delete("all")
        self._images.clear()
        px, width = self._root_window.px, max(self.canvas.winfo_width(), 1)
        self._form = _USUAL if len(self.uploads) <= _MOST_LINES * self._columns(_USUAL, width) else _SMALL
        step = px(self._form.width + GAP)
        columns = self._columns(self._form, width)
        self._tiles = [
            _Tile(upload, index % columns * step, index // columns * px(self._form.height + GAP))
            for index, upload in enumerate(self.uploads)
        ]
        lines = -(-len(self.uploads) // columns)
        height = max(lines * px(self._form.height + GAP) - px(GAP) + px(BELOW), 1)
        if int(self.canvas.cget("height")) != height:
            self.canvas.configure(height=height)
        for index, tile in enumerate(self._tiles):
            self._draw_tile(tile, is_chosen=index == self._chosen)

    def _columns(self, form: _Form, width: int) -> int:
        px = self._root_window.px
        return max((width + px(GAP)) // px(form.width + GAP), 1)

    def _draw_tile(self, tile: _Tile, *, is_chosen: bool) -> None:
        canvas, px, palette = self.canvas, self._root_window.px, self._root_window.look.palette
        upload, middle = tile.upload, tile.y + px(self._form.height) // 2
        rim, rim_width = (palette.focus, px(2)) if is_chosen else (palette.border, max(px(1), 1))
        ground = Pill(px(self._form.width), px(self._form.height), palette.field, rim, rim_width, radius=px(8))
        self._picture(tile.x, tile.y, self._shapes.image(ground), "nw")
        size, left = px(self._form.badge), tile.x + px(PADDING)
        self._draw_sign(upload, left, middle, size)
        text_x = left + size + px(PADDING)
        room = px(self._form.width - PADDING - CROSS) - (text_x - tile.x)
        line = name_line(upload.name, room, self._typesetter, "row")
        ink = Ink("row", palette.text, "name")
        top = middle - line.height + px(2) if self._form.has_size else middle - line.height // 2
        self._images += self._typesetter.draw(canvas, line, (text_x, top), ink)
        if self._form.has_size:
            small, words = Root.font_name("small"), size_words(upload.size)
            canvas.create_text(text_x, middle + px(2), text=words, font=small, fill=palette.text_muted, anchor="nw")
        x, y = self.cross_of(upload.key)
        self._picture(x, y, self._signs.image("cross", px(14), palette.text_muted), "center")

    def _draw_sign(self, upload: Upload, left: int, middle: int, size: int) -> None:
        """The picture itself, where it is one; else what kind of file it is."""
        px = self._root_window.px
        if (photo := self.pictures.of(upload, size, px(RADIUS))) is not None:
            photo.draw(self.canvas, left, middle - size // 2, "picture")
            return
        word, color = badge_of(upload.name)
        self._picture(left, middle, self._shapes.image(Pill(size, size, color, radius=px(RADIUS))), "w")
        if self._form.has_size:
            font = Root.font_name("small_bold")
            self.canvas.create_text(left + size // 2, middle, text=word, font=font, fill="#ffffff")

    def _picture(self, x: int, y: int, image: ImageTk.PhotoImage, anchor: Literal["nw", "w", "center"]) -> None:
        self._images.append(image)
        self.canvas.create_image(x, y, image=image, anchor=anchor)
