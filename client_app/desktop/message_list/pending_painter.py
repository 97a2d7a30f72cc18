"""Draws over a picture on its way to the server how far it has come, and what calls it back."""

import tkinter
from dataclasses import dataclass

from PIL import ImageTk

from client_app.core.files.sizes import size_words, speed_words
from client_app.core.timeline.timeline import SendState
from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.text import Typesetter
from client_app.desktop.toolkit import Look, Root

from .attachments import CANCEL, FileNews
from .pictures import PlacedPicture

HEIGHT, MARGIN, PADDING, BAR = 26, 6, 8, 3
"""Pixels at 100 %: of the plate, around it and within, and of the bar at its lower edge."""
PLATE, WORDS, FAINT, TRACK = "#101214", "#ffffff", "#c8ccd2", "#44494f"
"""The same on any picture, in both themes."""
CROSS = "×"
"""What calls it back where there is no room for a word."""


@dataclass(frozen=True, slots=True)
class Plate:
    """What lies over the lower edge of a picture, from the picture's left and upper edge."""

    x: int
    y: int
    width: int
    height: int
    cancel: str
    cancel_x: int
    """Where the word begins."""
    room: int
    """For what is told, before it; 0 where there is none, and all of the plate calls it back."""


class PendingPainter:
    """Knows what stands where on a plate, which depends on the box alone: nothing of it moves while a file comes."""

    def __init__(self, canvas: tkinter.Canvas, typesetter: Typesetter, shapes: Shapes, news: FileNews) -> None:
        self._canvas, self._typesetter, self._shapes, self._news = canvas, typesetter, shapes, news

    def paint(
        self, placed: PlacedPicture, state: SendState, corner: tuple[int, int], tags: tuple[str, str], look: Look
    ) -> list[ImageTk.PhotoImage]:
        """Draw it, or nothing where there is nothing to tell; the last tag is its own, and what had it goes."""
        canvas, px = self._canvas, look.px
        canvas.delete(tags[-1])
        if not _is_coming(placed, state):
            return []
        assert placed.upload is not None
        plate = self.plate(placed, look)
        left, top = corner[0] + plate.x, corner[1] + plate.y
        ground = self._shapes.image(Pill(plate.width, plate.height, PLATE, radius=px(6)))
        canvas.create_image(left, top, image=ground, anchor="nw", tags=tags)
        middle = top + (plate.height - px(BAR)) // 2
        bold, small = Root.font_name("small_bold"), Root.font_name("small")
        x = corner[0] + plate.cancel_x
        canvas.create_text(x, middle, text=plate.cancel, font=bold, fill=WORDS, anchor="w", tags=tags)
        told = next((each for each in self._told(placed) if self._width(each) <= plate.room), "")
        canvas.create_text(left + px(PADDING), middle, text=told, font=small, fill=FAINT, anchor="w", tags=tags)
        progress = self._news.progress(placed.upload.key)
        if progress is not None:
            first, last = left + px(PADDING), left + plate.width - px(PADDING)
            bottom = top + plate.height - px(3)
            reached = first + round((last - first) * progress.share)
            for end, color in ((last, TRACK), (reached, look.palette.accent)):
                canvas.create_rectangle(first, bottom - px(BAR), end, bottom, width=0, fill=color, tags=tags)
        return [ground]

    def word_at(self, placed: PlacedPicture, state: SendState, x: int, y: int, look: Look) -> str:
        """What a click at this point of the row asks for; empty beside the word."""
        if not _is_coming(placed, state):
            return ""
        plate = self.plate(placed, look)
        left = plate.cancel_x - look.px(PADDING) if plate.room else 0
        is_on_it = left <= x - placed.x < placed.width and 0 <= y - placed.y - plate.y < plate.height
        return CANCEL if is_on_it else ""

    def plate(self, placed: PlacedPicture, look: Look) -> Plate:
        """Where it lies, and what on it."""
        px = look.px
        width, height = max(placed.width - 2 * px(MARGIN), 1), px(HEIGHT)
        top = placed.height - height - px(MARGIN)
        word = self._width(CANCEL, "small_bold")
        if word > width - 2 * px(PADDING):
            middle = px(MARGIN) + (width - self._width(CROSS, "small_bold")) // 2
            return Plate(px(MARGIN), top, width, height, CROSS, middle, 0)
        cancel_x = px(MARGIN) + width - px(PADDING) - word
        return Plate(px(MARGIN), top, width, height, CANCEL, cancel_x, cancel_x - px(MARGIN) - 2 * px(PADDING))

    def _told(self, placed: PlacedPicture) -> tuple[str, ...]:
        """How far it has come, in more words and in fewer."""
        assert placed.upload is not None
        key, size = placed.upload.key, size_words(placed.upload.size)
        progress, hindrance = self._news.progress(key), self._news.failure(key)
        if hindrance:
            return hindrance, f"{hindrance.partition('. ')[0]}…", "Waiting"
        if progress is None:
            return f"Waiting · {size}", "Waiting"
        reached = f"{size_words(progress.done)} of {size}"
        speed = speed_words(progress.speed)
        return f"{reached} · {speed}" if speed else reached, reached, f"{progress.share:.0%}"

    def _width(self, text: str, font: str = "small") -> int:
        return self._typesetter.text_width(font, text)


def _is_coming(placed: PlacedPicture, state: SendState) -> bool:
    """Whether it is still to be brought to the server, and that goes on."""
    return state is SendState.PENDING and placed.upload is not None and placed.upload.attachment is None
