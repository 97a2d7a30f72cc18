"""The files of a message as cards below its text: laid out here, and which part of one is where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from client_app.core.files import FilePlace, Key, Preview, Progress, key_of
from client_app.core.store import Upload
from client_app.core.timeline.timeline import Entry, SendState
from client_app.desktop.text import Breaker, Line, Typesetter
from client_app.desktop.toolkit import Look
from shared.entities import Attachment

from .code_lines import FONT, Colored, Colors, shortened
from .pending import picture_of

HEIGHT, MOST_WIDTH, LEAST_WIDTH, GAP, ABOVE, PADDING = 58, 420, 200, 6, 4, 10
"""Pixels at 100 %: a card, its width, between two, over the first one, and within."""
BADGE = 38
"""The square that says of which kind a file is."""
BETWEEN = 14
"""Pixels at 100 % between two things that can be clicked."""
FIRST_LINES = 6
"""Of a text, before somebody wants to see more."""
MOST_WITH_TEXT = 680
"""How wide a card with first lines is at most."""
MORE, LESS = "Show more", "Show less"
OPEN, DOWNLOAD, SAVE_AS = "Open", "Download", "Save as…"
CANCEL, TRY_AGAIN = "Cancel", "Try again"
OFFERED = (OPEN, DOWNLOAD, SAVE_AS)


@dataclass(frozen=True, slots=True)
class FileCard:
    """A file's card, `x` and `y` pixels from its row's left and upper edge."""

    key: Key
    name: str
    size: int
    attachment: Attachment | None
    """None while it is on its way to the server."""
    title: Line
    """The name, cut in the middle where it is too long, so that the ending is always there."""
    x: int
    y: int
    width: int
    height: int
    head: int
    """How much of the height is above the first lines of the text."""
    code: str = ""
    """How it begins, where it is a text."""
    lines: tuple[Line, ...] = ()
    """The same, laid out."""
    more: str = ""
    """What shows more or less of them; empty where there is nothing more."""

    @property
    def hint(self) -> str:
        """What the pointer's rest on it tells."""
        return self.name

    def holds(self, x: int, y: int) -> bool:
        """Whether this point is on it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


class Shown(Protocol):
    """What is known and wanted of the texts among files."""

    def preview(self, key: Key) -> Preview | None:
        """How a text begins, where that is known."""

    def size_of(self, upload: Upload) -> tuple[int, int] | None:
        """Width and height of a picture on its way to the server; None of other files, and while that is not known."""

    def is_all(self, key: Key) -> bool:
        """Whether somebody wants to see more of it."""

    @property
    def colored(self) -> Colored:
        """What is coloured in it."""


@dataclass(frozen=True, slots=True)
class FileDeed:
    """What is to be done with a file: one of the words that stand on its card."""

    word: str
    attachment: Attachment | None = None
    """None for what is on its way to the server."""


TAKEN_BACK = FileDeed(CANCEL)
"""The message itself is not sent: its text and its files lie where they were written."""


def _nothing_known(_key: Key) -> None:
    """Nothing is on its way."""


def _nothing_wanted(_place: FilePlace) -> None:
    """Nobody reads it."""


def _no_size(_upload: Upload) -> None:
    """Nobody measures it."""


def _no_failure(_key: Key) -> str:
    """Nothing has failed."""
    return ""


@dataclass(frozen=True, slots=True)
class FileNews:
    """What is known of files on their way."""

    progress: Callable[[Key], Progress | None] = _nothing_known
    failure: Callable[[Key], str] = _no_failure
    preview: Callable[[Key], Preview | None] = _nothing_known
    want_preview: Callable[[FilePlace], None] = _nothing_wanted
    size_of: Callable[[Upload], tuple[int, int] | None] = _no_size
    """Width and height of a picture on its way to the server, where that is known."""


def has_files(entry: Entry) -> bool:
    """Whether a row has any, be they there or on their way."""
    return bool(entry.attachments or entry.uploads)


def lay_out_cards(
    entry: Entry, typesetter: Typesetter, look: Look, shown: "Shown", *, left: int, room: int, top: int
) -> tuple[FileCard, ...]:
    """Below each other, from `top` on, in a room so wide; pictures have none."""
    px, width = look.px, max(min(room, look.px(MOST_WIDTH)), look.px(LEAST_WIDTH))
    files: list[tuple[Key, str, int, Attachment | None]] = [
        *((key_of(each), each.name, each.size, each) for each in entry.attachments if not each.is_picture),
        *((each.key, each.name, each.size, None) for each in entry.uploads if picture_of(each, shown.size_of) is None),
    ]
    cards, y = [], top + px(ABOVE)
    text_room = width - px(BADGE + 3 * PADDING)
    for key, name, size, attachment in files:
        title = name_line(name, text_room, typesetter)
        card = FileCard(key, name, size, attachment, title, left, y, width, px(HEIGHT), px(HEIGHT))
        preview = shown.preview(key) if attachment is not None else None
        if preview is not None and preview.lines:
            card = _with_lines(card, preview, typesetter, look, min(room, px(MOST_WITH_TEXT)), shown=shown)
        cards.append(card)
        y += card.height + px(GAP)
    return tuple(cards)


def _with_lines(
    card: FileCard, preview: Preview, typesetter: Typesetter, look: Look, width: int, *, shown: Shown
) -> FileCard:
    """The card with the first lines of its text, or with all that are known, in the colours of their language."""
    px, is_all = look.px, shown.is_all(card.key)
    room = width - px(4 * PADDING)
    breaker = Breaker(typesetter, FONT, room)
    texts = preview.lines if is_all else preview.lines[:FIRST_LINES]
    code, offset, lines = "\n".join(texts), 0, []
    colors = Colors(shown.colored(card.name.rpartition(".")[2].casefold(), code))
    for text in texts:
        line = colors.line(breaker, text, offset, offset)
        lines.append(line if line.width <= room else shortened(line, room, typesetter))
        offset += len(text) + 1
    more = "" if len(preview.lines) <= FIRST_LINES else LESS if is_all else MORE
    height = sum(line.height for line in lines) + px(3 * PADDING)
    height += typesetter.line_height("small") + px(PADDING) if more else 0
    width, height = max(width, card.width), card.head + height
    return replace(card, width=width, height=height, code=code, lines=tuple(lines), more=more)


def name_line(name: str, room: int, typesetter: Typesetter, font: str = "body") -> Line:
    """A file's name on one line: cut in the middle, because its ending says what it is."""
    breaker = Breaker(typesetter, font, room)
    line = breaker.single(name)
    if all(run.start < len(name) for run in line.runs):
        return line
    # A little of the name before its ending, so that the dots of both do not run together.
    ending = name[max(name.rfind(".") - 2, len(name) - 12, 0) :] if "." in name[-12:] else name[-6:]
    head = Breaker(typesetter, font, max(room - typesetter.text_width(font, ending), 1)).single(name)
    kept = max((run.end for run in head.runs if run.start < len(name)), default=0)
    return breaker.single(f"{name[:kept].rstrip(' .')}…{ending}")


def words_on(card: FileCard, state: SendState, *, is_under_way: bool, has_failed: bool) -> tuple[str, ...]:
    """What can be done with it at this moment, as it says itself."""
    if card.attachment is None:
        return (CANCEL,) if state is SendState.PENDING else ()
    if is_under_way:
        return (CANCEL,)
    return (TRY_AGAIN, *OFFERED[1:]) if has_failed else OFFERED


def card_at(cards: Sequence[FileCard], x: int, y: int) -> FileCard | None:
    """The card at a point of its row."""
    return next((each for each in cards if each.holds(x, y)), None)
