"""A page that is a list with a panel: on the left everything, on the right the one that is chosen."""

import tkinter
from collections.abc import Callable

from client_app.core.client import Client
from client_app.desktop.lists import EntryRow, VirtualList
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label, Root
from client_app.desktop.widgets.text_line import TextLine

from .page import Page
from .panel import WIDTH as PANEL_WIDTH
from .panel import Card, Panel

BESIDE_FROM = 600
"""Width of the page, in pixels at 100 %, from which the panel stands beside the list and not below it."""
SEARCH_DELAY = 250
"""Milliseconds of rest after a letter before it is searched for."""


class ListPage(Page):
    """Say in `rows` what there is, and in `card` what is known of one. `redraw` shows both."""

    hint = "Choose one to see more."
    empty = "There is nothing here."
    has_panel = True

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self.chosen: str | None = None
        self.is_loaded = False
        """Whether the server's answer is there."""
        self._is_beside: bool | None = None
        self._search_timer = ""
        self.filters = Frame(self.body, fg_color="transparent", height=0)
        self.filters.grid(row=0, column=0, columnspan=2, sticky="ew")
        self.list = VirtualList(self.body, root, self.choose, on_end=self.end_reached, ground="surface")
        self._words = Label(self.list, "", text_color=pair("text_muted"), fg_color=pair("surface"), justify="center")
        self._words.configure(anchor="center", wraplength=280)
        self.panel = Panel(self.body, root, self.hint)
        self.body.grid_columnconfigure(0, weight=1)
        self.body.grid_rowconfigure(1, weight=1)
        self.list.grid(row=1, column=0, sticky="nsew")
        self.list.configure(width=1, height=1)
        self.list.pack_propagate(False)
        self.body.bind("<Configure>", lambda _event: self._arrange())

    # --- what a page says ---------------------------------------------------------------------------------------------

    def rows(self) -> tuple[EntryRow, ...]:
        """Everything there is, from top to bottom."""
        raise NotImplementedError

    def card(self, key: str) -> Card | None:
        """What is known of one of them."""
        raise NotImplementedError

    def end_reached(self) -> None:
        """The last row is in view."""

    # --- what is seen -------------------------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Show what is known now; what is chosen stays, as long as it is there."""
        if not self.winfo_exists():
            return
        rows = self.rows()
        if self.chosen not in {row.key for row in rows}:
            self.chosen = None
        self.list.set_rows(rows)
        self.list.select(self.chosen)
        words = "" if rows else self.empty if self.is_loaded else "Asking the server…"
        self._words.configure(text=words)
        if words:
            self._words.place(relx=0.5, rely=0.4, anchor="center")
        else:
            self._words.place_forget()
        self.panel.show(self.card(self.chosen) if self.chosen is not None and self.has_panel else None)

    def choose(self, key: str) -> None:
        """As if this one had been clicked."""
        self.chosen = key
        self.say("")
        self.redraw()

    def focus_first(self) -> None:
        """Let the keyboard be where one looks for something: Ctrl+F."""
        self.list.focus_set()

    @property
    def words(self) -> str:
        """What is said where the list is empty."""
        return str(self._words.cget("text"))

    def add_search(self, hint: str, search: Callable[[str], None]) -> TextLine:
        """A field over the list; `search` gets what is typed, once typing rests."""
        field = TextLine(self.filters, placeholder_text=hint, height=36)
        field.pack(side="left", fill="x", expand=True, pady=(0, Space.SMALL))

        def wait(_event: object) -> None:
            if self._search_timer:
                self.after_cancel(self._search_timer)
            self._search_timer = self.after(SEARCH_DELAY, begin)

        def begin() -> None:
            self._search_timer = ""
            search(str(field.get()).strip())

        field.bind("<KeyRelease>", wait)
        field.bind("<Down>", lambda _event: self.list.focus_set())
        return field

    def _arrange(self) -> None:
        """The panel beside the list where there is room, else below it."""
        if not self.has_panel:
            return
        is_beside = self.body.winfo_width() / self._root_window.look.scale >= BESIDE_FROM
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        self.panel.grid_forget()
        if is_beside:
            self.panel.configure(width=PANEL_WIDTH, height=1)
            self.panel.grid(row=1, column=1, sticky="ns", padx=(Space.LARGE, 0))
            self.body.grid_rowconfigure(2, weight=0)
        else:
            self.panel.configure(width=1, height=1)
            self.panel.grid(row=2, column=0, columnspan=2, sticky="nsew", pady=(Space.SMALL, 0))
            self.body.grid_rowconfigure(2, weight=2)
