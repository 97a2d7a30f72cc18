"""Which colours code has in a list of messages: those of the current look."""

from typing import TYPE_CHECKING

from client_app.core.markdown.highlighting import Part
from client_app.desktop.highlights import Highlights
from client_app.desktop.theme import Palette

from .row import Row

if TYPE_CHECKING:
    from .widget import MessageList


def color_of(part: Part, palette: Palette) -> str:
    """Readable on the ground of code in either appearance: the colours of names, and of what they say."""
    _orange, yellow, _olive, green, _teal, cyan, blue, _lilac, violet, *_ = palette.authors
    return {
        Part.KEYWORD: violet,
        Part.NAME: blue,
        Part.BUILTIN: cyan,
        Part.STRING: green,
        Part.NUMBER: yellow,
        Part.COMMENT: palette.text_faint,
        Part.ADDED: palette.online,
        Part.REMOVED: palette.danger,
    }[part]


class CodeColors:
    """Knows them for one list, and has its rows drawn anew when they are there."""

    def __init__(self, messages: "MessageList") -> None:
        self._list = messages
        self._highlights = messages.root_window.only(Highlights)
        self._highlights.on_ready(messages, self._ready)

    def of(self, language: str, code: str) -> tuple[tuple[int, int, str], ...]:
        """Start, end and colour of what is not written in the usual colour."""
        palette = self._list.root_window.look.palette
        return tuple(
            (each.start, each.end, color_of(each.part, palette)) for each in self._highlights.of(language, code)
        )

    def _ready(self, code: str) -> None:
        if self._list.rows.forget(lambda row: _has(row, code)):
            self._list.refresh()


def _has(row: Row, code: str) -> bool:
    return any(box.code == code for box in row.boxes) or any(card.code == code for card in row.cards)
