"""Each emoji as an image of any size: there at once, empty at first, and filled when it has been drawn."""

import tkinter
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from PIL import ImageTk

from client_app.desktop.toolkit import Root, Workers

from .drawer import Drawer, Drawn, Wish
from .font import EmojiFont

_MOST_PHOTOS = 3000
"""Images that are remembered, of 2 kB at the size of text. Whoever shows one keeps it as long as it is seen."""
_PAUSE = 4
"""Milliseconds from what was drawn to what is drawn next: in between the window has Python for itself."""
_AT_ONCE = 24
"""Shown at once, at most: they take a millisecond to be shown."""


def _none(_name: str) -> Path | None:
    return None


class EmojiImages:
    """The images of one window, which shares them: `root.only(EmojiImages)`. All for the window's thread."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._font = EmojiFont()
        self.picture_of: Callable[[str], Path | None] = _none
        """The file with the picture of a `:name:` of the house; None where there is none of that name.

        It is asked from several threads, and what it reads must bear that.
        """
        self._workers = root.only(Workers)
        self._drawer = Drawer(root.cache_folder, self._find)
        self._wishes: deque[Wish] = deque()
        """What is to be drawn, and has not been."""
        self._has: dict[str, bool] = {}
        self._photos: OrderedDict[Wish, ImageTk.PhotoImage] = OrderedDict()
        self._waiting: dict[Wish, ImageTk.PhotoImage] = {}
        self._is_drawing = False
        root.bind("<Destroy>", self._on_destroy, add="+")

    @property
    def is_complete(self) -> bool:
        """Whether every image that was asked for is filled."""
        return not self._waiting

    def has(self, sequence: str) -> bool:
        """Whether there is a picture of it: an emoji, or a `:name:` of the house."""
        if sequence.startswith(":"):
            return self.picture_of(sequence) is not None
        found = self._has.get(sequence)
        if found is None:
            found = self._has[sequence] = self._font.has(sequence)
        return found

    def photo(self, sequence: str, size: int) -> ImageTk.PhotoImage | None:
        """Its image, `size` pixels square; None where there is no picture of it. Keep it as long as it is shown."""
        wish = Wish(sequence, size)
        found = self._photos.get(wish)
        if found is not None:
            self._photos.move_to_end(wish)
            return found
        if not self.has(sequence):
            return None
        photo = ImageTk.PhotoImage("RGBA", (size, size), master=self._root)
        self._photos[wish] = self._waiting[wish] = photo
        if len(self._photos) > _MOST_PHOTOS:
            self._photos.popitem(last=False)
        self._wishes.append(wish)
        if not self._is_drawing:
            self._is_drawing = True
            self._draw()
        return photo

    def known(self, sequence: str, size: int) -> ImageTk.PhotoImage | None:
        """Its image where it was asked for before, else None: to ask for one takes a fifth of a millisecond."""
        return self._photos.get(Wish(sequence, size))

    def forget(self, name: str) -> None:
        """The picture of a `:name:` is another one, or there is none any more."""
        for wish in [each for each in self._photos if each.sequence == name]:
            del self._photos[wish]

    def _find(self, name: str) -> Path | None:
        """As `picture_of` says at that moment."""
        return self.picture_of(name)

    def _draw(self) -> None:
        """Have some of them drawn, ahead of all that waits for the workers."""
        wishes = tuple(islice(self._wishes, _AT_ONCE))
        self._workers.do(lambda: self._drawer.draw(wishes), self._fill)

    def _fill(self, done: Sequence[Drawn]) -> None:
        """Show what was drawn, and have some more drawn."""
        for drawn in done:
            self._wishes.popleft()
            photo = self._waiting.pop(drawn.wish, None)
            if photo is not None and drawn.picture is not None:
                photo.paste(drawn.picture)
        self._is_drawing = bool(self._wishes)
        if self._is_drawing:
            self._root.after(_PAUSE, self._draw)

    def _on_destroy(self, event: "tkinter.Event[tkinter.Misc]") -> None:
        if event.widget is self._root:
            self._drawer.close()
