"""A modal dialog done right: over its window, alone with the keyboard, Escape and Return work, the focus goes back."""

import tkinter
from collections.abc import Callable

from client_app.desktop.theme import Space, pair

from .controls import Button, ButtonKind, Frame, Label
from .root import Root

LEAST_ELASTIC = 120
"""Pixels at 100 % below which nothing gives way."""


class Dialog(tkinter.Toplevel):
    """A heading, a `body` to fill, an error line, and a row of buttons.

    Fill `body`, then call `open(first)`. Confirming calls `on_confirm()`: True closes the dialog, False leaves it open
    (say why with `show_error`). Without `on_confirm` there is only the cancel button, which closes.
    """

    def __init__(
        self,
        root: Root,
        title: str,
        *,
        on_confirm: Callable[[], bool] | None = None,
        confirm_label: str = "OK",
        cancel_label: str = "Cancel",
        kind: ButtonKind = "primary",
        width: int = 440,
    ) -> None:
        super().__init__(root, background=root.look.palette.raised)
        self.withdraw()
        # Tcl hands on what lies beyond the first plane of Unicode as nobody else reads it.
        self.title("".join(character for character in title if character <= "\uffff"))
        self._root_window = root
        self._on_confirm = on_confirm
        self._focus_before, self._grab_before = root.focus_get(), root.grab_current()
        self._ground = Frame(self, fg_color=pair("raised"), border_width=1, border_color=pair("border"))
        self._ground.pack(fill="both", expand=True)
        Label(self._ground, title, role="title").pack(fill="x", padx=Space.HUGE, pady=(Space.HUGE, Space.SMALL))
        Frame(self._ground, fg_color="transparent", width=width, height=0).pack(padx=Space.HUGE)
        self.body = Frame(self._ground, fg_color="transparent")
        self.body.pack(fill="both", expand=True, padx=Space.HUGE)
        self._error = Label(self._ground, "", text_color=pair("danger"), wraplength=width, justify="left")
        self._add_buttons(confirm_label, cancel_label, kind)
        self.protocol("WM_DELETE_WINDOW", self.cancel)
        self.bind("<Escape>", lambda _event: self.cancel())
        self.bind("<Return>", lambda _event: self.confirm())
        self.bind("<KP_Enter>", lambda _event: self.confirm())

    def _add_buttons(self, confirm_label: str, cancel_label: str, kind: ButtonKind) -> None:
        self._row = Frame(self._ground, fg_color="transparent")
        self._row.pack(side="bottom", fill="x", padx=Space.HUGE, pady=Space.HUGE)
        self.confirm_button = self.cancel_button = Button(self._row, cancel_label, self.cancel, kind="secondary")
        if self._on_confirm is not None:
            self.confirm_button = Button(self._row, confirm_label, self.confirm, kind=kind)
            self.confirm_button.pack(side="right", padx=(Space.SMALL, 0))
        self.cancel_button.pack(side="right")

    def open(self, first: tkinter.Misc | None = None, elastic: tkinter.Canvas | tkinter.Frame | None = None) -> None:
        """Show it in the middle of its window; `first` gets the keyboard.

        Where the window is lower than the dialog, `elastic` gives way: something plain whose height was set.
        """
        root = self._root_window
        self.transient(root)
        self.resizable(False, False)
        self.update_idletasks()
        excess = self.winfo_reqheight() - root.winfo_height() + root.px(2 * Space.SMALL)
        if elastic is not None and excess > 0:
            elastic.configure(height=max(elastic.winfo_reqheight() - excess, root.px(LEAST_ELASTIC)))
            self.update_idletasks()
        self.center()
        # A grab needs a window that is on the screen.
        self.bind("<Map>", self._on_map, add="+")
        self.deiconify()
        self.lift()
        (first or self.confirm_button).focus_set()

    def center(self) -> None:
        """Put it into the middle of its window, also after it has grown."""
        root = self._root_window
        self.update_idletasks()
        x = root.winfo_rootx() + (root.winfo_width() - self.winfo_reqwidth()) // 2
        y = root.winfo_rooty() + (root.winfo_height() - self.winfo_reqheight()) // 3
        self.geometry(f"+{max(x, 0)}+{max(y, 0)}")

    def confirm(self) -> None:
        """As if the confirming button had been pressed."""
        if self._on_confirm is None or self._on_confirm():
            self.close()

    def cancel(self) -> None:
        """As if Escape had been pressed."""
        self.close()

    def close(self) -> None:
        """Take it away; the keyboard goes back to where it was. May be called twice."""
        if not self.winfo_exists():
            return
        self.grab_release()
        self.destroy()
        if self._grab_before is not None and self._grab_before.winfo_exists():
            self._grab_before.grab_set()  # It came from a dialog, which is alone with the keyboard again.
        if self._focus_before is not None and self._focus_before.winfo_exists():
            self._focus_before.focus_set()

    def show_error(self, sentence: str) -> None:
        """Say why confirming did not work; an empty sentence takes the line away."""
        self._error.configure(text=sentence)
        if sentence:
            self._error.pack(fill="x", padx=Space.HUGE, pady=(Space.SMALL, 0))
        else:
            self._error.pack_forget()

    def _on_map(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.widget is self and self.winfo_exists():
            self.grab_set()
