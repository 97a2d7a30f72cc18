"""The mouse in the message list: hovering, clicking, selecting."""

import tkinter
from collections.abc import Callable
from typing import TYPE_CHECKING

from client_app.core.timeline.timeline import Entry
from client_app.desktop.scrolling.wheel import bind_wheel
from client_app.desktop.toolkit import popup_menu
from shared.entities import Attachment

from . import reactions, row
from .attachments import TAKEN_BACK
from .bar import Bar, Cell
from .events import MessageEvents
from .file_deeds import do_with_file
from .hits import Hit, hit
from .hovering import Hovering
from .menu import message_menu
from .painted import Painted
from .selection import Place, Selection, word_at

if TYPE_CHECKING:
    from .widget import MessageList

_AUTOSCROLL_INTERVAL = 30
"""Milliseconds between two steps while a selection is dragged beyond the edge."""
_DRAG_THRESHOLD = 3
VERSIONS = "versions"
"""The action that a click on “(edited)” means."""


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
        self._cell: Cell | None = None
        """The sign of the bar that was pressed."""
        self._hovering = Hovering(messages)
        self._bind_mouse()

    def _bind_mouse(self) -> None:
        canvas = self._canvas
        bind_wheel(canvas, self._list.scroll)
        canvas.bind("<Motion>", self._on_motion)
        canvas.bind("<Leave>", lambda _event: self._leave())
        canvas.bind("<Button-1>", self._on_press)
        canvas.bind("<Shift-Button-1>", self._on_shift_press)
        canvas.bind("<Control-Button-1>", lambda event: self._pick(event.y))
        canvas.bind("<Double-Button-1>", lambda event: self._on_again(event, word_at))
        canvas.bind("<Triple-Button-1>", lambda event: self._on_again(event, lambda text, _: (0, len(text))))
        canvas.bind("<B1-Motion>", self._on_drag)
        canvas.bind("<ButtonRelease-1>", self._on_release)
        canvas.bind("<Button-2>" if canvas.tk.call("tk", "windowingsystem") == "aqua" else "<Button-3>", self._on_menu)

    # --- what is under the pointer ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The rows under the pointer moved."""
        self._hovering.forget()
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
        """Show what is under the pointer."""
        at = self._at if self._pressed is None else None
        found = self._row_at(at[1]) if at is not None else None
        here = self._hit(*at) if at is not None else None
        self._hovering.show(at, None if found is None else found[1], None if here is None else here[1])

    @property
    def hint(self) -> str:
        """What is told of the place where the pointer rests."""
        return self._hovering.hint

    @property
    def bar(self) -> Bar:
        """What can be done at once with the message under the pointer."""
        return self._hovering.bar

    # --- clicking and selecting ---------------------------------------------------------------------------------------

    def _on_press(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        self._list.keyboard.taken_by_pointer()
        self._canvas.focus_set()
        self._cell = self.bar.at(event.x, event.y)
        if self._cell is not None or self._hovering.boxes.press(event.x, event.y):
            return
        self._pressed = (event.x, event.y)
        if self._list.picks.is_on:
            return
        place = self._place(event.x, event.y)
        self._drags_from = None if place is None else Selection(place, place)
        self._list.select(self._drags_from)

    def _on_shift_press(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        self._list.keyboard.taken_by_pointer()
        self._canvas.focus_set()
        if self._list.picks.is_on:
            self._pick(event.y, reaches=True)
            return
        place, selection = self._place(event.x, event.y), self._list.selection
        if place is not None and selection is not None:
            self._drags_from = Selection(selection.start, selection.start)
            self._list.select(Selection(selection.start, place))
            self._list.clipboard.own_primary()

    def _on_again(self, event: "tkinter.Event[tkinter.Misc]", range_of: Callable[[str, int], tuple[int, int]]) -> None:
        """A second or third click selects more; what is there to be clicked is clicked as often as one likes."""
        found = self._hit(event.x, event.y)
        if self._list.picks.is_on or self.bar.at(event.x, event.y) or (found is not None and found[1].is_button):
            self._on_press(event)
        elif found is not None:
            self._select_range(found[0], *range_of(self._list.entries[found[0]].text, found[1].position))

    def _select_range(self, index: int, start: int, end: int) -> None:
        self._drags_from = Selection(Place(index, start), Place(index, end))
        self._pressed = None
        self._list.select(self._drags_from)
        self._list.clipboard.own_primary()

    def _on_drag(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        self._at = (event.x, event.y)
        if self._hovering.boxes.drag(event.x):
            return
        pressed = self._pressed
        if pressed is not None and max(abs(event.x - pressed[0]), abs(event.y - pressed[1])) < _DRAG_THRESHOLD:
            return
        if self._list.picks.is_on:
            self._drag_picks(pressed, event.y)
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
        if self._cell is not None:
            self._use_bar(event.x, event.y)
            return
        if self._hovering.boxes.release(event.x, event.y):
            return
        was_click, self._pressed = self._pressed is not None, None
        selection = self._list.selection
        if selection is not None and not selection.is_empty:
            self._list.clipboard.own_primary()
        elif was_click:
            self._click(event.x, event.y)
        self._drags_from = None

    def _click(self, x: int, y: int) -> None:
        found = self._hit(x, y)
        if found is None:
            return
        if self._list.picks.is_on:
            self._pick(y)
            return
        entry, here = self._list.entries[found[0]], found[1]
        if here.link:
            self.events.link(here.link)
        elif here.spoiler:
            self._list.rows.uncover(entry, here.spoiler)
            self._list.refresh()
        elif here.person is not None:
            self.events.author(here.person)
        elif here.reaction:
            reactions.click(here.reaction, entry, self.events)
        elif here.deed:
            do_with_file(self._list, entry, here.deed)
        elif here.picture:
            self._list.painter.pictures.click(self._list.painted[found[0]], here.picture, self.events.picture)
        elif here.action:
            self._act(here.action, found[0], entry)
        elif here.quote:
            self.events.original(here.quote)
        elif here.is_author and entry.author_id is not None:
            self.events.author(entry.author_id)
        elif self.events.chosen is not None:
            self.events.chosen(entry)

    def _act(self, action: str, index: int, entry: Entry) -> None:
        match action:
            case row.RETRY:
                self.events.retry(entry.client_id)
            case row.WITHOUT_QUOTE:
                self.events.without_quote(entry.client_id)
            case row.EDIT:
                self.events.file(entry, TAKEN_BACK)
            case row.DISCARD:
                self.events.discard(entry.client_id)
            case row.SHOW:
                self._list.show_hidden(index)
            case row.HIDE:
                self.events.hide(entry.seq)
            case row.EDITED:
                for offered in self.events.offers(entry):
                    if offered.id == VERSIONS:
                        self.events.perform(offered, entry)

    def _pick(self, y: int, *, reaches: bool = False) -> None:
        """One more or one less of the messages that are picked, or all up to this one."""
        found = self._row_at(y)
        if found is not None:
            entry = self._list.entries[found[0]]
            (self._list.picks.reach if reaches else self._list.picks.toggle)(entry)

    def _drag_picks(self, pressed: tuple[int, int] | None, y: int) -> None:
        """Pick all rows over which the pointer is dragged."""
        if pressed is not None:
            self._pressed = None
            found = self._row_at(pressed[1])
            if found is not None:
                self._list.picks.begin_range(self._list.entries[found[0]])
        self._pick(y, reaches=True)

    def _use_bar(self, x: int, y: int) -> None:
        """The button was let go, which counts on the sign where it was pressed."""
        cell, self._cell = self._cell, None
        if cell is None or self.bar.at(x, y) != cell:
            return
        index = next((i for i, each in self._list.painted.items() if each.row.entry.key == cell.entry.key), None)
        if cell.action is not None:
            self.events.perform(cell.action, cell.entry)
        elif index is not None:
            self.show_menu(index, "", self._canvas.winfo_rootx() + x, self._canvas.winfo_rooty() + y)

    def _on_menu(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        found = self._hit(event.x, event.y)
        if found is not None:
            picture = found[1].picture.attachment if found[1].picture is not None else None
            self.show_menu(found[0], found[1].link, event.x_root, event.y_root, picture)

    def show_menu(self, index: int, link: str, x: int, y: int, picture: Attachment | None = None) -> None:
        """Show what can be done with a row, and what is pointed at in it, at these coordinates of the screen."""
        items = message_menu(self._list.entries[index], link, self._list.clipboard, self.events, picture)
        popup_menu(self._list.root_window, items, x, y)
