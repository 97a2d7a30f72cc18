"""What somebody did to see more of a message: spoilers that are uncovered, and how far code is scrolled to the side."""

from collections import OrderedDict
from typing import TypeVar

from client_app.core.files import Key

from .attachments import FileNews
from .code_lines import Colored

T = TypeVar("T")
_KEPT = 2000
"""Places; the oldest is forgotten first."""


class Views:
    """Remembers it for the rows of one list, by a row's key, the text and a number within it."""

    def __init__(self, news: FileNews, colored: Colored) -> None:
        """`news` tells of files how texts begin and how large pictures are, `colored` what is coloured in texts."""
        self.preview, self.size_of, self.colored = news.preview, news.size_of, colored
        self._unfolded: set[Key] = set()
        self._uncovered: OrderedDict[tuple[str, str, int], bool] = OrderedDict()
        self._scrolled: OrderedDict[tuple[str, str, int], int] = OrderedDict()

    def is_uncovered(self, key: str, text: str, number: int) -> bool:
        """Whether a spoiler is to be seen."""
        return (key, text, number) in self._uncovered

    def uncover(self, key: str, text: str, number: int) -> None:
        """Show a spoiler, as long as the message says what it says."""
        _remember(self._uncovered, (key, text, number), True)

    def scrolled(self, key: str, text: str, number: int) -> int:
        """How far a box is scrolled, in characters."""
        return self._scrolled.get((key, text, number), 0)

    def scroll(self, key: str, text: str, number: int, columns: int) -> bool:
        """Scroll a box that far; whether that is farther or less far than before."""
        was = self.scrolled(key, text, number)
        _remember(self._scrolled, (key, text, number), columns)
        return columns != was

    def is_all(self, key: Key) -> bool:
        """Whether more of a text that was sent as a file is to be seen than its first lines."""
        return key in self._unfolded

    def unfold(self, key: Key, *, is_all: bool) -> None:
        """Show more of it, or less."""
        (self._unfolded.add if is_all else self._unfolded.discard)(key)


def _remember(places: OrderedDict[tuple[str, str, int], T], place: tuple[str, str, int], value: T) -> None:
    places[place] = value
    places.move_to_end(place)
    if len(places) > _KEPT:
        places.popitem(last=False)
