"""What stands in the place of the composer where one may not write: the reason, and a way out where there is one."""

import tkinter
from collections.abc import Callable

from client_app.desktop.drawing.signs import sign_picture
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, Root

LEAST_WIDTH = 160


class LockedStrip(Frame):
    """As high as an empty composer, so that nothing moves when one takes the other's place."""

    def __init__(self, master: tkinter.Misc, root: Root) -> None:
        super().__init__(
            master, fg_color=pair("hover"), corner_radius=Space.RADIUS, border_width=1, border_color=pair("border")
        )
        self._root_window = root
        self._button = Button(self, "", lambda: None, kind="secondary", height=32)
        self._words = Label(self, "", text_color=pair("text_muted"), height=24, compound="left", justify="left")
        self._words.configure(image=sign_picture("lock", 16, "text_faint"), padx=Space.SMALL)
        self._words.pack(side="left", fill="x", expand=True, padx=Space.MEDIUM, pady=10)
        self.bind("<Configure>", lambda _event: self._wrap())

    @property
    def sentence(self) -> str:
        """What it says."""
        return str(self._words.cget("text"))

    def show(self, sentence: str, way_out: tuple[str, Callable[[], object]] | None) -> None:
        """Say this, with a button where there is a way out."""
        if sentence and sentence != self.sentence:
            self._words.configure(text=sentence)
        if way_out is None:
            self._button.pack_forget()
            return
        label, act = way_out
        self._button.configure(text=label, command=act)
        self._button.pack(side="right", padx=(0, 6), pady=6, before=self._words)

    def press(self) -> None:
        """As if the button had been pressed."""
        if self._button.winfo_manager():
            self._button.invoke()

    def _wrap(self) -> None:
        """Break the line where the window is narrow."""
        scale = self._root_window.look.scale
        taken = self._button.winfo_reqwidth() if self._button.winfo_manager() else 0
        width = max(int((self.winfo_width() - taken) / scale) - 72, LEAST_WIDTH)
        if int(self._words.cget("wraplength")) != width:
            self._words.configure(wraplength=width)
