"""The list itself: what is in view, what is open, what the pointer and the keyboard are at."""

import bisect
import itertools
import tkinter
from collections.abc import Callable

from client_app.desktop.people.avatars import Avatars
from client_app.desktop.scrolling.scrollbar import Scrollbar
from client_app.desktop.scrolling.wheel import bind_wheel
from client_app.desktop.text import Typesetter
from client_app.desktop.toolkit import Look, Root, Tooltip

from .keyboard import bind_keys
from .painted import PaintedRow, RowState
from .painter import ADD_WIDTH, RowPainter
from .rows import EntryRow, HeaderRow, ItemRow, ListRow


def _nothing(*_arguments: object) -> None:
    """Nobody listens."""


class VirtualList(tkinter.Frame):
    """A list of any length. Fill it with `set_rows` as often as you like: only what is in view and changed is drawn.

    `on_open(key)` an item was clicked or Return pressed; `on_add(key)` the “+” of a header;
    `on_menu(key, x_root, y_root)` a right click or the menu key; `on_end()` the last row is in view, once for each end
    that the list has had. `ground` is a colour of the palette.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        root: Root,
        on_open: Callable[[str], object],
        *,
        on_add: Callable[[str], object] = _nothing,
        on_menu: Callable[[str, int, int], object] = _nothing,
        on_end: Callable[[], object] = _nothing,
        ground: str = "sidebar",
    ) -> None:
        super().__init__(master, borderwidth=0)
        self._root_window = root
        self._on_open, self._on_add, self._on_menu, self._on_end = on_open, on_add, on_menu, on_end
        self._end_told: str | None = None
        self._ground = ground
        self._all: tuple[ListRow, ...] = ()
        self._shown: tuple[ListRow, ...] = ()
        self._tops: list[int] = [0]
        """Where each shown row begins, and where the last one ends."""
        self._collapsed: set[str] = set()
        self._folded_at_first: set[str] = set()
        """Headings whose section was collapsed when they came."""
        self._selected: str | None = None
        self._cursor: str | None = None
        self._hovered: tuple[str, bool] | None = None
        """The row under the pointer, and whether it is on its “+”."""
        self._offset = 0
        self.canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=1)
        self._bar = Scrollbar(self, root, self._on_drag, ground)
        self._bar.pack(side="right", fill="y")
        self.canvas.pack(side="left", fill="both", expand=True)
        self._typesetter = Typesetter(root)
        self._painter = RowPainter(self.canvas, self._typesetter, Avatars(root), ground)
        self._painted: dict[str, PaintedRow] = {}
        self._tooltip = Tooltip(self.canvas, follows=False)
        self._bind_events()
        root.on_look(self, self._look_changed)

    # --- content ------------------------------------------------------------------------------------------------------

    def set_rows(self, rows: tuple[ListRow, ...]) -> None:
        """Show these rows; where one has scrolled to stays. Keys are unique."""
        if rows != self._all:
            self._all = rows
            folded = {row.key for row in rows if isinstance(row, HeaderRow) and row.is_folded}
            self._collapsed |= folded - self._folded_at_first
            self._folded_at_first = folded
            self._arrange()

    def select(self, key: str | None) -> None:
        """Mark the row that is open and bring it into view."""
        if key == self._selected:
            return
        self._selected = self._cursor = key
        self._reveal(key)
        self._refresh()

    def focus_set(self) -> None:
        """Take the keyboard: arrows, Home, End, Page Up and Down, Return."""
        self.canvas.focus_set()

    def _arrange(self) -> None:
        """Find out which rows are shown, and where."""
        shown: list[ListRow] = []
        is_open = True
        for row in self._all:
            if isinstance(row, HeaderRow):
                is_open = row.key not in self._collapsed
                shown.append(row)
            elif is_open or row.key == self._selected or (isinstance(row, ItemRow) and row.badge):
                shown.append(row)
        self._shown = tuple(shown)
        width, height = self.canvas.winfo_width(), self._painter.height
        heights = (height(row, width) for row in self._shown)
        self._tops = list(itertools.accumulate(heights, initial=self._root_window.px(4)))
        self._refresh()

    # --- drawing ------------------------------------------------------------------------------------------------------

    def _look_changed(self, look: Look) -> None:
        color = getattr(look.palette, self._ground)
        self.configure(background=color)
        self.canvas.configure(background=color)
        self._typesetter.look_changed(look)
        self._painter.look_changed(look)
        self._clear()
        self._arrange()

    def _clear(self) -> None:
        self.canvas.delete("all")
        self._painted.clear()

    def _on_resize(self, _event: object) -> None:
        self._clear()
        self._arrange()

    def _refresh(self) -> None:
        """Bring the canvas in line with rows, states and offset."""
        height, width = self.canvas.winfo_height(), self.canvas.winfo_width()
        total = self._tops[-1] + self._root_window.px(8)
        self._offset = min(max(self._offset, 0), max(total - height, 0))
        first = max(bisect.bisect_right(self._tops, self._offset) - 1, 0)
        kept: dict[str, PaintedRow] = {}
        for index in range(first, len(self._shown)):
            y = self._tops[index] - self._offset
            if y >= height:
                break
            self._place(index, y, width, kept)
        for gone in self._painted.values():
            self.canvas.delete(gone.tag)
        self._painted = kept
        self._bar.show(self._offset / max(total - height, 1), min(height / max(total, 1), 1.0))
        self._tell_of_end(height)

    def _tell_of_end(self, height: int) -> None:
        last = self._shown[-1].key if self._shown else None
        if last is not None and last in self._painted and last != self._end_told and height > 1:
            self._end_told = last
            self.after_idle(self._on_end)

    def _place(self, index: int, y: int, width: int, kept: dict[str, PaintedRow]) -> None:
        row = self._shown[index]
        state = self._state(row)
        painted = self._painted.pop(row.key, None)
        if painted is not None and painted.row == row and painted.state == state:
            if painted.y != y:
                self.canvas.move(painted.tag, 0, y - painted.y)
                painted.y = y
            kept[row.key] = painted
            return
        if painted is not None:
            self.canvas.delete(painted.tag)
        kept[row.key] = self._painter.paint(row, state, (y, width, self._tops[index + 1] - self._tops[index]))

    def _state(self, row: ListRow) -> RowState:
        is_hovered = self._hovered is not None and self._hovered[0] == row.key
        has_focus = self._cursor == row.key and self.canvas.focus_displayof() is self.canvas
        on_add = is_hovered and self._hovered is not None and self._hovered[1]
        return RowState(row.key == self._selected, is_hovered, has_focus, row.key in self._collapsed, on_add)

    # --- pointer ------------------------------------------------------------------------------------------------------

    def _bind_events(self) -> None:
        canvas = self.canvas
        bind_wheel(canvas, self._scroll)
        canvas.bind("<Configure>", self._on_resize)
        canvas.bind("<Motion>", lambda event: self._hover(event.x, event.y))
        canvas.bind("<Leave>", lambda _event: self._hover(-1, -1))
        canvas.bind("<Button-1>", lambda event: self._click(event.x, event.y))
        canvas.bind("<Button-3>", lambda event: self._menu(event.x, event.y))
        canvas.bind("<FocusIn>", lambda _event: self._focus_in())
        canvas.bind("<FocusOut>", lambda _event: self._refresh())
        bind_keys(
            canvas,
            (("<Up>",), lambda: self._step(-1)),
            (("<Down>",), lambda: self._step(1)),
            (("<Home>",), lambda: self._step(-len(self._shown))),
            (("<End>",), lambda: self._step(len(self._shown))),
            (("<Prior>",), lambda: self._step(-10)),
            (("<Next>",), lambda: self._step(10)),
            (("<Return>", "<KP_Enter>", "<space>"), self._act_on_cursor),
            (("<Menu>", "<Shift-F10>"), self._menu_at_cursor),
        )

    def _index_at(self, y: int) -> int | None:
        index = bisect.bisect_right(self._tops, y + self._offset) - 1
        return index if y >= 0 and 0 <= index < len(self._shown) else None

    def _is_on_add(self, row: ListRow, x: int) -> bool:
        is_far = x >= self.canvas.winfo_width() - self._root_window.px(ADD_WIDTH + 4)
        return isinstance(row, HeaderRow) and row.can_add and is_far

    def _hover(self, x: int, y: int) -> None:
        index = self._index_at(y)
        row = None if index is None else self._shown[index]
        hovered = None if row is None else (row.key, self._is_on_add(row, x))
        if hovered == self._hovered:
            return
        self._hovered = hovered
        is_idle = row is None or (isinstance(row, EntryRow) and row.is_plain)
        self.canvas.configure(cursor="" if is_idle else "hand2")
        self._refresh()
        self._tooltip.hide()
        if row is not None and hovered is not None:
            self._show_tip(row, hovered[1])

    def _show_tip(self, row: ListRow, is_on_add: bool) -> None:
        painted = self._painted.get(row.key)
        if painted is None:
            return
        x, y = self.canvas.winfo_rootx(), self.canvas.winfo_rooty() + painted.y
        height = self._painter.height(row, self.canvas.winfo_width())
        self._tooltip.show_at(x + self._root_window.px(24), y + height, painted.tip(is_on_add=is_on_add))

    def _click(self, x: int, y: int) -> None:
        self._tooltip.hide()
        index = self._index_at(y)
        if index is None:
            return
        row = self._shown[index]
        if self._is_on_add(row, x):
            self._on_add(row.key)
        else:
            self._act(row)

    def _act(self, row: ListRow) -> None:
        match row:
            case HeaderRow():
                if row.is_collapsible:
                    self._collapsed ^= {row.key}
                    self._arrange()
            case EntryRow() if row.is_plain:
                pass
            case _:
                self._on_open(row.key)

    def _menu(self, x: int, y: int) -> None:
        index = self._index_at(y)
        if index is not None:
            key = self._shown[index].key
            self._on_menu(key, self.canvas.winfo_rootx() + x, self.canvas.winfo_rooty() + y)

    def _scroll(self, pixels: float) -> None:
        self._offset += self._root_window.px(pixels)
        self._tooltip.hide()
        self._hovered = None
        self._refresh()

    def _on_drag(self, fraction: float) -> None:
        self._offset = int(fraction * max(self._tops[-1] - self.canvas.winfo_height(), 0))
        self._refresh()

    # --- keyboard -----------------------------------------------------------------------------------------------------

    def _focus_in(self) -> None:
        keys = [row.key for row in self._shown]
        if self._cursor not in keys:
            self._cursor = self._selected if self._selected in keys else next(iter(keys), None)
        self._refresh()

    def _step(self, distance: int) -> None:
        keys = [row.key for row in self._shown]
        if not keys:
            return
        now = keys.index(self._cursor) if self._cursor in keys else -1 if distance > 0 else len(keys)
        self._cursor = keys[min(max(now + distance, 0), len(keys) - 1)]
        self._reveal(self._cursor)
        self._refresh()

    def _act_on_cursor(self) -> None:
        row = next((row for row in self._shown if row.key == self._cursor), None)
        if row is not None:
            self._act(row)

    def _menu_at_cursor(self) -> None:
        painted = self._painted.get(self._cursor or "")
        if painted is not None:
            self._menu(self._root_window.px(40), painted.y + self._root_window.px(20))

    def _reveal(self, key: str | None) -> None:
        index = next((number for number, row in enumerate(self._shown) if row.key == key), None)
        if index is None or self.canvas.winfo_height() <= 1:  # not on the screen yet
            return
        top, bottom = self._tops[index], self._tops[index + 1]
        if top < self._offset:
            self._offset = top
        elif bottom > self._offset + self.canvas.winfo_height():
            self._offset = bottom - self.canvas.winfo_height()
