"""The small disc beside the newest message of mine that the other person of a conversation has read."""

import tkinter
from collections.abc import Iterable

from client_app.core.client.receipts import Seen
from client_app.desktop.people.avatars import Avatars
from client_app.desktop.toolkit import Look

from .painted import Painted

SIZE, RIGHT = 14, 5
"""It stands in the margin, where no text comes."""
TAG = "seen"


class SeenPainter:
    """Draws it, wherever that message is in view."""

    def __init__(self, canvas: tkinter.Canvas, avatars: Avatars) -> None:
        self._canvas = canvas
        self._avatars = avatars
        self._seen: Seen | None = None

    def show(self, seen: Seen | None, rows: Iterable[Painted], width: int, look: Look) -> None:
        """Show it beside another message from now on, or beside none; `rows` are in view."""
        if seen != self._seen:
            self._seen = seen
            self._canvas.delete(TAG)
            for painted in rows:
                self.paint(painted, width, look)

    def paint(self, painted: Painted, width: int, look: Look) -> None:
        """Draw it at the end of this message's last line, if it is the one."""
        row, seen = painted.row, self._seen
        if seen is None or row.entry.seq != seen.seq:
            return
        image = self._avatars.image(seen.user_id, seen.name, look.px(SIZE), look.palette)
        painted.images.append(image)
        last = row.body[-1] if row.body else None
        middle = painted.y + (last.y + last.line.height // 2 if last is not None else row.height // 2)
        self._canvas.create_image(width - look.px(RIGHT), middle, image=image, anchor="e", tags=(painted.tag, TAG))
