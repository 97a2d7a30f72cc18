"""The emoji in rows, of which only those in view exist, drawn a few at a time so that no frame is late."""

import time
import tkinter
from collections.abc import Callable, Sequence

from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.emoji import EmojiImages, emoji_name
from client_app.desktop.scrolling.scrollbar import Scrollbar
from client_app.desktop.scrolling.wheel import bind_wheel
from client_app.desktop.toolkit import Look, Root
from shared.types import Emoji

from .cells import CELL, COLUMNS, HEADING, Cells, Line, Section

PICTURE = 26
"""Pixels at 100 % of an emoji within its cell."""
SLICE = 0.003
"""Seconds spent at once on pictures that were never drawn before."""
PAUSE = 10
"""Milliseconds until the next few of them."""
MOST_LETTERS = 5
"""Of a name that stands in the place of a picture."""
EMPTY = "Nothing is called that."


class Grid(tkinter.Frame):
    """Shows sections; `on_choose` gets the emoji that was clicked, `on_mark` the one that Return would take."""

    def __init__(
        self,
        master: tkinter.Misc,
        root: Root,
        images: EmojiImages,
        on_choose: Callable[[Emoji], object],
        on_mark: Callable[[], object],
    ) -> None:
        super().__init__(master, borderwidth=0)
        self._root_window, self._images, self._on_choose, self._on_mark = root, images, on_choose, on_mark
        self.canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=0)
        self._bar = Scrollbar(self, root, self._to_fraction, "raised")
        self._bar.pack(side="right", fill="y")
        self.canvas.pack(side="left", fill="both", expand=True)
        self._shapes = Shapes(self.canvas)
        self._sections: Sequence[Section] = ()
        self._cells = Cells((), 1, 1)
        self._offset = 0
        self._marked = 0
        self._missing: list[tuple[Emoji, int, int]] = []
        """Pictures in view that were never drawn, and where they belong."""
        self._timer: str | None = None
        bind_wheel(self.canvas, self.scroll)
        self.canvas.bind("<Motion>", lambda event: self._point(event.x, event.y))
        self.canvas.bind("<Button-1>", lambda event: self._click(event.x, event.y))
        self.canvas.bind("<Configure>", lambda _event: self._refresh())
        self.canvas.bind("<Destroy>", lambda _event: self._stop())
        root.on_look(self, self._look_changed)

    # --- what it shows ------------------------------------------------------------------------------------------------

    def show(self, sections: Sequence[Section], *, keeps_place: bool = False) -> None:
        """Show these from the top, with the first one marked; `keeps_place` where only their colours are others."""
        self._sections = sections
        self._lay_out()
        if not keeps_place:
            self._offset = self._marked = 0
        self._refresh()
        self._on_mark()

    @property
    def marked(self) -> Emoji | None:
        """The one that Return would take."""
        every = self._cells.every
        return every[self._marked] if self._marked < len(every) else None

    @property
    def section(self) -> str:
        """In which section one is."""
        return self._cells.section_at(self._offset + 1)

    @property
    def is_complete(self) -> bool:
        """Whether every picture in view is drawn."""
        return not self._missing

    def move(self, columns: int, rows: int) -> None:
        """Mark another one, and bring it into view."""
        if self._cells.every:
            self._mark(self._cells.moved(self._marked, columns, rows))
            line = self._cells.row_of(self._marked)
            # With the heading above it, where it is the first below one.
            above = line.top - self._root_window.px(HEADING)
            if above < self._offset:
                self._to(above)
            elif line.top + line.height > self._offset + self.canvas.winfo_height():
                self._to(line.top + line.height - self.canvas.winfo_height())

    def page(self, direction: int) -> None:
        """Move by what is in view: -1 up, 1 down."""
        self.move(0, direction * max(self.canvas.winfo_height() // self._cells.cell - 1, 1))

    def go_to(self, title: str) -> None:
        """Show a section from its heading on, with its first emoji marked."""
        if title in self._cells.tops:
            self._to(self._cells.tops[title])
            index = self._cells.firsts[list(self._cells.tops).index(title)]
            self._mark(min(index, max(len(self._cells.every) - 1, 0)))

    def scroll(self, pixels: float) -> None:
        """Move by pixels at 100 %, positive towards the end."""
        self._to(self._offset + self._root_window.px(pixels))

    # --- drawing ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        px = self._root_window.px
        self._cells = Cells(self._sections, px(CELL), px(HEADING))

    def _to(self, offset: int) -> None:
        self._offset = offset
        self._refresh()

    def _to_fraction(self, fraction: float) -> None:
        self._to(round(fraction * max(self._cells.height - self.canvas.winfo_height(), 0)))

    def _refresh(self) -> None:
        """Draw what is in view; pictures that are not there yet come bit by bit."""
        canvas, height = self.canvas, self.canvas.winfo_height()
        self._offset = min(max(self._offset, 0), max(self._cells.height - height, 0))
        canvas.delete("all")
        self._missing.clear()
        look = self._root_window.look
        self._draw_mark()
        for line in self._cells.seen(self._offset, self._offset + height):
            if line.title:
                x, y = look.px(4), line.top - self._offset + line.height // 2
                font, color = Root.font_name("small_bold"), look.palette.text_muted
                canvas.create_text(x, y, text=line.title, font=font, fill=color, anchor="w")
            else:
                self._draw_row(line, look)
        if not self._cells.every:
            font, color = Root.font_name("row"), look.palette.text_muted
            canvas.create_text(canvas.winfo_width() // 2, height // 2, text=EMPTY, font=font, fill=color)
        self._bar.show(self._offset / max(self._cells.height - height, 1), min(height / max(self._cells.height, 1), 1))
        self._go_on()

    def _draw_row(self, line: Line, look: Look) -> None:
        size, cell = look.px(PICTURE), self._cells.cell
        y = line.top - self._offset + cell // 2
        for column, emoji in enumerate(line.emoji):
            picture = self._images.known(emoji, size)
            if picture is not None:
                self.canvas.create_image(column * cell + cell // 2, y, image=picture)
            else:
                self._missing.append((emoji, column * cell + cell // 2, y))

    def _draw_missing(self) -> None:
        """For a few milliseconds, then let the window do other things."""
        self._timer = None
        size, end = self._root_window.px(PICTURE), time.perf_counter() + SLICE
        while self._missing and time.perf_counter() < end:
            emoji, x, y = self._missing.pop(0)
            picture = self._images.photo(emoji, size)
            if picture is not None:
                self.canvas.create_image(x, y, image=picture)
            else:
                self._draw_name(emoji, x, y)
        self._go_on()

    def _draw_name(self, emoji: Emoji, x: int, y: int) -> None:
        """The beginning of its name, where the system's font does not have it."""
        name = emoji_name(emoji).strip(":")
        words = name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"
        color = self._root_window.look.palette.text_muted
        self.canvas.create_text(x, y, text=words, font=Root.font_name("small"), fill=color)

    def _go_on(self) -> None:
        if self._missing and self._timer is None:
            self._timer = self.after(PAUSE, self._draw_missing)

    def _stop(self) -> None:
        if self._timer is not None:
            self.after_cancel(self._timer)

    def _draw_mark(self) -> None:
        self.canvas.delete("mark")
        if not self._cells.every:
            return
        line, cell = self._cells.row_of(self._marked), self._cells.cell
        x, y = (self._marked - line.first) * cell, line.top - self._offset
        palette = self._root_window.look.palette
        ground = self._shapes.image(Pill(cell, cell, palette.selected, palette.focus, 1))
        self.canvas.create_image(x, y, image=ground, anchor="nw", tags="mark")
        self.canvas.tag_lower("mark")

    def _look_changed(self, look: Look) -> None:
        self.configure(background=look.palette.raised)
        self.canvas.configure(background=look.palette.raised, width=look.px(CELL) * COLUMNS)
        self._lay_out()
        self._refresh()

    # --- the pointer --------------------------------------------------------------------------------------------------

    def _mark(self, index: int) -> None:
        if index != self._marked:
            self._marked = index
            self._draw_mark()
            self._on_mark()

    def _point(self, x: int, y: int) -> None:
        index = self._cells.index_at(x, y + self._offset)
        self.canvas.configure(cursor="" if index is None else "hand2")
        if index is not None:
            self._mark(index)

    def _click(self, x: int, y: int) -> None:
        index = self._cells.index_at(x, y + self._offset)
        if index is not None:
            self._on_choose(self._cells.every[index])
