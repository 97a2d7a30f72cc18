"""A sentence over the window that goes by itself: answers, refusals, and notifications that no desktop shows."""

import tkinter
from collections.abc import Callable

from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, Root

SECONDS_AT_LEAST, SECONDS_PER_CHARACTER = 4.0, 0.05
SECONDS_TO_DECIDE = 10.0
"""For those that have a button."""
WIDTH = 420


class Toast(Frame):
    """One at a time, at the top of the window; a click on it closes it and does what it offers."""

    def __init__(self, root: Root) -> None:
        super().__init__(
            root,
            fg_color=pair("raised"),
            border_width=1,
            border_color=pair("border"),
            corner_radius=Space.RADIUS,
            bg_color=pair("surface"),
        )
        self._root_window = root
        self._timer: str | None = None
        self._on_click: Callable[[], None] | None = None
        self._stripe = Frame(self, width=4, height=1)
        self._stripe.pack(side="left", fill="y", padx=(Space.SMALL, 0), pady=Space.SMALL)
        words = Frame(self, fg_color="transparent")
        words.pack(side="left", padx=Space.MEDIUM, pady=Space.SMALL)
        self._title = Label(words, "", role="row_bold", height=20)
        self._text = Label(words, "", justify="left", wraplength=WIDTH, height=20)
        self._text.pack(fill="x")
        self._make_clickable(self)
        self.button = Button(self, "", self._clicked, kind="secondary", height=30, width=64)

    @property
    def text(self) -> str:
        """What it says; empty while it is not shown."""
        return str(self._text.cget("text")) if self.winfo_manager() else ""

    def show(
        self,
        text: str,
        *,
        title: str = "",
        is_error: bool = False,
        on_click: Callable[[], None] | None = None,
        button: str = "",
    ) -> None:
        """Say this in the place of what it said before; with a `button` that names what a click does, for longer."""
        self.close()
        self._on_click = on_click
        self._text.configure(text=text)
        self._title.configure(text=title)
        if title:
            self._title.pack(fill="x", before=self._text)
        else:
            self._title.pack_forget()
        if button:
            self.button.configure(text=button)
            self.button.pack(side="right", padx=(0, Space.MEDIUM), pady=Space.SMALL)
        else:
            self.button.pack_forget()
        self._stripe.configure(fg_color=pair("danger" if is_error else "accent"))
        self.place(relx=0.5, y=Space.HEADER + Space.MEDIUM, anchor="n")
        tkinter.Misc.tkraise(self)
        seconds = SECONDS_TO_DECIDE if button else SECONDS_AT_LEAST + SECONDS_PER_CHARACTER * len(text)
        self._timer = self.after(round(seconds * 1000), self.close)

    def close(self) -> None:
        """Take it away."""
        if self._timer is not None:
            self.after_cancel(self._timer)
            self._timer = None
        self.place_forget()

    def _make_clickable(self, widget: tkinter.Misc) -> None:
        tkinter.Misc.bind(widget, "<Button-1>", lambda _event: self._clicked(), add="+")
        for child in widget.winfo_children():
            self._make_clickable(child)

    def _clicked(self) -> None:
        on_click = self._on_click
        self.close()
        if on_click is not None:
            on_click()
