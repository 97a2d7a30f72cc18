"""Who is named in a message: on a plate of its own, and on a band of its own where it is I."""

import tkinter

from client_app.desktop.text.names import is_my_name, is_name
from client_app.desktop.theme import mix
from client_app.desktop.toolkit import Look

from .painted import Painted

_BAND, _PLATE, _OWN_PLATE = 0.1, 0.12, 0.3
"""How much of the colour of mentions is in each ground."""


def paint_band(canvas: tkinter.Canvas, painted: Painted, look: Look, width: int) -> None:
    """Under a message that is for me."""
    palette, px = look.palette, look.px
    top, bottom = painted.y, painted.y + painted.row.height
    ground, tags = mix(palette.surface, palette.mention, _BAND), (painted.tag, "band")
    canvas.create_rectangle(0, top, width, bottom, width=0, fill=ground, tags=tags)
    canvas.create_rectangle(0, top, px(3), bottom, width=0, fill=palette.mention, tags=tags)
    for tag in ("band", "hover"):
        canvas.tag_lower(tag)


def paint_plates(canvas: tkinter.Canvas, painted: Painted, look: Look) -> None:
    """Under each name, before the text is drawn."""
    if not painted.row.entry.named:
        return
    palette, px = look.palette, look.px
    own, others = mix(palette.surface, palette.mention, _OWN_PLATE), mix(palette.surface, palette.accent, _PLATE)
    for placed in painted.row.body:
        middle = painted.y + placed.y + placed.line.height // 2
        for run in placed.line.runs:
            if is_name(run.link):
                left = painted.row.text_x + placed.x + run.x
                box = (left - px(2), middle - px(10), left + run.width + px(2), middle + px(10))
                color = own if is_my_name(run.link) else others
                canvas.create_rectangle(box, width=0, fill=color, tags=painted.tag)
