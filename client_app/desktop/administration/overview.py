"""What the house looks like: its picture."""

import tkinter
from functools import partial
from pathlib import Path

from PIL import ImageTk

from client_app.core.client import Client
from client_app.desktop.dialogs.crop import choose_square
from client_app.desktop.people.avatars import Avatars
from client_app.desktop.toolkit import Look, Root
from client_app.desktop.widgets.picture_chooser import PictureChooser
from shared.errors import Refusal

from .page import Page

SIZE = 96


class OverviewPage(Page):
    """Choose a picture, or take it away; both at once."""

    title = "Overview"
    sentence = "What stands for this server beside its name. Everybody who is here sees it."

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self._avatars = Avatars(root)
        self.picture = PictureChooser(
            self.body, root, self._image, self.choose, partial(choose_square, root), ground="surface"
        )
        self.picture.pack(fill="x", anchor="n")

    def refresh(self) -> None:
        """Show what there is now."""
        self._show(has_picture=bool(self._client.pictures.icon))

    def focus_first(self) -> None:
        """Let the keyboard be where one looks for something: Ctrl+F."""
        self.picture.change.focus_set()

    def choose(self, path: Path | None) -> None:
        """As if this file had been chosen; None takes the picture away."""
        self.say("")
        self.picture.wait()
        done = "This server has a picture." if path is not None else "This server has no picture any more."
        self._client.pictures.set_icon(path, lambda: self._did(done, has_picture=path is not None), self._not_done)
        self._client.tell()

    def _did(self, sentence: str, *, has_picture: bool) -> None:
        # The fact itself follows its answer.
        self.say(sentence)
        self._show(has_picture=has_picture)

    def _not_done(self, refusal: Refusal) -> None:
        self.turn_down(refusal)
        self.refresh()

    def _show(self, *, has_picture: bool) -> None:
        if self.winfo_exists():
            self.picture.show(has_picture=has_picture)

    def _image(self, look: Look) -> ImageTk.PhotoImage:
        return self._avatars.house(str(self._client.address or ""), look.px(SIZE), look.palette)
