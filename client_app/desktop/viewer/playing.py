"""Plays a moving picture where one looks at all of it."""

import tkinter
from pathlib import Path

from client_app.desktop.pictures import Cut, Film, Photo, PictureSupply

from .loading import BEHIND
from .view import View


class Playing:
    """One picture at a time, in the place of its still, which is drawn before it plays."""

    def __init__(self, supply: PictureSupply, canvas: tkinter.Canvas) -> None:
        self._supply, self._canvas = supply, canvas
        self._film: Film | None = None
        self._photo: Photo | None = None
        """What is on the canvas, which Tk forgets if nobody holds it."""

    @property
    def is_on(self) -> bool:
        """Whether a frame of it is seen."""
        return self._film is not None and self._photo is not None

    def play(self, path: Path, view: View) -> None:
        """From its beginning, over and over; not where only a part is seen, nor for those who want none to move."""
        self.stop()
        self._photo = None
        if self._supply.plays() and view.part == (0, 0, 1, 1):
            x, y, width, height = view.place
            cut = Cut(width, height, width, height, BEHIND)
            self._film = Film(self._supply.gallery, path, cut, lambda photo: self._show(photo, x, y))

    def stop(self) -> None:
        """What is seen stays until something else is drawn there. May be called twice."""
        if self._film is not None:
            self._film.stop()
        self._film = None

    def _show(self, photo: Photo, x: int, y: int) -> None:
        before, self._photo = self._photo, photo
        self._canvas.delete("picture")
        photo.draw(self._canvas, x, y, "picture")
        self._canvas.tag_raise("words")
        del before  # Tk lets go of it only now, when it is not seen any more.
