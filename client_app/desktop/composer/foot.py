"""The line below the text that is written: why it was not sent, who else writes, how often one may, how much it is."""

import tkinter

from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Frame, Label, Root
from shared.limits import MAX_BODY

from .typing_line import TypingLine

COUNT_FROM = MAX_BODY - 200
"""The counter appears when so much is typed."""


class Foot(Frame):
    """Always there, so that nothing moves when it has something to say."""

    def __init__(self, master: tkinter.Misc, root: Root) -> None:
        super().__init__(master, fg_color="transparent", height=22)
        self.pack_propagate(False)
        self._counter = self._label("right", "text_muted")
        self._pace = self._label("right", "text_muted")
        self._pace.pack(padx=(Space.MEDIUM, 0))
        self._sentence = self._label("left", "danger")
        self.typing = TypingLine(self, root)
        """Who else is writing."""

    def complain(self, sentence: str) -> None:
        """Say why the text was not sent."""
        self._sentence.configure(text=sentence)

    @property
    def complaint(self) -> str:
        """What is said of that."""
        return str(self._sentence.cget("text"))

    def say_pace(self, sentence: str) -> None:
        """Say how often one may write here."""
        if sentence != self.pace:
            self._pace.configure(text=sentence)

    @property
    def pace(self) -> str:
        """What is said of that."""
        return str(self._pace.cget("text"))

    def count(self, length: int) -> None:
        """So many characters are typed."""
        self._counter.configure(
            text=f"{length:,} / {MAX_BODY:,}" if length >= COUNT_FROM else "",
            text_color=pair("danger" if length > MAX_BODY else "text_muted"),
        )

    @property
    def counted(self) -> str:
        """What the counter says."""
        return str(self._counter.cget("text"))

    def _label(self, side: str, color: str) -> Label:
        label = Label(self, "", role="small", text_color=pair(color), height=20)
        label.pack(side=side)
        return label
