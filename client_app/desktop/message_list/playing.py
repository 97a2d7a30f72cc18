"""Plays the moving picture under the pointer, or of the message on which the keyboard is; one at a time."""

from pathlib import Path
from typing import TYPE_CHECKING

from client_app.desktop.pictures import Awaiting, Failed, Film

if TYPE_CHECKING:
    from .picture_painter import PicturePainter, Slot


class Player:
    """What the pointer is on goes before what the keyboard is on."""

    def __init__(self, painter: "PicturePainter") -> None:
        self._painter = painter
        self._pointed: Slot | None = None
        self._focused: Slot | None = None
        self._slot: Slot | None = None
        self._awaiting: Awaiting | None = None
        self._film: Film | None = None

    @property
    def slot(self) -> "Slot | None":
        """What is played, or will be once its file is here."""
        return self._slot

    def point(self, slot: "Slot | None") -> None:
        """The pointer is on this, or on no picture."""
        self._pointed = slot
        self._follow()

    def focus(self, slot: "Slot | None") -> None:
        """The keyboard is on this, or on no picture."""
        self._focused = slot
        self._follow()

    def left(self, slot: "Slot") -> None:
        """It is not on the canvas any more."""
        if self._pointed is slot:
            self._pointed = None
        if self._focused is slot:
            self._focused = None
        if self._slot is slot:
            self._stop()  # There is nothing to be drawn any more.

    def _follow(self) -> None:
        wanted = next((slot for slot in (self._pointed, self._focused) if slot is not None and self._may(slot)), None)
        before = self._slot
        if wanted is before:
            return
        if self._stop() and before is not None and before.still is not None:
            self._painter.show(before, before.still)
        source = self._painter.source(wanted, is_original=True) if wanted is not None else None
        if wanted is None or source is None or self._painter.gallery is None:
            return
        self._slot = wanted
        self._awaiting = self._painter.gallery.arrivals.fetch(source, lambda outcome: self._play(wanted, outcome))

    def _may(self, slot: "Slot") -> bool:
        return slot.placed.attachment.is_animated and slot.is_done and self._painter.may_play

    def _play(self, slot: "Slot", outcome: Path | Failed) -> None:
        if self._slot is slot and isinstance(outcome, Path) and self._painter.gallery is not None:
            cut = slot.placed.cut(slot.look)
            self._film = Film(self._painter.gallery, outcome, cut, lambda photo: self._painter.show(slot, photo))

    def _stop(self) -> bool:
        """Play nothing; whether something was played."""
        film, self._film, self._slot = self._film, None, None
        if self._awaiting is not None and self._painter.gallery is not None:
            self._painter.gallery.arrivals.cancel(self._awaiting)
        self._awaiting = None
        if film is not None:
            film.stop()
        return film is not None
