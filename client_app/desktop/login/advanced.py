"""The part of the login screen that few need: the port, TLS, and whose certificates are believed."""

import tkinter
from collections.abc import Callable
from tkinter import filedialog

from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, Switch
from client_app.desktop.widgets.fields import LabelledEntry

WIDTH = 400


class Advanced(Frame):
    """A button that opens and closes it, and the fields; closed at first."""

    def __init__(self, master: tkinter.Misc, on_return: Callable[[], object]) -> None:
        super().__init__(master, fg_color="transparent")
        self._button = Button(self, "", self._toggle, kind="quiet", anchor="w", height=30)
        self._button.pack(fill="x")
        self._inside = Frame(self, fg_color="transparent")
        self._inside.grid_columnconfigure(1, weight=1)
        self.port = LabelledEntry(self._inside, "Port", is_code=True)
        self.port.entry.configure(width=100)
        self.port.grid(row=0, column=0, sticky="nw")
        self._uses_tls = Switch(self._inside, "Encrypt the connection (TLS)", command=self._tls_changed)
        self._uses_tls.grid(row=0, column=1, columnspan=2, sticky="w", padx=(Space.LARGE, 0), pady=(22, 0))
        self.ca_file = LabelledEntry(self._inside, "CA file", hint="the system’s authorities", is_code=True)
        self.ca_file.grid(row=1, column=0, columnspan=2, sticky="ew", pady=(Space.SMALL, 0))
        choose = Button(self._inside, "Choose…", self._choose_ca_file, kind="secondary", height=40)
        choose.grid(row=1, column=2, sticky="n", padx=(Space.SMALL, 0), pady=(30, 0))
        self._tls_warning = Label(
            self._inside,
            "Without TLS everybody on the way can read your password and your messages.",
            role="small",
            text_color=pair("warning"),
            wraplength=WIDTH,
            justify="left",
        )
        for field in (self.port, self.ca_file):
            field.on_return(on_return)
        self.show(is_shown=False)

    @property
    def is_shown(self) -> bool:
        """Whether it is open."""
        return bool(self._inside.winfo_manager())

    @property
    def uses_tls(self) -> bool:
        """Whether the connection is to be encrypted."""
        return bool(self._uses_tls.get())

    def _toggle(self) -> None:
        self.show(is_shown=not self.is_shown)

    def show(self, *, is_shown: bool) -> None:
        """Open it, or close it."""
        self._button.configure(text="▾  Advanced" if is_shown else "▸  Advanced")
        if is_shown:
            self._inside.pack(fill="x", pady=(Space.SMALL, 0))
        else:
            self._inside.pack_forget()

    def set_tls(self, *, is_used: bool) -> None:
        """Encrypt the connection, or not."""
        (self._uses_tls.select if is_used else self._uses_tls.deselect)()
        self._tls_changed()

    def _tls_changed(self) -> None:
        if self.uses_tls:
            self._tls_warning.grid_remove()
        else:
            self._tls_warning.grid(row=2, column=0, columnspan=3, sticky="w", pady=(Space.SMALL, 0))

    def _choose_ca_file(self) -> None:
        kinds = [("Certificates", "*.pem *.crt *.cer"), ("All files", "*")]
        if chosen := filedialog.askopenfilename(parent=self, title="The authority’s certificate", filetypes=kinds):
            self.ca_file.set(str(chosen))
