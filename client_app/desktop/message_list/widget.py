"""The list of messages: a canvas on which only what is in view exists, whatever the length of the history."""

import tkinter
from collections.abc import Sequence

from client_app.core.client.receipts import Seen
from client_app.core.timeline.timeline import Entry, Splice
from client_app.desktop.people.avatars import Avatars
from client_app.desktop.scrolling.scrollbar import Scrollbar
from client_app.desktop.text import Typesetter
from client_app.desktop.toolkit import Look, Root

from .arrivals import arrivals
from .clipboard import Clipboard
from .code_colors import CodeColors
from .cursor import RowCursor
from .ends import Ends
from .events import MessageEvents
from .flash import Flash
from .folds import Folds
from .hunger import Hunger
from .keyboard import Keyboard
from .painted import Painted
from .painter import ABOVE, Painter
from .picks import Picks
from .pointer import Pointer
from .row import Introduction, Row
from .row_maker import RowMaker
from .selection import Selection, everything, selected_text
from .sync import follow_view
from .viewport import Viewport

BOTTOM_MARGIN = 16


class MessageList(tkinter.Frame):
    """Draws a timeline. It follows what arrives only while it is at its end, and never moves otherwise.

    Fill it with `set_entries` when another channel opens, and with `apply` for each `TimelineChanged`.
    """

    def __init__(self, master: tkinter.Misc, root: Root, events: MessageEvents | None = None) -> None:
        super().__init__(master, borderwidth=0)
        self.root_window = root
        self.events = events or MessageEvents()
        self.entries: list[Entry] = []
        """The rows, as told; read only."""
        self.canvas = tkinter.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=1)
        self._bar = Scrollbar(self, root, self.scroll_to_fraction, "surface")
        self._bar.pack(side="right", fill="y")
        self.canvas.pack(side="left", fill="both", expand=True)
        self.typesetter = Typesetter(root)
        self.painter = Painter(self.canvas, self.typesetter, Avatars(root), self.events.news, self.events.pictures)
        self.rows = RowMaker(self.typesetter, self.events.name_of_link, CodeColors(self).of, self.events.news)
        self._folds = Folds()
        self.viewport = Viewport(self.height_of)
        self.painted: dict[int, Painted] = {}
        """What is on the canvas, by index."""
        self._introduction = Introduction()
        self._width = 1
        self._ends = Ends(self.events)
        self._hunger = Hunger(self.events.need_older, self.events.need_newer)
        self._above = ""
        self.selection: Selection | None = None
        self.flash = Flash(self)
        self.cursor = RowCursor(self)
        self.picks = Picks(self)
        self.clipboard = Clipboard(self)
        self.pointer = Pointer(self, self.events)
        self.keyboard = Keyboard(self)
        self.canvas.bind("<Configure>", self._on_resize)
        root.on_look(self, self._look_changed)

    # --- content ------------------------------------------------------------------------------------------------------

    def set_entries(self, entries: Sequence[Entry], *, anchor: str | None = None) -> None:
        """Show another timeline: from its end, or from the row with the key `anchor`."""
        self._clear()
        self.selection = None
        self._folds.clear()
        self.picks.end()
        self.entries = list(entries)
        self.viewport.count = len(self.entries)
        self._hunger.forget()
        self._ends.forget()
        self._go(anchor, self.viewport.height // 4)
        self.refresh()

    def apply(self, splices: Sequence[Splice]) -> None:
        """Change rows, in this order, without moving what is being read.

        A message of one's own that comes at the end is shown, wherever one was.
        """
        arrived, is_own = arrivals(splices, self.entries)
        if self.selection is not None:
            self.selection = self.selection.moved(splices, self.entries)
        self.viewport.spliced(splices, lambda index: self.entries[index].key)
        for splice in splices:
            self.entries[splice.start : splice.start + splice.removed] = splice.inserted
        self.picks.keep_those_in(self.entries)
        if is_own:
            self.viewport.to_end()
        else:
            self.viewport.settle()
        self._ends.arrived(arrived, is_at_end=self.viewport.is_at_end)
        self.refresh()

    def introduce(self, introduction: Introduction) -> None:
        """Say what stands above the very first message."""
        if introduction != self._introduction:
            self._introduction = introduction
            self.rows.introduce(introduction)
            self.viewport.settle()
            self.refresh()

    def set_has_more(self, older: bool, newer: bool = False, *, above: str = "") -> None:
        """Say whether the timeline goes on beyond either end; from now on more may be asked for again.

        `above` stands over the first row as long as there are older ones.
        """
        self._hunger.set_has_more(older, newer)
        above = above if older else ""
        if above != self._above:
            self._above = above
            self.viewport.top_margin = self.root_window.px(ABOVE) if above else 0
            self.viewport.settle()
            self.refresh()
        self._ask_for_more()

    def show_seen(self, seen: Seen | None) -> None:
        """Show beside which message of mine that the other person has read it; beside none for None."""
        self.painter.seen.show(seen, self.painted.values(), self._width, self.painter.look)

    def show_hidden(self, index: int) -> None:
        """Show a hidden message; where the row stands for several, let each have a row of its own first."""
        if self._row(index).folded == 1:
            self.events.reveal(self.entries[index].seq)
            return
        self._folds.open(self.entries, index)
        self.viewport.settle()
        self.refresh()

    # --- where one is, and what is selected ---------------------------------------------------------------------------

    @property
    def is_at_end(self) -> bool:
        """Whether the newest row is in view and the list follows."""
        return self.viewport.is_at_end

    def scroll(self, pixels: float) -> None:
        """Move by pixels at 100 %, positive towards the end."""
        self.scroll_pixels(self.root_window.px(pixels))

    def scroll_pixels(self, pixels: int) -> None:
        """Move by pixels of the screen, positive towards the end."""
        self.viewport.scroll(pixels)
        self.refresh()

    def reveal_row(self, index: int, *, from_below: bool = False) -> None:
        """Bring a row into view by moving no further than it takes; see `Viewport.reveal`."""
        self.viewport.reveal(index, from_below=from_below)
        self.refresh()

    def scroll_page(self, direction: int) -> None:
        """Move by most of what is in view: -1 up, 1 down."""
        self.viewport.scroll(direction * max(self.viewport.height * 9 // 10, 1))
        self.refresh()

    def scroll_to_end(self) -> None:
        """Go to the newest row and follow it."""
        self.viewport.to_end()
        self.refresh()

    def scroll_to_start(self) -> None:
        """Go to the first row that is loaded."""
        self.viewport.to_start()
        self.refresh()

    def show_row(self, key: str) -> bool:
        """Bring a row into the upper part of the view; False if there is none of this key."""
        index = self._index_of(key)
        if index is not None:
            self.viewport.to(index, self.viewport.height // 4)
            self.refresh()
        return index is not None

    def position(self) -> tuple[str, int] | None:
        """Where one is, to be given to `restore` later; None at the end or where there is nothing."""
        if self.is_at_end or not self.entries:
            return None
        return self.entries[self.viewport.index].key, self.viewport.y

    def restore(self, position: tuple[str, int] | None) -> None:
        """Go back to where one was; to the end if that row is not there any more."""
        self._go(*(position or (None, 0)))
        self.refresh()

    def _go(self, key: str | None, y: int) -> None:
        """Put a row there; the last one at the end where there is none of this key."""
        index = self._index_of(key)
        if index is None:
            self.viewport.to_end()
        else:
            self.viewport.to(index, y)

    def _index_of(self, key: str | None) -> int | None:
        return next((i for i, entry in enumerate(self.entries) if entry.key == key), None) if key else None

    def scroll_to_fraction(self, fraction: float) -> None:
        """Go to a share of the rows, as the scrollbar does: 0 the first, 1 the end."""
        self.viewport.to_fraction(fraction)
        self.refresh()

    def content_height(self, width: int, most: int) -> int:
        """How high the rows and the margin are at this width, in pixels, or `most` where they are higher."""
        return self.rows.height(self.entries, width, most - self.viewport.bottom_margin) + self.viewport.bottom_margin

    def select(self, selection: Selection | None) -> None:
        """Show another selection."""
        self.selection = selection
        for index, painted in self.painted.items():
            self.painter.paint_selection(painted, index, selection)

    def select_all(self) -> None:
        """Select every message that is loaded."""
        self.select(everything(self.entries))

    def clear_selection(self) -> bool:
        """Select nothing; True if something was selected."""
        had = self.selection is not None and not self.selection.is_empty
        self.select(None)
        return had

    def selected_text(self) -> str:
        """What copying gives."""
        return selected_text(self.selection, self.entries)

    def focus_set(self) -> None:
        """Take the keyboard, and show on which message it is."""
        self.canvas.focus_set()

    # --- drawing ------------------------------------------------------------------------------------------------------

    def height_of(self, index: int) -> int:
        """How high a row is, in pixels; 0 where an earlier one stands for it."""
        return self._row(index).height

    def _row(self, index: int) -> Row:
        entry = self.entries[index]
        folded = self._folds.count(self.entries, index) if entry.is_hidden else 1
        return self.rows.row(entry, self._width, folded)

    def _look_changed(self, look: Look) -> None:
        self.canvas.configure(background=look.palette.surface)
        self.configure(background=look.palette.surface)
        self.typesetter.look_changed(look)
        self.painter.look_changed(look)
        self.rows.look_changed(look)
        self.viewport.bottom_margin = look.px(BOTTOM_MARGIN)
        self.viewport.top_margin = look.px(ABOVE) if self._above else 0
        self._clear()
        self.viewport.settle()
        self.refresh()

    def _on_resize(self, event: "tkinter.Event[tkinter.Canvas]") -> None:
        if event.width != self._width:
            self._clear()
        self._width, self.viewport.height = event.width, event.height
        self.viewport.settle()
        self.refresh()

    def redraw(self) -> None:
        """Draw what is in view anew: something is wanted otherwise."""
        self._clear()
        self.refresh()

    def _clear(self) -> None:
        self.painter.clear()
        self.painted.clear()

    def refresh(self) -> None:
        """Bring the canvas in line with the viewport: move what stays, erase what left, draw what came."""
        seen = [(item, self._row(item.index)) for item in self.viewport.seen()]
        self.painted = follow_view(self.painter, self.painted.values(), seen, self._width, self.selection)
        self.painter.paint_above(self._above, self.painted.get(0), self._width)
        self.picks.paint()
        self.pointer.refresh()
        self.cursor.paint()
        self._show_bar()
        self._ends.follow(is_at_end=self.viewport.is_at_end, is_empty=not self.entries)
        self._ask_for_more()
        self.events.moved()

    def _show_bar(self) -> None:
        fits = len(self.painted) == len(self.entries) and self.viewport.index == 0 and self.viewport.y >= 0
        share = 1.0 if fits or not self.entries else min(len(self.painted) / len(self.entries), 0.95)
        self._bar.show(self.viewport.fraction(), share)

    def _ask_for_more(self) -> None:
        self._hunger.ask(self.painted, len(self.entries))
