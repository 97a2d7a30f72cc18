"""What a message answers, as one line above it that leads to the original."""

import tkinter
from collections.abc import Callable
from dataclasses import dataclass

from PIL import ImageTk

from client_app.core.timeline.timeline import Quote, QuoteState
from client_app.desktop.people.avatars import Avatars, author_color
from client_app.desktop.text import Breaker, Ink, Line, Typesetter
from client_app.desktop.theme import mix
from client_app.desktop.toolkit import Look
from shared.types import Seq, UserId

PICTURE = 16
"""The disc of whoever said it."""
TO_AVATAR = 36
"""From the text to the middle of the avatar of the message below."""
SAID_INSTEAD = {
    QuoteState.LOADING: "Loading the original…",
    QuoteState.DELETED: "Original message was deleted",
    QuoteState.BLOCKED: "Blocked message",
    QuoteState.MISSING: "The original is not there any more",
}
_GAP = 6


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A quote, laid out; measured from the row's left and upper edge."""

    seq: Seq
    x: int
    y: int
    height: int
    right: int
    """Where it ends."""
    words: Line
    words_x: int
    name: Line | None = None
    """Of whoever said it, where that is shown."""
    name_x: int = 0
    author_id: UserId | None = None
    author: str = ""

    def holds(self, x: int, y: int) -> bool:
        """Whether this point is on it."""
        return self.y <= y < self.y + self.height and self.x <= x < self.right


def lay_out_quote(
    quote: Quote, origin: tuple[int, int], room: int, typesetter: Typesetter, px: Callable[[float], int]
) -> QuoteLine:
    """One line, however long the original is."""
    x, y = origin
    height = typesetter.line_height("small") + px(4)
    if quote.state is not QuoteState.SHOWN:
        words = Breaker(typesetter, "small", room).single(SAID_INSTEAD[quote.state])
        return QuoteLine(quote.seq, x, y, height, x + words.width, words, x)
    name_x = x + px(PICTURE + _GAP)
    shown = f"∗ {quote.author}" if quote.is_action else quote.author
    name = Breaker(typesetter, "small_bold", max(room // 3, px(60))).single(shown)
    words_x = name_x + name.width + px(_GAP)
    words = Breaker(typesetter, "small", max(x + room - words_x, 1)).single(quote.text)
    return QuoteLine(
        quote.seq, x, y, height, words_x + words.width, words, words_x, name, name_x, quote.author_id, quote.author
    )


class QuotePainter:
    """Draws quotes onto the list's canvas."""

    def __init__(self, canvas: tkinter.Canvas, typesetter: Typesetter, avatars: Avatars) -> None:
        self._canvas, self._typesetter, self._avatars = canvas, typesetter, avatars

    def paint(self, line: QuoteLine, top: int, below: int, tag: str, look: Look) -> list[ImageTk.PhotoImage]:
        """Draw one with its row's top at `top`, and the hook to what is `below` it; the images to be kept."""
        palette, px = look.palette, look.px
        y, middle = top + line.y, top + line.y + line.height // 2
        self._hook(line.x, middle, below, tag, look)
        text_y = y + (line.height - line.words.height) // 2
        faint = Ink("small", palette.text_faint, tag)
        images: list[ImageTk.PhotoImage] = []
        if line.name is None:
            images += self._typesetter.draw(self._canvas, line.words, (line.words_x, text_y), faint)
            return images
        picture = self._avatars.image(line.author_id or 0, line.author, px(PICTURE), palette)
        self._canvas.create_image(line.x, middle, image=picture, anchor="w", tags=tag)
        color = mix(author_color(palette, line.author_id), palette.surface, 0.15)
        muted = Ink("small", palette.text_muted, tag)
        images += [
            picture,
            *self._typesetter.draw(self._canvas, line.name, (line.name_x, text_y), Ink("small_bold", color, tag)),
        ]
        images += self._typesetter.draw(self._canvas, line.words, (line.words_x, text_y), muted)
        return images

    def _hook(self, x: int, middle: int, below: int, tag: str, look: Look) -> None:
        """From the avatar below up and to the right, to the quote."""
        px = look.px
        left, right, bend = x - px(TO_AVATAR), x - px(6), px(6)
        points = (left, below, left, middle + bend, left, middle, left + bend, middle, right, middle)
        doubled = [
            points[0],
            points[1],
            *points[0:4],
            *points[2:4],
            *points[4:6],
            *points[6:8],
            *points[6:10],
            *points[8:10],
        ]
        color = mix(look.palette.border, look.palette.text_faint, 0.4)
        self._canvas.create_line(doubled, fill=color, width=px(2), smooth=True, splinesteps=6, tags=tag)
