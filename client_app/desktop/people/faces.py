"""How people look in a whole window: one image for each person, size and mark, filled anew when somebody changes."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageTk

from client_app.desktop.toolkit import Root, Workers
from shared.types import PictureId, UserId

from .discs import Face, draw_letters, draw_picture

HOUSE = UserId(-1)
"""Instead of a person: the house, which has a picture as well."""
_MOST_FACES = 2000
"""Images that are remembered, of 6 kB at the size of a message's. Whoever shows one keeps it as long as it is seen."""


class Faces:
    """The images of one window, which shares them: `root.only(Faces)`. All for the window's thread."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._workers = root.only(Workers)
        self.picture_of: Callable[[UserId], PictureId] = lambda _: ""
        """The picture that somebody has; empty for none."""
        self.file_of: Callable[[PictureId], Path | None] = lambda _: None
        """Where it is; None while it has to be fetched first."""
        self._photos: OrderedDict[Face, ImageTk.PhotoImage] = OrderedDict()
        self._shown: dict[Face, PictureId] = {}
        """Which picture is seen, or on its way to being seen; empty for letters."""

    def photo(self, face: Face) -> ImageTk.PhotoImage:
        """Their image: letters at first, and their picture as soon as it is there. Keep it as long as it is shown."""
        found = self._photos.get(face)
        if found is not None:
            self._photos.move_to_end(face)
            return found
        photo = self._photos[face] = ImageTk.PhotoImage(draw_letters(face), master=self._root)
        self._shown[face] = ""
        if len(self._photos) > _MOST_FACES:
            gone, _ = self._photos.popitem(last=False)
            del self._shown[gone]
        self._dress(face)
        return photo

    def look_again(self) -> None:
        """Somebody may have another picture now."""
        pictures: dict[UserId, PictureId] = {}
        for face, shown in list(self._shown.items()):
            if face.user_id not in pictures:
                pictures[face.user_id] = self.picture_of(face.user_id)
            if pictures[face.user_id] != shown:
                self._dress(face)

    def arrived(self, picture: str) -> None:
        """A file is here that was asked for."""
        if any(self.picture_of(face.user_id) == picture for face in self._shown):
            self.look_again()

    def _dress(self, face: Face) -> None:
        picture = self.picture_of(face.user_id)
        if not picture:
            if self._shown[face]:
                self._shown[face] = ""
                self._photos[face].paste(draw_letters(face))
            return
        path = self.file_of(picture)
        if path is None:
            return
        self._shown[face] = picture

        def show(drawn: Image.Image | None) -> None:
            photo = self._photos.get(face)
            if drawn is not None and photo is not None and self._shown.get(face) == picture:
                photo.paste(drawn)

        self._workers.do(lambda: draw_picture(path, face), show)
