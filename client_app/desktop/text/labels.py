"""Words of people in the toolkit's labels: what Tk cannot draw is drawn over them; they keep their size and events."""

import tkinter

from PIL import ImageTk

from client_app.desktop.toolkit import Look, Root

from .ink import Ink
from .line import Line
from .lines import Breaker
from .pieces import Kind, pieces_of
from .typesetter import Typesetter

_ROOM = "\u00a0"
"""Keeps the room for what is drawn over it: a space at which no line breaks."""
_TAG = "words"
_ENDLESS = 100_000
"""Pixels: the room of a label whose lines do not break."""


def draw_words(root: Root) -> None:
    """From now on let the labels of a window have emoji as pictures, and every script shaped and ordered."""
    root.write = root.only(Labels).write


def needs_pictures(text: str) -> bool:
    """Whether Tk alone cannot draw it."""
    if text.isascii():
        return False
    lines = text.split("\n")
    return any(piece.kind in {Kind.EMOJI, Kind.SHAPED} for line in lines for piece in pieces_of(line, 0, ()))


class Labels:
    """What is drawn over which label."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._typesetter = Typesetter(root)
        self._overlays: dict[str, Overlay] = {}

    def write(self, label: tkinter.Label, text: str, role: str) -> None:
        """Put a text into a label."""
        overlay = self._overlays.get(str(label))
        if not needs_pictures(text):
            if overlay is not None:
                overlay.destroy()
            label.configure(text=text)
            return
        if overlay is None:
            overlay = self._overlays[str(label)] = Overlay(label, self._root, self._typesetter)
            overlay.bind("<Destroy>", lambda _event: self._overlays.pop(str(label), None), add="+")
        overlay.show(text, role)


class Overlay(tkinter.Canvas):
    """Covers a label, in its colours, and hands on what happens to it."""

    def __init__(self, label: tkinter.Label, root: Root, typesetter: Typesetter) -> None:
        super().__init__(label, highlightthickness=0, borderwidth=0)
        self._label, self._root_window, self._typesetter = label, root, typesetter
        self._text, self._role = "", "row"
        self._images: list[ImageTk.PhotoImage] = []
        self.bindtags((str(label), *self.bindtags()))
        self.bind("<Configure>", lambda _event: self._paint(), add="+")
        self.place(x=0, y=0, relwidth=1, relheight=1)
        root.on_look(self, self._look_changed)

    def show(self, text: str, role: str) -> None:
        """Say this."""
        self._text, self._role = text, role
        self._keep_room()
        self._paint()

    def _keep_room(self) -> None:
        """Let the label be as large as what is drawn over it."""
        space = max(self._typesetter.text_width(self._role, _ROOM), 1)
        lines = self._lines(int(str(self._label.cget("wraplength"))) or _ENDLESS)
        self._label.configure(text="\n".join(_ROOM * -(-line.width // space) for line in lines))

    def _look_changed(self, look: Look) -> None:
        self._typesetter.look_changed(look)
        # The label is dressed after this, where it is dressed at all.
        self.after_idle(lambda: self.show(self._text, self._role) if self.winfo_exists() else None)

    def _paint(self) -> None:
        self.delete(_TAG)
        label, width, height = self._label, self.winfo_width(), self.winfo_height()
        self.configure(background=str(label.cget("background")))
        if width <= 1:
            return
        lines = self._lines(width)
        ink = Ink(self._role, str(label.cget("foreground")), _TAG)
        anchor = str(label.cget("anchor"))
        self._images = []
        for number, line in enumerate(lines):
            room = max(width - line.width, 0)
            x = 0 if "w" in anchor else room if "e" in anchor else room // 2
            # Tk's lines stand closer than ours.
            middle = round(height * (number + 0.5) / len(lines))
            self._images += self._typesetter.draw(self, line, (x, middle - line.height // 2), ink)

    def _lines(self, width: int) -> list[Line]:
        breaker = Breaker(self._typesetter, self._role, width)
        if int(str(self._label.cget("wraplength"))):
            return list(breaker.lines(self._text))
        return [breaker.single(line) for line in self._text.split("\n")]
