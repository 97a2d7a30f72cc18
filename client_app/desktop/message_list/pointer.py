"""Mouse and keyboard in the message list: hovering, clicking, selecting, copying."""

import tkinter
from collections.abc import Callable
from typing import TYPE_CHECKING

from client_app.core.timeline import Entry, EntryKind
from client_app.desktop.keys import only
from client_app.desktop.text import Ink
from client_app.desktop.toolkit import Tooltip, popup_menu
from client_app.desktop.wheel import bind_wheel

from . import reactions, rows
from .events import MessageEvents
from .hits import Hit, hit
from .menu import message_menu
from .painted import Painted
from .selection import Place, Selection, word_at

if TYPE_CHECKING:
    from .widget import MessageList

_LINE = 60
_AUTOSCROLL_INTERVAL = 30
"""Milliseconds between two steps while a selection is dragged beyond the edge."""
_DRAG_THRESHOLD = 3


class Pointer:
    """Turns the canvas's events into what the person means."""

    def __init__(self, messages: "MessageList", events: MessageEvents) -> None:
        self._list = messages
        self._canvas = messages.canvas
        self.events = events
        self._at: tuple[int, int] | None = None
        """Where the pointer is; None outside."""
        self._pressed: tuple[int, int] | None = None
        self._drags_from: Selection | None = None
        """What the first click of a drag selected: an empty place, a word, a message."""
        self._autoscroll: str | None = None
        self._hovered: str | None = None
        self._tooltip = Tooltip(self._canvas, follows=False)
        self._bind_mouse()
        self._bind_keys()

    def _bind_mouse(self) -> None:
        canvas = self._canvas
        bind_wheel(canvas, self._list.scroll)
        canvas.bind("<Motion>", self._on_motion)
        canvas.bind("<Leave>", lambda _event: self._leave())
        canvas.bind("<Button-1>", self._on_press)
        canvas.bind("<Shift-Button-1>", self._on_shift_press)
        canvas.bind("<Double-Button-1>", lambda event: self._on_again(event, word_at))
        canvas.bind("<Triple-Button-1>", lambda event: self._on_again(event, lambda text, _: (0, len(text))))
        canvas.bind("<B1-Motion>", self._on_drag)
        canvas.bind("<ButtonRelease-1>", self._on_release)
        canvas.bind("<Button-2>" if canvas.tk.call("tk", "windowingsystem") == "aqua" else "<Button-3>", self._on_menu)
        canvas.selection_handle(self._primary, selection="PRIMARY")

    def _bind_keys(self) -> None:
        scrolls: dict[str, Callable[[], object]] = {
            "<Up>": lambda: self._list.scroll(-_LINE),
            "<Down>": lambda: self._list.scroll(_LINE),
            "<Prior>": lambda: self._list.scroll_page(-1),
            "<Next>": lambda: self._list.scroll_page(1),
            "<Home>": self._list.scroll_to_start,
            "<End>": self._list.scroll_to_end,
        }
        for sequence, act in scrolls.items():
            self._canvas.bind(sequence, only(act))
        for letter in "aA":
            self._canvas.bind(f"<Control-{letter}>", only(self.select_all))
        for letter in "cC":
            self._canvas.bind(f"<Control-{letter}>", only(self.copy))

    # --- what is under the pointer ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The rows under the pointer moved."""
        self._hovered = None
        self._hover()

    def _row_at(self, y: int) -> tuple[int, Painted] | None:
        shown = self._list.painted
        for index, painted in shown.items():
            if painted.y <= y < painted.y + painted.row.height:
                return index, painted
        if not shown:
            return None
        # Above the first and below the last: the nearest.
        nearest = min(shown) if y < shown[min(shown)].y else max(shown)
        return nearest, shown[nearest]

    def _hit(self, x: int, y: int) -> tuple[int, Hit] | None:
        found = self._row_at(y)
        if found is None:
            return None
        index, painted = found
        y = min(max(y, painted.y), painted.y + painted.row.height - 1)
        return index, hit(painted, x, y, self._list.typesetter, self._list.painter)

    def _place(self, x: int, y: int) -> Place | None:
        found = self._hit(x, y)
        return None if found is None else Place(found[0], found[1].position)

    def _on_motion(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        self._at = (event.x, event.y)
        self._hover()

    def _leave(self) -> None:
        self._at = None
        self._hover()

    def _hover(self) -> None:
        """Tint the row under the pointer, show the time of a grouped one, and choose the cursor."""
        at = self._at
        found = self._row_at(at[1]) if at is not None and self._pressed is None else None
        is_message = found is not None and found[1].row.entry.kind is EntryKind.MESSAGE
        wanted = found[1].tag if found is not None and is_message else ""
        if wanted != self._hovered:
            self._hovered = wanted
            self._canvas.delete("hover", "hover-time")
            if found is not None and is_message:
                self._tint(found[1])
        here = self._hit(*at) if at is not None else None
        self._show_hint(here[1].hint if here is not None and self._pressed is None else "")
        cursor = ""
        if here is not None:
            cursor = "hand2" if here[1].is_clickable else "xterm" if here[1].is_text else ""
        if cursor != str(self._canvas.cget("cursor")):
            self._canvas.configure(cursor=cursor)

    @property
    def hint(self) -> str:
        """What is told of the place where the pointer rests."""
        return self._tooltip.text

    def _show_hint(self, hint: str) -> None:
        """Tell something in a few words, once the pointer has rested."""
        if hint == self._tooltip.text:
            return
        x, y = self._at or (0, 0)
        self._tooltip.show_at(self._canvas.winfo_rootx() + x, self._canvas.winfo_rooty() + y + 20, hint)

    def _tint(self, painted: Painted) -> None:
        row, painter = painted.row, self._list.painter
        look = painter.look
        right = self._canvas.winfo_width()
        corners = (0, painted.y, right, painted.y + row.height)
        self._canvas.create_rectangle(*corners, width=0, fill=look.palette.hover, tags="hover")
        self._canvas.tag_lower("hover")
        if (row.entry.is_grouped and row.head is None and not row.entry.is_hidden) or row.is_action:
            y = painted.y + row.body[0].y + row.body[0].line.height // 2
            x = row.text_x - look.px(28)
            painter.text(x, y, row.time, Ink("small", look.palette.text_faint, "hover-time"), "e")

    # --- clicking and selecting ---------------------------------------------------------------------------------------

    def _on_press(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        self._canvas.focus_set()
        self._pressed = (event.x, event.y)
        place = self._place(event.x, event.y)
        self._drags_from = None if place is None else Selection(place, place)
        self._list.select(self._drags_from)

    def _on_shift_press(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        self._canvas.focus_set()
        place, selection = self._place(event.x, event.y), self._list.selection
        if place is not None and selection is not None:
            self._drags_from = Selection(selection.start, selection.start)
            self._list.select(Selection(selection.start, place))
            self._own_primary()

    def _on_again(self, event: "tkinter.Event[tkinter.Misc]", range_of: Callable[[str, int], tuple[int, int]]) -> None:
        """A second or third click selects more; reactions are clicked as often as one likes."""
        found = self._hit(event.x, event.y)
        if found is not None and found[1].reaction:
            self._on_press(event)
        elif found is not None:
            self._select_range(found[0], *range_of(self._list.entries[found[0]].text, found[1].position))

    def _select_range(self, index: int, start: int, end: int) -> None:
        self._drags_from = Selection(Place(index, start), Place(index, end))
        self._pressed = None
        self._list.select(self._drags_from)
        self._own_primary()

    def _on_drag(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        self._at = (event.x, event.y)
        pressed = self._pressed
        if pressed is not None and max(abs(event.x - pressed[0]), abs(event.y - pressed[1])) < _DRAG_THRESHOLD:
            return
        self._pressed = None
        self._extend(event.x, event.y)
        if self._autoscroll is None and self._overshoot(event.y):
            self._autoscroll = self._canvas.after(_AUTOSCROLL_INTERVAL, self._scroll_on)

    def _extend(self, x: int, y: int) -> None:
        place, origin = self._place(x, y), self._drags_from
        if place is None or origin is None:
            return
        start = origin.first if place >= origin.first else origin.last
        self._list.select(Selection(start, max(place, origin.last) if place >= origin.first else place))

    def _overshoot(self, y: int) -> int:
        """How far the pointer is beyond the upper (negative) or the lower edge."""
        return min(y, 0) or max(y - self._canvas.winfo_height(), 0)

    def _scroll_on(self) -> None:
        self._autoscroll = None
        if self._at is None or self._drags_from is None:
            return
        x, y = self._at
        beyond = self._overshoot(y)
        if beyond:
            self._list.scroll(max(min(beyond, 60), -60))
            self._extend(x, min(max(y, 0), self._canvas.winfo_height() - 1))
            self._autoscroll = self._canvas.after(_AUTOSCROLL_INTERVAL, self._scroll_on)

    def _on_release(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if self._autoscroll is not None:
            self._canvas.after_cancel(self._autoscroll)
            self._autoscroll = None
        was_click, self._pressed = self._pressed is not None, None
        selection = self._list.selection
        if selection is not None and not selection.is_empty:
            self._own_primary()
        elif was_click:
            self._click(event.x, event.y)
        self._drags_from = None

    def _click(self, x: int, y: int) -> None:
        found = self._hit(x, y)
        if found is None:
            return
        entry, here = self._list.entries[found[0]], found[1]
        if here.link:
            self.events.link(here.link)
        elif here.reaction:
            reactions.click(here.reaction, entry, self.events)
        elif here.action:
            self._act(here.action, found[0], entry)
        elif here.is_author and entry.author_id is not None:
            self.events.author(entry.author_id)
        elif self.events.chosen is not None:
            self.events.chosen(entry)

    def _act(self, action: str, index: int, entry: Entry) -> None:
        match action:
            case rows.RETRY:
                self.events.retry(entry.client_id)
            case rows.DISCARD:
                self.events.discard(entry.client_id)
            case rows.SHOW:
                self._list.show_hidden(index)
            case rows.HIDE:
                self.events.hide(entry.seq)

    # --- copying ------------------------------------------------------------------------------------------------------

    @property
    def has_selection(self) -> bool:
        """Whether there is something selected that can be copied."""
        return bool(self._list.selected_text())

    def copy(self) -> None:
        """Put what is selected on the clipboard; without a selection leave the clipboard alone."""
        self.copy_text(self._list.selected_text())

    def copy_text(self, text: str) -> None:
        """Put this on the clipboard, unless it is empty."""
        if text:
            self._canvas.clipboard_clear()
            self._canvas.clipboard_append(text)

    def select_all(self) -> None:
        """Select every message that is loaded."""
        self._list.select_all()
        self._own_primary()

    def _own_primary(self) -> None:
        self._canvas.selection_own(selection="PRIMARY")

    def _primary(self, offset: str, length: str) -> str:
        start = int(offset)
        return self._list.selected_text()[start : start + int(length)]

    def _on_menu(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        found = self._hit(event.x, event.y)
        if found is None:
            return
        entry, here = self._list.entries[found[0]], found[1]
        items = message_menu(entry, here.link, self, self.events)
        popup_menu(self._list.root_window, items, event.x_root, event.y_root)
