"""A picture that somebody can change: how it looks now, a button that asks for a file, one that takes it away."""

import tkinter
import tkinter.filedialog
from collections.abc import Callable
from pathlib import Path

from PIL import ImageTk

from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, Look, Root

KINDS = (("Pictures", "*.png *.jpg *.jpeg *.gif *.webp"), ("All files", "*"))
"""What the server takes for a picture, by the ends of names; it looks for itself."""
HINT = "A square of it is shown, as a disc. JPEG, PNG, GIF or WebP."


def ask_for_picture(parent: tkinter.Misc, title: str) -> Path | None:
    """Let somebody choose a file; None where they did not."""
    chosen = tkinter.filedialog.askopenfilename(parent=parent, title=title, filetypes=KINDS)
    return Path(chosen) if chosen else None


class PictureChooser(Frame):
    """`image` draws what there is now; `choose` gets a file, or None where there shall be no picture.

    `cut` lets somebody choose what is to be seen of a file, and gives on the one that is made of it.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        root: Root,
        image: Callable[[Look], ImageTk.PhotoImage | None],
        choose: Callable[[Path | None], None],
        cut: Callable[[Path, Callable[[Path], object]], object],
        *,
        ground: str = "raised",
        hint: str = HINT,
    ) -> None:
        super().__init__(master, fg_color="transparent")
        self._root_window, self._image, self._ground = root, image, ground
        self._choose, self._cut = choose, cut
        self._face = tkinter.Label(self, borderwidth=0)
        self._face.pack(side="left", padx=(0, Space.LARGE))
        words = Frame(self, fg_color="transparent")
        words.pack(side="left", fill="x", expand=True)
        row = Frame(words, fg_color="transparent")
        row.pack(fill="x")
        self.change = Button(row, "Change picture…", self.ask, kind="secondary")
        self.change.pack(side="left")
        self.remove = Button(row, "Remove", lambda: self._choose(None), kind="quiet")
        self._hint = Label(words, hint, role="small", text_color=pair("text_muted"), height=18)
        self._hint.pack(fill="x", pady=(Space.TIGHT, 0))
        self._words = hint
        root.on_look(self, self._dress)

    @property
    def words(self) -> str:
        """What is said beside the picture."""
        return str(self._hint.cget("text"))

    def ask(self) -> None:
        """As if “Change picture…” had been pressed."""
        path = ask_for_picture(self, "Choose a picture")
        if path is not None:
            self._cut(path, self._cut_out)

    def _cut_out(self, path: Path) -> None:
        if self.winfo_exists():
            self._choose(path)

    def wait(self) -> None:
        """It is on its way; where the connection breaks off, one chooses it once more."""
        self._hint.configure(text="On its way…")

    def show(self, *, has_picture: bool) -> None:
        """It is there, or there is none."""
        self._hint.configure(text=self._words)
        if has_picture:
            self.remove.pack(side="left", padx=(Space.SMALL, 0))
        else:
            self.remove.pack_forget()
        self._dress(self._root_window.look)

    def _dress(self, look: Look) -> None:
        image = self._image(look)
        self._face.configure(image=image or "", background=getattr(look.palette, self._ground))
