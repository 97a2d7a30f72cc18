"""Files that are dragged over the window and dropped there: a tinted ground says where they would go."""

import logging
import tkinter
from collections.abc import Callable, Sequence
from pathlib import Path

from client_app.desktop.theme import mix
from client_app.desktop.toolkit import Look, Root

_log = logging.getLogger(__name__)

FILES = "DND_Files"
EDGE = 12
"""Pixels at 100 %: from the edge of the pane to the dashed line."""


class DropZone:
    """Lies over a pane while files are dragged over the window."""

    def __init__(
        self, root: Root, pane: tkinter.Misc, words: Callable[[], str], drop: Callable[[Sequence[Path]], object]
    ) -> None:
        """`words` says where they would go; empty where they are not taken."""
        self._root_window, self._pane, self._words, self._drop = root, pane, words, drop
        self.canvas = tkinter.Canvas(pane, highlightthickness=0, borderwidth=0)
        """What lies over it."""
        self.canvas.bind("<Configure>", lambda _event: self._draw())
        # While something is dragged, whoever drags it has the pointer. If we hear of it, that is over, and nobody told.
        for event in ("<Motion>", "<Button>"):
            self.canvas.bind(event, lambda _event: self.leave())
        root.on_look(self.canvas, self._look_changed)
        self.is_ready = self._accept()
        """Whether this system lets files be dropped here."""

    @property
    def is_shown(self) -> bool:
        """Whether it lies over the pane."""
        return bool(self.canvas.winfo_manager())

    def enter(self) -> str:
        """Files are dragged into the window; what it answers to whoever drags."""
        if not self._words():
            return "refuse_drop"
        self.canvas.place(relx=0, rely=0, relwidth=1, relheight=1)
        tkinter.Misc.tkraise(self.canvas)
        self._draw()
        return "copy"

    def leave(self) -> str:
        """They are dragged out again."""
        self.canvas.place_forget()
        return "refuse_drop"

    def dropped(self, data: str) -> str:
        """They are let go here: `data` is Tcl’s list of their names, and of addresses of what is no file here."""
        self.leave()
        paths = [path for each in self._root_window.tk.splitlist(data) if (path := _path_of(each))]
        if not paths or not self._words():
            return "refuse_drop"
        self._drop(paths)
        return "copy"

    def _accept(self) -> bool:
        """Tell the system; without the library for it, files are attached in the other ways."""
        from tkinterdnd2 import TkinterDnD

        root = self._root_window
        try:
            TkinterDnD._require(root)  # its own root windows do so; ours is CustomTkinter's
            root.tk.call("tkdnd::drop_target", "register", str(root), FILES)
        except (RuntimeError, tkinter.TclError) as error:
            _log.info("Files cannot be dropped onto the window: %s", error)
            return False
        for event, act in {
            "<<DropEnter>>": self.enter,
            "<<DropPosition>>": lambda: "copy" if self.is_shown else "refuse_drop",
            "<<DropLeave>>": self.leave,
        }.items():
            root.tk.call("bind", str(root), event, root.register(act))
        root.tk.call("bind", str(root), f"<<Drop:{FILES}>>", f"{root.register(self.dropped)} %D")
        return True

    def _look_changed(self, _look: Look) -> None:
        if self.is_shown:
            self._draw()

    def _draw(self) -> None:
        canvas, look = self.canvas, self._root_window.look
        palette, edge = look.palette, look.px(EDGE)
        width, height = canvas.winfo_width(), canvas.winfo_height()
        canvas.configure(background=mix(palette.surface, palette.accent, 0.16))
        canvas.delete("all")
        canvas.create_rectangle(
            edge, edge, width - edge, height - edge, outline=palette.accent, width=look.px(2), dash=(8, 6)
        )
        font = Root.font_name("title")
        canvas.create_text(
            width // 2, height // 2, text=self._words(), font=font, fill=palette.text, width=width - 4 * edge,
            justify="center",
        )  # fmt: skip


def _path_of(name: str) -> Path | None:
    """The file of this computer that is meant; None for a page or a file of another one.

    Of `file://localhost/a` the library leaves `localhost/a`, which must not be looked for where we were started.
    """
    path = Path(name.removeprefix("localhost") if name.startswith("localhost/") else name)
    return path if path.is_absolute() else None
