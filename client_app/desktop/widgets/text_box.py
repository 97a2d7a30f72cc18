"""Several lines to type into, in Hearth's colours and fonts, with a ring while the keyboard is there."""

import tkinter
from collections.abc import Callable

from client_app.desktop.editor import Editor
from client_app.desktop.theme import Space
from client_app.desktop.toolkit import Look, Root


class TextBox(tkinter.Frame):
    """A field of some lines that scrolls by itself. Tab leaves it."""

    def __init__(self, master: tkinter.Misc, root: Root, *, lines: int) -> None:
        super().__init__(master, borderwidth=0, highlightthickness=2)
        self.text = Editor(
            self, root, height=lines, width=20, wrap="word", borderwidth=0, highlightthickness=0, relief="flat"
        )
        self.text.configure(font=Root.font_name("body"))
        self.text.pack(fill="both", expand=True)
        self.text.bind("<Tab>", lambda _event: self._leave(self.text.tk_focusNext()))
        self.text.bind("<Shift-Tab>", lambda _event: self._leave(self.text.tk_focusPrev()))
        root.on_look(self, self._dress)

    def get(self) -> str:
        """What is typed."""
        return self.text.get("1.0", "end-1c")

    def set(self, text: str) -> None:
        """Put this in the place of what is typed, unless it is the same."""
        if text != self.get():
            self.text.delete("1.0", "end")
            self.text.insert("1.0", text)
            self.text.edit_reset()

    def on_change(self, act: Callable[[], object]) -> None:
        """Do this whenever somebody typed."""
        self.text.bind("<KeyRelease>", lambda _event: act(), add="+")
        for event in ("<<Paste>>", "<<Cut>>", "<<Undo>>", "<<Redo>>"):
            self.text.bind(event, lambda _event: self.after_idle(act), add="+")

    def focus_set(self) -> None:
        """Take the keyboard."""
        self.text.focus_set()

    def _leave(self, widget: tkinter.Misc | None) -> str:
        if widget is not None:
            widget.focus_set()
        return "break"

    def _dress(self, look: Look) -> None:
        palette = look.palette
        self.configure(background=palette.field, highlightbackground=palette.border, highlightcolor=palette.focus)
        self.text.configure(
            background=palette.field,
            foreground=palette.text,
            insertbackground=palette.text,
            selectbackground=palette.selection,
            selectforeground=palette.text,
            padx=look.px(Space.MEDIUM),
            pady=look.px(Space.SMALL),
        )
