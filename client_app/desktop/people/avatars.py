"""The discs that stand for people: their picture where they have one, else initials on a colour of their own."""

import unicodedata

from PIL import ImageTk

from client_app.core.world.presence import Presence
from client_app.desktop.drawing.presence import Dot, dot
from client_app.desktop.theme import Palette
from client_app.desktop.toolkit import Root
from shared.types import UserId

from .discs import OWN_LETTERS, Face
from .faces import HOUSE, Faces


def color_index(user_id: int, count: int) -> int:
    """Which of `count` colours belongs to a person; neighbours in id are apart in colour."""
    return (user_id * 5) % count


def author_color(palette: Palette, user_id: int | None) -> str:
    """The colour in which a person's name is written."""
    return palette.authors[color_index(user_id or 0, len(palette.authors))]


def initials(name: str) -> str:
    """One or two letters: of the first two words where there are two, else the first."""
    words = [word for word in "".join(c if c.isalnum() else " " for c in name).split() if word]
    letters = [word[0] for word in words[:2]] or ["?"]
    if any(ord(letter) >= OWN_LETTERS for letter in letters):
        letters = letters[:1]  # two scripts would want two fonts, and some join their letters
    return unicodedata.normalize("NFC", "".join(letters)).upper()[:2]


class Avatars:
    """Discs by person and size, for whatever draws them; the window has each of them once."""

    def __init__(self, root: Root) -> None:
        self._faces = root.only(Faces)

    def image(self, user_id: int, name: str, size: int, palette: Palette) -> ImageTk.PhotoImage:
        """The disc of a person, `size` pixels of the screen across; keep it as long as it is shown."""
        return self._image(user_id, name, size, palette, None)

    def house(self, name: str, size: int, palette: Palette) -> ImageTk.PhotoImage:
        """The disc of the house: its picture, or what its name begins with."""
        return self._image(HOUSE, name, size, palette, None)

    def with_presence(
        self, person: tuple[int, str], presence: Presence, size: int, palette: Palette, ground: str
    ) -> ImageTk.PhotoImage:
        """The disc of a person (id, name) on this ground, with a dot for how they look at its lower right."""
        return self._image(*person, size, palette, dot(presence, max(size * 2 // 5, 12), palette, ground))

    def _image(self, user_id: int, name: str, size: int, palette: Palette, mark: Dot | None) -> ImageTk.PhotoImage:
        color = palette.avatars[color_index(user_id, len(palette.avatars))]
        return self._faces.photo(Face(UserId(user_id), initials(name), size, color, palette.on_avatar, mark))
