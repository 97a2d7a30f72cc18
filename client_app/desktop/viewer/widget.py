"""The picture that one looks at, on a dark ground over the whole window."""

import tkinter
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageTk

from client_app.core.files import Key, Progress
from client_app.desktop.keys import only
from client_app.desktop.pictures import BROKEN, Awaiting, Failed, PictureDeed, PictureSupply
from client_app.desktop.scrolling.wheel import bind_wheel
from client_app.desktop.toolkit import Frame, Root

from .album import Seen
from .bar import Bar
from .loading import GROUND, load, rendered
from .playing import Playing
from .view import View

STEP = 1.25
"""By how much a key or a notch of the wheel makes it larger."""
_NOTCH = 60
_TEXT = "#e9e1da"


class Viewer(Frame):
    """Shows one picture of several until it is closed. Belongs to the window's thread; decodes on others."""

    def __init__(
        self,
        root: Root,
        supply: PictureSupply,
        progress: Callable[[Key], Progress | None],
        do: Callable[[Seen, PictureDeed], object],
        jump: Callable[[Seen], object],
    ) -> None:
        super().__init__(root, fg_color=GROUND)
        self._root_window, self._supply, self._progress, self._do, self._jump = root, supply, progress, do, jump
        self._pictures: tuple[Seen, ...] = ()
        self._index = 0
        self._focus_before: tkinter.Misc | None = None
        self._awaiting: list[Awaiting] = []
        self._serial = 0
        """Counts pictures that were begun: what comes of an earlier one is not for this one."""
        self._image: Image.Image | None = None
        self._photo: ImageTk.PhotoImage | None = None
        self._is_whole = False
        self._is_drawing = self._is_stale = False
        self._view = View((1, 1), (1, 1))
        self._drags_from: tuple[int, int] | None = None
        self._at = (0, 0)
        self._words = ""
        self.bar = Bar(
            self,
            {
                "Save as…": lambda: self._deed(PictureDeed.SAVE),
                "Copy": lambda: self._deed(PictureDeed.COPY),
                "Jump to message": self._jump_there,
                "Close": self.close,
            },
        )
        self.bar.pack(side="top", fill="x")
        self.canvas = tkinter.Canvas(self, background=GROUND, highlightthickness=0, borderwidth=0, takefocus=1)
        self.canvas.pack(side="top", fill="both", expand=True)
        self.playing = Playing(supply, self.canvas)
        self._path: Path | None = None
        self._bind_canvas()

    # --- coming and going ---------------------------------------------------------------------------------------------

    @property
    def seen(self) -> Seen | None:
        """What is looked at; None while it is closed."""
        return self._pictures[self._index] if self._pictures else None

    @property
    def view(self) -> View:
        """How it lies in the window."""
        return self._view

    @property
    def is_whole(self) -> bool:
        """Whether the picture as it was sent is shown, and not only the small one."""
        return self._is_whole and self._photo is not None and not self._is_drawing

    @property
    def words(self) -> str:
        """What is said in the place of the picture, or below it while it is on its way."""
        return self._words

    def open(self, pictures: Sequence[Seen], index: int) -> None:
        """Look at one of these."""
        if not self._pictures:
            self._focus_before = self._root_window.focus_get()
        self._pictures = tuple(pictures)
        self.place(x=0, y=0, relwidth=1, relheight=1)
        self.lift()
        self.update_idletasks()
        self.canvas.focus_set()
        self.show(index)

    def close(self) -> bool:
        """Look at none; whether one was looked at. The keyboard goes back to where it was."""
        was_open = bool(self._pictures)
        self._forget()
        self._pictures = ()
        self.place_forget()
        if was_open and self._focus_before is not None and self._focus_before.winfo_exists():
            self._focus_before.focus_set()
        return was_open

    def show(self, index: int) -> None:
        """Look at another one of them, as far as there is one."""
        if not 0 <= index < len(self._pictures):
            return
        self._forget()
        self._index = index
        seen = self._pictures[index]
        self.bar.show(seen, index + 1, len(self._pictures))
        size = seen.attachment.width, seen.attachment.height
        self._view = View(size, (max(self.canvas.winfo_width(), 1), max(self.canvas.winfo_height(), 1))).fit()
        self._say("Loading…")
        # Asked for last, the small one is brought first.
        for is_original in (True, False):
            self._fetch(is_original=is_original)

    def follow(self) -> None:
        """A file has come further."""
        seen = self.seen
        if seen is None or self._is_whole:
            return
        progress = self._progress(self._supply.source_of(seen.entry, seen.attachment, True).key)
        if progress is not None:
            self._say(f"Loading… {round(progress.share * 100)} %")

    def try_again(self) -> None:
        """Have the picture brought again, where it could not be had."""
        if (seen := self.seen) is not None:
            self._supply.source_of(seen.entry, seen.attachment, True).try_again()
            self.show(self._index)

    def _forget(self) -> None:
        self._serial += 1
        for awaiting in self._awaiting:
            self._supply.gallery.arrivals.cancel(awaiting)
        self._awaiting.clear()
        self.playing.stop()
        self._image, self._photo, self._is_whole = None, None, False
        self._is_drawing = self._is_stale = False
        self.canvas.delete("all")

    # --- the picture --------------------------------------------------------------------------------------------------

    def _fetch(self, *, is_original: bool) -> None:
        seen, serial = self._pictures[self._index], self._serial
        source = self._supply.source_of(seen.entry, seen.attachment, is_original)

        def decoded(image: Image.Image | None) -> None:
            if serial == self._serial:
                self._loaded(image, is_original=is_original)

        def came(outcome: Path | Failed) -> None:
            if serial != self._serial:
                return
            if isinstance(outcome, Failed):
                self._failed(outcome.reason, is_original=is_original)
            else:
                self._path = outcome if is_original else self._path
                self._supply.gallery.workers.do(lambda: load(outcome), decoded)

        self._awaiting.append(self._supply.gallery.arrivals.fetch(source, came))

    def _loaded(self, image: Image.Image | None, *, is_original: bool) -> None:
        if image is None:
            self._failed(BROKEN, is_original=is_original)
        elif is_original or not self._is_whole:
            self._image, self._is_whole = image, is_original
            if is_original:
                self._say("")
            self._paint()

    def _failed(self, reason: str, *, is_original: bool) -> None:
        if is_original:
            self._say(f"{reason} Press R to try again.")

    def _paint(self) -> None:
        """Have drawn what is seen of it; while that is under way, once more after it."""
        image, view, serial = self._image, self._view, self._serial
        if image is None:
            return
        if self._is_drawing:
            self._is_stale = True
            return
        self._is_drawing = True

        def drawn(part: Image.Image) -> None:
            if serial == self._serial:
                self._painted(part, view)

        self._supply.gallery.workers.do(lambda: rendered(image, view), drawn)

    def _painted(self, part: Image.Image, view: View) -> None:
        self._is_drawing = False
        photo = ImageTk.PhotoImage(part, master=self)
        self.canvas.delete("picture")
        x, y = view.place[:2]
        self.canvas.create_image(x, y, image=photo, anchor="nw", tags="picture")
        self.canvas.tag_raise("words")
        self._photo = photo
        if self._is_stale:
            self._is_stale = False
            self._paint()
        elif (seen := self.seen) is not None and seen.attachment.is_animated and self._is_whole and self._path:
            self.playing.play(self._path, view)

    def _look(self, view: View) -> None:
        """Look at it so from now on; what is drawn already moves at once."""
        if view == self._view:
            return
        if view.scale == self._view.scale:
            self.canvas.move("picture", round(view.x) - round(self._view.x), round(view.y) - round(self._view.y))
        self._view = view
        self.playing.stop()
        self._paint()

    def _say(self, words: str) -> None:
        self._words = words
        self.canvas.delete("words")
        if words:
            x, y = self.canvas.winfo_width() // 2, self.canvas.winfo_height() - self._root_window.px(28)
            font = Root.font_name("row_bold")
            self.canvas.create_text(x, y, text=words, font=font, fill=_TEXT, tags="words", width=x * 3 // 2)

    # --- what one does ------------------------------------------------------------------------------------------------

    def zoom(self, factor: float, at: tuple[int, int] | None = None) -> None:
        """Make it so much larger, around this point of the canvas or the middle."""
        middle = self.canvas.winfo_width() // 2, self.canvas.winfo_height() // 2
        self._look(self._view.scaled(self._view.scale * factor, at or middle))

    def _step(self, step: int) -> None:
        self.show(self._index + step)

    def _toggle_size(self, at: tuple[int, int]) -> None:
        """As it is, pixel by pixel, around this point; or all of it."""
        is_real = abs(self._view.scale - 1.0) < 0.001 and not self._view.is_fitting
        self._look(self._view.fit() if is_real else self._view.scaled(1.0, at))

    def _deed(self, deed: PictureDeed) -> None:
        if (seen := self.seen) is not None:
            self._do(seen, deed)

    def _jump_there(self) -> None:
        seen = self.seen
        self.close()
        if seen is not None:
            self._jump(seen)

    def _bind_canvas(self) -> None:
        canvas = self.canvas
        for keys, act in {
            ("<Escape>",): self.close,
            ("<Left>", "<Prior>"): lambda: self._step(-1),
            ("<Right>", "<Next>", "<space>"): lambda: self._step(1),
            ("<Home>",): lambda: self.show(0),
            ("<End>",): lambda: self.show(len(self._pictures) - 1),
            ("<plus>", "<equal>", "<KP_Add>"): lambda: self.zoom(STEP),
            ("<minus>", "<KP_Subtract>"): lambda: self.zoom(1 / STEP),
            ("<Key-0>", "<KP_0>"): lambda: self._look(self._view.fit()),
            ("<Control-s>", "<Control-S>"): lambda: self._deed(PictureDeed.SAVE),
            ("<Control-c>", "<Control-C>"): lambda: self._deed(PictureDeed.COPY),
            ("<r>", "<R>"): self.try_again,
        }.items():
            for key in keys:
                canvas.bind(key, only(act))
        canvas.bind("<Key>", lambda _event: "break")
        self.bar.join(canvas, self.close)
        bind_wheel(canvas, lambda pixels: self.zoom(STEP ** (-pixels / _NOTCH), self._at))
        canvas.bind("<Motion>", lambda event: self._point(event.x, event.y))
        canvas.bind("<Button-1>", lambda event: self._press(event.x, event.y))
        canvas.bind("<B1-Motion>", lambda event: self._drag(event.x, event.y))
        canvas.bind("<Double-Button-1>", lambda event: self._toggle_size((event.x, event.y)))
        canvas.bind("<Configure>", lambda event: self._resized(event.width, event.height))

    def _point(self, x: int, y: int) -> None:
        self._at = (x, y)

    def _press(self, x: int, y: int) -> None:
        self.canvas.focus_set()
        self._drags_from = self._at = (x, y)

    def _drag(self, x: int, y: int) -> None:
        if self._drags_from is not None:
            before, self._drags_from = self._drags_from, (x, y)
            self._look(self._view.moved(x - before[0], y - before[1]))

    def _resized(self, width: int, height: int) -> None:
        if self._pictures:
            self._look(self._view.resized((max(width, 1), max(height, 1))))
