"""Choose the square of a picture: it is dragged and brought closer, and seen as the disc that it becomes."""

import tkinter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image, ImageTk

from client_app.desktop.keys import only
from client_app.desktop.scrolling.wheel import bind_wheel
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Frame, Label, Root, Slider, Workers

from . import drawing
from .square import Square

SIZE, DISC, WIDTH = 280, 40, 360
STEP = 1.1
"""How much closer a key or a notch of the wheel brings it."""
_NOTCH, _PUSH = 60, 0.05
HINT = "Drag it, and turn the wheel to come closer; or use the arrows, + and –. A picture that moves stands still here."
_OTHERS, _LEAST = 240, 120
"""Pixels at 100 %: how high all is but the picture, and what the picture has where the window is too low."""
_RING = 2
"""Pixels of the ring that shows where the keyboard is; the picture lies within it."""
_NOT_MADE = "The picture could not be written to disk. Free some space, then try again."


def choose_square(root: Root, path: Path, then: Callable[[Path], object]) -> None:
    """Let somebody choose, and give `then` the file of the square.

    What cannot be seen here is given as it is: the server says what is wrong with it.
    """

    def loaded(image: Image.Image | None) -> None:
        if image is None:
            then(path)
        else:
            CropDialog(root, image, then)

    root.only(Workers).do(partial(drawing.load, path), loaded)


class CropDialog(Dialog):
    """Drawn by the workers; the latest wish is drawn, and what came before it is not."""

    def __init__(self, root: Root, image: Image.Image, then: Callable[[Path], object]) -> None:
        super().__init__(root, "Choose what is seen", on_confirm=self._make, confirm_label="Use this", width=WIDTH)
        self._picture, self._then, self._workers = image, then, root.only(Workers)
        self.square = Square.middle_of(image.size)
        self._photos: tuple[ImageTk.PhotoImage, ...] = ()
        self._is_drawing = self._is_stale = self._is_made = False
        self._drags_from: tuple[int, int] | None = None
        self._size = min(root.px(SIZE), max(root.winfo_height() - root.px(_OTHERS), root.px(_LEAST)))
        self._disc_size = root.px(DISC)
        self._ground_color = root.look.palette.raised
        self._build(root)
        self._listen()
        self._draw()
        self.open(self.canvas)

    def _build(self, root: Root) -> None:
        row = Frame(self.body, fg_color="transparent")
        row.pack(anchor="w", pady=(Space.SMALL, 0))
        self.canvas = tkinter.Canvas(
            row, width=self._size, height=self._size, background=self._ground_color, borderwidth=0, takefocus=1,
            highlightthickness=_RING, highlightbackground=self._ground_color, highlightcolor=root.look.palette.focus,
            cursor="fleur",
        )  # fmt: skip
        self.canvas.pack(side="left")
        self._disc = tkinter.Label(row, borderwidth=0, background=self._ground_color)
        self._disc.pack(side="left", padx=(root.px(Space.LARGE), 0))
        self.slider = Slider(
            self.body, self._slid, most=max(self.square.closest, 1.001), width=round(self._size / root.look.scale)
        )
        self.slider.pack(anchor="w", pady=(Space.MEDIUM, 0))
        hint = Label(self.body, HINT, role="small", text_color=pair("text_muted"), wraplength=WIDTH, justify="left")
        hint.pack(fill="x", pady=(Space.SMALL, 0))

    @property
    def is_drawn(self) -> bool:
        """Whether the square is seen as it is."""
        return bool(self._photos) and not self._is_drawing

    def look_at(self, square: Square) -> None:
        """Take this one."""
        if square != self.square:
            self.square = square
            self.slider.set(square.closeness)
            self._draw()

    def _listen(self) -> None:
        canvas = self.canvas
        for keys, act in {
            ("<plus>", "<equal>", "<KP_Add>"): lambda: self.look_at(self.square.closer(STEP)),
            ("<minus>", "<KP_Subtract>"): lambda: self.look_at(self.square.closer(1 / STEP)),
            ("<Key-0>", "<KP_0>"): lambda: self.look_at(Square.middle_of(self._picture.size)),
            ("<Left>",): lambda: self.look_at(self.square.moved(-_PUSH, 0)),
            ("<Right>",): lambda: self.look_at(self.square.moved(_PUSH, 0)),
            ("<Up>",): lambda: self.look_at(self.square.moved(0, -_PUSH)),
            ("<Down>",): lambda: self.look_at(self.square.moved(0, _PUSH)),
        }.items():
            for key in keys:
                canvas.bind(key, only(act))
        bind_wheel(canvas, lambda pixels: self.look_at(self.square.closer(STEP ** (-pixels / _NOTCH))))
        canvas.bind("<Button-1>", lambda event: self._press(event.x, event.y))
        canvas.bind("<B1-Motion>", lambda event: self._drag(event.x, event.y))

    def _press(self, x: int, y: int) -> None:
        self.canvas.focus_set()
        self._drags_from = (x, y)

    def _drag(self, x: int, y: int) -> None:
        if self._drags_from is not None:
            before, self._drags_from = self._drags_from, (x, y)
            # The picture goes with the hand, so the square goes the other way.
            self.look_at(self.square.moved((before[0] - x) / self._size, (before[1] - y) / self._size))

    def _slid(self, closeness: float) -> None:
        self.look_at(self.square.at(closeness))

    def _draw(self) -> None:
        if self._is_drawing:
            self._is_stale = True
            return
        self._is_drawing = True
        image, square, ground, sizes = self._picture, self.square, self._ground_color, (self._size, self._disc_size)

        def draw() -> tuple[Image.Image, Image.Image]:
            return drawing.seen(image, square, sizes[0], ground), drawing.disc(image, square, sizes[1], ground)

        self._workers.do(draw, self._show)

    def _show(self, drawn: tuple[Image.Image, Image.Image]) -> None:
        self._is_drawing = False
        if not tkinter.Misc.winfo_exists(self):
            return
        self._photos = tuple(ImageTk.PhotoImage(each, master=self) for each in drawn)
        self.canvas.delete("all")
        self.canvas.create_image(_RING, _RING, image=self._photos[0], anchor="nw")
        self._disc.configure(image=str(self._photos[1]))
        if self._is_stale:
            self._is_stale = False
            self._draw()

    def _make(self) -> bool:
        """Stays open until the file is there."""
        if not self._is_made:
            self._is_made = True
            image, square, folder = self._picture, self.square, self._root_window.cache_folder
            self._workers.do(lambda: drawing.made(image, square, folder), self._done)
        return False

    def _done(self, path: Path | None) -> None:
        self._is_made = False
        if not tkinter.Misc.winfo_exists(self):
            return
        if path is None:
            self.show_error(_NOT_MADE)
            return
        self.close()
        self._then(path)
