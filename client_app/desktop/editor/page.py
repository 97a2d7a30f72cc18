"""Shows what is being written as it will look, over a Tk text that would set its script wrongly.

The text below it has the keyboard, the cursor, the selection and all that is known of them; this only draws, and says
which place is where. It is there while there is anything that Tk cannot set, and covers the text entirely.
"""

import tkinter
from typing import Protocol

from PIL import ImageTk

from client_app.desktop.text import Ink, Line, Typesetter
from client_app.desktop.text.pieces import is_complex
from client_app.desktop.toolkit import Look, Root

from .layout import Layout

FONT = "body"
"""The font role of all that is written."""
_SELECTED, _CARET = "selected", "caret"
_COVERED = "covered"
"""The tag of all that is in the text below an open page."""
_BLINK = (600, 400)
"""Milliseconds for which the cursor is seen and not seen."""


class Written(Protocol):
    """What the page asks of the text below it."""

    def whole(self) -> str:
        """All of it."""

    def place(self) -> int:
        """Where the cursor is, in characters from the beginning."""

    def selected(self) -> tuple[int, int]:
        """From where to where it is selected; twice the same where nothing is."""


class Page(tkinter.Canvas):
    """Lies over `text`, which tells it with `look_again` that something changed."""

    def __init__(self, text: tkinter.Text, written: Written, root: Root) -> None:
        super().__init__(text, highlightthickness=0, borderwidth=0, width=1, height=1, cursor="xterm")
        self._widget, self._written, self._root_window = text, written, root
        self._typesetter = root.only(Typesetter)
        self.layout = Layout(self._typesetter, FONT, wraps=str(text.cget("wrap")) != "none")
        self._is_open = self._is_waiting = False
        self._drawn: dict[int, tuple[Line, int, int, list[ImageTk.PhotoImage]]] = {}
        """Lines on the canvas by their identity: with where they are, and the images in them."""
        self._left = self._top = 0
        """How far the rows are moved out of the page, in pixels."""
        self._seen: tuple[str, int] = ("", -1)
        """The text and the place of the cursor to which the page was moved last."""
        self._timer: str | None = None
        self.bind("<Configure>", lambda _event: self.look_again(), add="+")
        self.bind("<Destroy>", lambda _event: self._stop_blinking(), add="+")
        root.on_look(self, self._dress)

    @property
    def is_open(self) -> bool:
        """Whether what is written is shown by this."""
        self._see_whether_needed()
        return self._is_open

    @property
    def pitch(self) -> int:
        """Pixels from one row to the next; the text below has the same."""
        return self._typesetter.line_height(FONT)

    @property
    def count(self) -> int:
        """How many rows there are."""
        self._lay_out()
        return len(self.layout.rows)

    def look_again(self) -> None:
        """What is written, or where one is in it, or how all of it looks, is not what it was."""
        if not self._is_waiting:
            self._is_waiting = True
            self.after_idle(self._look)

    def place_under(self, x: int, y: int) -> int:
        """The place in the text that is nearest to these coordinates of the page."""
        self._lay_out()
        number = min(max((y - self._inset("pady") + self._top) // self.pitch, 0), len(self.layout.rows) - 1)
        return self.layout.place_at(x - self._shift(number), number)

    def beside(self, place: int, steps: int, x: int) -> int:
        """The place so many rows further down, or up, nearest to x; the beginning or the end where there is none."""
        self._lay_out()
        number = self.layout.row_at(place) + steps
        if not 0 <= number < len(self.layout.rows):
            return 0 if steps < 0 else self.layout.rows[-1].end
        return self.layout.place_at(x - self._shift(number), number)

    def x_of(self, place: int) -> int:
        """Where a place is, in pixels from the left of the page."""
        self._lay_out()
        return self._shift(self.layout.row_at(place)) + self.layout.x_of(place)

    def scroll(self, rows: int) -> None:
        """Move what is seen, without the cursor."""
        self._top = min(max(self._top + rows * self.pitch, 0), self._most_top())
        self._paint()

    # --- being there --------------------------------------------------------------------------------------------------

    def _see_whether_needed(self) -> None:
        is_needed = is_complex(self._written.whole())
        if is_needed:
            # Tk takes ten times as long as all of this to lay out what nobody sees: it is told to leave it out.
            self._widget.tag_add(_COVERED, "1.0", "end")
        if is_needed == self._is_open:
            return
        self._is_open = is_needed
        if is_needed:
            self._widget.tag_configure(_COVERED, elide=True)
            self.place(x=0, y=0, relwidth=1, relheight=1)
        else:
            self._widget.tag_delete(_COVERED)
            self.place_forget()
            self._wipe()
            self._stop_blinking()

    def _look(self) -> None:
        self._is_waiting = False
        if not self.winfo_exists():
            return
        self._see_whether_needed()
        if self._is_open and self.winfo_width() > 1:
            self._lay_out()
            self._follow()
            self._paint()

    def _dress(self, look: Look) -> None:
        self._typesetter.look_changed(look)
        self.layout.forget()
        self._wipe()
        self.look_again()

    # --- laying out ---------------------------------------------------------------------------------------------------

    def _inset(self, side: str) -> int:
        return int(str(self._widget.cget(side)))

    def _room(self) -> int:
        width = self.winfo_width() if self.winfo_width() > 1 else self._widget.winfo_width()
        return max(width - 2 * self._inset("padx") - self._thick(), 1)

    def _thick(self) -> int:
        return max(int(str(self._widget.cget("insertwidth"))), 1)

    def _lay_out(self) -> None:
        self.layout.lay_out(self._written.whole(), self._room())

    def _shift(self, number: int) -> int:
        """Where the left end of a row is: what does not wrap stands at its paragraph's side, as far as it has room."""
        row = self.layout.rows[number]
        is_at_right = row.is_rtl and not self.layout.wraps and row.line.width <= self._room()
        return self._inset("padx") + (self._room() - row.line.width if is_at_right else -self._left)

    def _most_top(self) -> int:
        seen = max(self.winfo_height() - 2 * self._inset("pady"), self.pitch)
        return max(len(self.layout.rows) * self.pitch - seen, 0)

    def _follow(self) -> None:
        """Have the cursor in sight, where it or the text is not as it was."""
        now = (self._written.whole(), self._written.place())
        if now != self._seen:
            self._seen = now
            number = self.layout.row_at(now[1])
            y, seen = number * self.pitch, max(self.winfo_height() - 2 * self._inset("pady"), self.pitch)
            self._top = min(max(self._top, y + self.pitch - seen), y)
            x, line = self.layout.x_of(now[1]), self.layout.rows[number].line
            least = x - self._room()
            self._left = 0 if self.layout.wraps or line.width <= self._room() else min(max(self._left, least), x)
        self._top = min(self._top, self._most_top())

    # --- drawing ------------------------------------------------------------------------------------------------------

    def _paint(self) -> None:
        ground = str(self._widget.cget("background"))
        if ground != str(self.cget("background")):
            self.configure(background=ground)  # only then: all of it is drawn anew
        inset, first = self._inset("pady"), max(self._top // self.pitch, 0)
        count = self.winfo_height() // self.pitch + 2
        drawn, self._drawn = self._drawn, {}
        for number in range(first, min(first + count, len(self.layout.rows))):
            line = self.layout.rows[number].line
            x, y = self._shift(number), inset + number * self.pitch - self._top
            self._drawn[id(line)] = self._put(line, x, y, drawn.pop(id(line), None))
        for line_id in drawn:
            self.delete(_tag(line_id))
        self._paint_selection(first, first + count)
        self._paint_caret()

    def _put(
        self, line: Line, x: int, y: int, was: tuple[Line, int, int, list[ImageTk.PhotoImage]] | None
    ) -> tuple[Line, int, int, list[ImageTk.PhotoImage]]:
        """Draw a line there, or move it from where it is."""
        tag = _tag(id(line))
        if was is None:
            ink = Ink(FONT, str(self._widget.cget("foreground")), tag)
            return line, x, y, self._typesetter.draw(self, line, (x, y), ink)
        if (x, y) != was[1:3]:
            self.move(tag, x - was[1], y - was[2])
        return line, x, y, was[3]

    def _paint_selection(self, first: int, end: int) -> None:
        self.delete(_SELECTED)
        start, stop = self._written.selected()
        color = str(self._widget.cget("selectbackground"))
        for number in range(first, min(end, len(self.layout.rows))) if start < stop else ():
            x, y = self._shift(number), self._inset("pady") + number * self.pitch - self._top
            for left, right in self.layout.spans(number, start, stop):
                corners = (x + left, y, x + right, y + self.pitch)
                self.create_rectangle(*corners, width=0, fill=color, tags=_SELECTED)
        self.tag_lower(_SELECTED)

    def _paint_caret(self) -> None:
        self._stop_blinking()
        self.delete(_CARET)
        if self.focus_get() is not self._widget or str(self._widget.cget("state")) == "disabled":
            return
        place = self._written.place()
        number = self.layout.row_at(place)
        least = self._inset("padx")
        x = min(max(self._shift(number) + self.layout.x_of(place), least), least + self._room())
        y = self._inset("pady") + number * self.pitch - self._top
        color = str(self._widget.cget("insertbackground"))
        self.create_rectangle(x, y + 1, x + self._thick(), y + self.pitch - 1, width=0, fill=color, tags=_CARET)
        self._blink(is_seen=True)

    def _blink(self, *, is_seen: bool) -> None:
        self.itemconfigure(_CARET, state="normal" if is_seen else "hidden")
        self._timer = self.after(_BLINK[0 if is_seen else 1], lambda: self._blink(is_seen=not is_seen))

    def _stop_blinking(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None

    def _wipe(self) -> None:
        self.delete("all")
        self._drawn = {}


def _tag(line_id: int) -> str:
    return f"line-{line_id}"  # with a space Tk would take it for two
