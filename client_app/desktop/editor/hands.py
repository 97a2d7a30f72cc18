"""Mouse and arrow keys on a page: what moves the cursor by what is seen."""

import contextlib
import tkinter
from collections.abc import Callable
from functools import partial
from typing import Protocol, cast

from client_app.desktop.text.clusters import edge_after, edge_before
from client_app.desktop.text.pieces import is_right_to_left
from client_app.desktop.toolkit import Root

from .counted import Counted
from .page import Page

CLASS = "HearthPage"
"""The bindings that come before those of Tk's text, of all texts."""


class Editable(Protocol):
    """A text with a page over it, as a hand uses it."""

    page: Page
    counted: Counted

    def insert(self, index: str, chars: str) -> None:
        """Put text there."""

    def focus_set(self) -> None:
        """Take the keyboard."""

    def event_generate(self, sequence: str) -> None:
        """Have something happen to it."""


_PAGE = 7
"""Rows that Page Up and Page Down go."""

Move = Callable[[Editable], int]
"""Where the cursor goes."""


class PageKeys:
    """The keys of all pages of a window: `root.only(PageKeys)`. Where no page is open, Tk goes on by itself."""

    def __init__(self, root: Root) -> None:
        self._column: tuple[int, int] | None = None
        """The place to which Up or Down led, and the x that it was to be nearest to."""
        moves: dict[str, Move] = {
            "PrevLine": lambda text: self._beside(text, -1),
            "NextLine": lambda text: self._beside(text, 1),
            "LineStart": lambda text: text.page.layout.ends_of(text.counted.place())[0],
            "LineEnd": lambda text: text.page.layout.ends_of(text.counted.place())[1],
            "PrevChar": lambda text: _letter(text, 1 if _is_turned(text) else -1),
            "NextChar": lambda text: _letter(text, -1 if _is_turned(text) else 1),
            "PrevWord": lambda text: text.counted.beyond_word(1 if _is_turned(text) else -1),
            "NextWord": lambda text: text.counted.beyond_word(-1 if _is_turned(text) else 1),
        }
        for key, steps in (("Prior", -_PAGE), ("Next", _PAGE)):
            for shift in ("", "Shift-"):
                handler = _handler(partial(self._beside, steps=steps), selects=bool(shift))
                root.bind_class(CLASS, f"<{shift}{key}>", handler)
        for name, move in moves.items():
            root.bind_class(CLASS, f"<<{name}>>", _handler(move, selects=False))
            root.bind_class(CLASS, f"<<Select{name}>>", _handler(move, selects=True))

    def _beside(self, text: Editable, steps: int) -> int:
        place = text.counted.place()
        x = self._column[1] if self._column is not None and self._column[0] == place else text.page.x_of(place)
        found = text.page.beside(place, steps, x)
        self._column = (found, x)
        return found


def lay_hands_on(text: Editable, tags: tuple[str, ...], root: Root) -> tuple[str, ...]:
    """Let keys and mouse do on the page of a text what they do in Tk's; the bindtags that it needs instead of these."""
    root.only(PageKeys)
    _bind_mouse(text.page, text)
    place = tags.index("Text")
    return (*tags[:place], CLASS, *tags[place:])


def _bind_mouse(page: Page, text: Editable) -> None:
    counted = text.counted
    held = [(0, 0)]
    """The stretch from which one draws on."""

    def press(first: int, last: int) -> None:
        held[0] = (first, last)
        counted.select(first, last)
        text.focus_set()

    def on_press(event: "tkinter.Event[tkinter.Misc]") -> None:
        place = page.place_under(event.x, event.y)
        press(place, place)

    def on_row(event: "tkinter.Event[tkinter.Misc]") -> None:
        row = page.layout.rows[page.layout.row_at(page.place_under(event.x, event.y))]
        press(row.start, row.end)

    def on_draw(event: "tkinter.Event[tkinter.Misc]") -> None:
        place, (first, last) = page.place_under(event.x, event.y), held[0]
        counted.select(last if place < first else first, place if place < first else max(place, last))

    def on_middle(event: "tkinter.Event[tkinter.Misc]") -> None:
        """What is selected anywhere is put there."""
        with contextlib.suppress(tkinter.TclError):  # where nothing is
            chosen = str(page.tk.call("selection", "get"))
            place = page.place_under(event.x, event.y)
            counted.select(place, place)
            text.insert("insert", chosen)

    page.bind("<Button-1>", on_press)
    page.bind("<Double-Button-1>", lambda event: press(*counted.word_at(page.place_under(event.x, event.y))))
    page.bind("<Triple-Button-1>", on_row)
    page.bind("<B1-Motion>", on_draw)
    page.bind("<Shift-Button-1>", lambda event: counted.go_to(page.place_under(event.x, event.y), selects=True))
    page.bind("<ButtonRelease-1>", lambda _event: text.event_generate("<ButtonRelease-1>"))
    page.bind("<ButtonRelease-2>", on_middle)
    page.bind("<Button-4>", lambda _event: page.scroll(-1))
    page.bind("<Button-5>", lambda _event: page.scroll(1))
    page.bind("<MouseWheel>", lambda event: page.scroll(-1 if event.delta > 0 else 1))


def _handler(move: Move, *, selects: bool) -> Callable[["tkinter.Event[tkinter.Misc]"], str | None]:
    def handle(event: "tkinter.Event[tkinter.Misc]") -> str | None:
        text = cast(Editable, event.widget)  # only texts with a page have this class
        if not text.page.is_open:
            return None
        text.counted.go_to(move(text), selects=selects)
        return "break"

    return handle


def _letter(text: Editable, steps: int) -> int:
    whole, place = text.counted.whole(), text.counted.place()
    if steps > 0:
        return edge_after(whole, min(place + 1, len(whole)))
    return edge_before(whole, max(place - 1, 0))


def _is_turned(text: Editable) -> bool:
    """Whether the cursor is in a paragraph from right to left, where the arrow keys go where they point."""
    whole, place = text.counted.whole(), text.counted.place()
    first = whole.rfind("\n", 0, place) + 1
    return is_right_to_left(whole[first:].partition("\n")[0])
