"""Above a message that somebody said first elsewhere: who that was."""

import tkinter

from PIL import ImageTk

from client_app.desktop.text import Breaker, Ink, Line, Typesetter
from client_app.desktop.toolkit import Look

BAR = 3
FROM_TEXT = 10
"""From the bar to the text."""


def lay_out_forward(name: str, room: int, typesetter: Typesetter) -> Line:
    """One line."""
    return Breaker(typesetter, "small", room).single(f"Forwarded from {name}")


class ForwardPainter:
    """Draws that line onto the list's canvas, and a bar beside what was forwarded."""

    def __init__(self, canvas: tkinter.Canvas, typesetter: Typesetter) -> None:
        self._canvas, self._typesetter = canvas, typesetter

    def paint(self, line: Line, place: tuple[int, int, int], tag: str, look: Look) -> list[ImageTk.PhotoImage]:
        """At x and y of `place`, with the bar down to its last number; the images to be kept."""
        x, y, bottom = place
        left = x - look.px(FROM_TEXT)
        corners = (left, y + look.px(2), left + look.px(BAR), bottom)
        self._canvas.create_rectangle(*corners, width=0, fill=look.palette.border, tags=tag)
        return self._typesetter.draw(self._canvas, line, (x, y), Ink("small", look.palette.text_muted, tag))
