"""The sign beside a message that is pinned."""

import tkinter

from client_app.desktop.drawing.signs import Signs
from client_app.desktop.toolkit import Look

from .painted import Painted

SIZE = 12
FROM_TEXT = 9
"""From the text to the middle of the sign, between it and the avatar."""
FROM_ACTION = 38
"""Where somebody does something, before the star that says so."""


def paint_pin(canvas: tkinter.Canvas, signs: Signs, painted: Painted, look: Look) -> None:
    """Beside the first line of the text."""
    row, px = painted.row, look.px
    first = row.body[0]
    sign = signs.image("pin", px(SIZE), look.palette.accent)
    x, y = row.text_x - px(FROM_ACTION if row.is_action else FROM_TEXT), painted.y + first.y + first.line.height // 2
    canvas.create_image(x, y, image=sign, tags=painted.tag)
