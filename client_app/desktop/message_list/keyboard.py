"""The keyboard in the message list: a cursor over its rows, and a letter for each thing that can be done with one."""

import tkinter
from typing import TYPE_CHECKING

from client_app.core.timeline.timeline import Entry
from client_app.desktop.keys import only
from client_app.desktop.pictures import PictureDeed
from shared.entities import Attachment

if TYPE_CHECKING:
    from .widget import MessageList


class Keyboard:
    """Binds the keys of the canvas. What the pointer does puts the cursor away; an arrow brings it back."""

    def __init__(self, messages: "MessageList") -> None:
        self._list = messages
        self._canvas: tkinter.Canvas = messages.canvas
        self._cursor = messages.cursor
        self._is_by_pointer = False
        canvas = self._canvas
        canvas.bind("<FocusIn>", lambda _event: self._focus_in())
        canvas.bind("<FocusOut>", lambda _event: self._cursor.hide())
        for sequence, act in {
            "<Up>": lambda: self._cursor.move(-1),
            "<Down>": lambda: self._cursor.move(1),
            "<Prior>": lambda: self._scroll(-1),
            "<Next>": lambda: self._scroll(1),
            "<Home>": lambda: self._go_to_end(-1),
            "<End>": lambda: self._go_to_end(1),
        }.items():
            canvas.bind(sequence, only(act))
        for letter in "aA":
            canvas.bind(f"<Control-{letter}>", only(messages.clipboard.select_all))
        for letter in "cC":
            canvas.bind(f"<Control-{letter}>", only(messages.clipboard.copy))
        for key in ("<Return>", "<KP_Enter>"):
            canvas.bind(key, lambda _event: self._choose())
        for key in ("<Menu>", "<Shift-F10>"):
            canvas.bind(key, lambda _event: self._open_menu())
        canvas.bind("<space>", lambda _event: self._toggle())
        canvas.bind("<Escape>", lambda _event: self._leave())
        canvas.bind("<Key>", self._on_letter)

    def taken_by_pointer(self) -> None:
        """The list gets the keyboard by a click: that is no wish to walk over its rows."""
        self._is_by_pointer = self._canvas.focus_get() is not self._canvas
        self._cursor.hide()

    def _focus_in(self) -> None:
        if not self._is_by_pointer:
            self._cursor.show()
        self._is_by_pointer = False

    def _scroll(self, direction: int) -> None:
        self._list.scroll_page(direction)
        self._cursor.follow_view(direction)

    def _go_to_end(self, direction: int) -> None:
        if direction < 0:
            self._list.scroll_to_start()
        else:
            self._list.scroll_to_end()
        self._cursor.follow_view(direction)

    def _choose(self) -> str | None:
        """Enter: what a click would do on the message or its pictures, else the menu."""
        entry = self._cursor.entry
        if entry is None:
            return None
        if self._list.events.chosen is not None:
            self._list.events.chosen(entry)
            return "break"
        if (picture := self._picture()) is not None:
            self._list.events.picture(entry, picture, PictureDeed.OPEN)
            return "break"
        return self._open_menu()

    def _picture(self) -> Attachment | None:
        """The first one of the message on which the keyboard is."""
        index = self._cursor.index
        painted = self._list.painted.get(index) if index is not None else None
        pictures = painted.row.pictures if painted is not None else ()
        return pictures[0].attachment if pictures and pictures[0].upload is None else None

    def _open_menu(self) -> str | None:
        index = self._cursor.index
        if index is None or index not in self._list.painted:
            return None
        painted = self._list.painted[index]
        x, y = painted.row.text_x, min(painted.y + painted.row.height, self._list.viewport.height)
        left, top = self._canvas.winfo_rootx(), self._canvas.winfo_rooty()
        self._list.pointer.show_menu(index, "", left + x, top + y, self._picture())
        return "break"

    def _toggle(self) -> str | None:
        """Space: one more or one less of the messages that are picked."""
        entry = self._cursor.entry
        if entry is None or not self._list.picks.is_on:
            return None
        self._list.picks.toggle(entry)
        return "break"

    def _leave(self) -> str | None:
        """Escape: no messages picked any more; then the keyboard goes back to where one writes."""
        if self._list.picks.end():
            return "break"
        if self._cursor.entry is None or self._list.events.left is None:
            return None
        self._cursor.hide()
        self._list.events.left()
        return "break"

    def _on_letter(self, event: "tkinter.Event[tkinter.Misc]") -> str | None:
        """A letter does what the menu has it for; any other goes where one writes, as everywhere in the window."""
        control, alt = 0x4, 0x8
        entry = self._cursor.entry
        if entry is None or not event.char.isalpha() or int(event.state) & (control | alt):
            return None
        return "break" if self._perform(entry, event.char.upper()) else None

    def _perform(self, entry: Entry, letter: str) -> bool:
        action = next((each for each in self._list.events.offers(entry) if each.key == letter), None)
        if action is not None:
            self._list.events.perform(action, entry)
        return action is not None
