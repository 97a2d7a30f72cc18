"""How one entry of a timeline looks at a given width: lines and where they stand, and how high all of it is."""

from dataclasses import dataclass

from msgspec import Struct

from client_app.core.timeline.timeline import Entry
from client_app.desktop.drawing.signs import Sign
from client_app.desktop.text import Line
from shared.types import UserId

from .attachments import FileCard
from .ornaments import Box, Ornament
from .pictures import PlacedPicture
from .quotes import QuoteLine
from .reactions import PlacedReaction

GUTTER = 72
"""From the left edge to the text: room for the avatar."""
AVATAR = 40
RIGHT_MARGIN = 24
EDITED = "(edited)"
DELETED = "Message deleted"
RETRY, WITHOUT_QUOTE, EDIT, DISCARD, SHOW, HIDE = "Retry", "Send without the quote", "Edit", "Delete", "Show", "Hide"
"""What a click below or beside a message does."""
ANNOUNCEMENT = "Announcement"


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the beginning of a timeline says; a person's disc stands there instead of “#” where there is a `user_id`."""

    heading: str = ""
    """The entry's own title where it is empty."""
    sentence: str = "This is where it begins. Say something."
    user_id: UserId | None = None
    name: str = ""
    sign: Sign | None = None
    """In the place of “#”."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of the body, `y` pixels below the row's top."""

    y: int
    line: Line
    x: int = 0
    """From the row's text to the line."""
    font: str = ""
    """Empty for that of the row."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says, laid out."""

    placed: tuple[Placed, ...]
    ornaments: tuple[Ornament, ...] = ()
    bottom: int = 0
    """Where what stands below it begins; 0 for the end of its last line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where it says that a message was edited, from the row's left and upper edge; one line of the small font."""

    x: int
    y: int
    width: int


class Row(Struct, frozen=True):
    """One entry, laid out."""

    entry: Entry
    height: int
    text_x: int
    font: str = "body"
    body: tuple[Placed, ...] = ()
    head: Line | None = None
    """The author's name, or the heading of the beginning."""
    head_y: int = 0
    time: str = ""
    note: tuple[Placed, ...] = ()
    """Below the body: why it was not sent; in its place: that it was deleted; or what the beginning says."""
    actions: tuple[str, ...] = ()
    actions_x: int = 0
    actions_y: int = 0
    """Where they stand, side by side."""
    label_y: int = 0
    """Where it says that it is an announcement; 0 where it is none."""
    said_instead: str = ""
    """Of a message that is hidden: what stands in its place."""
    folded: int = 1
    """For how many messages it stands; 0 where an earlier row stands for it."""
    introduction: Introduction | None = None
    is_action: bool = False
    """`/me`, with the author's name on the line of the text."""
    edited: Mark | None = None
    reactions: tuple[PlacedReaction, ...] = ()
    cards: tuple[FileCard, ...] = ()
    """Its files, but for pictures."""
    pictures: tuple[PlacedPicture, ...] = ()
    quote: QuoteLine | None = None
    """What it answers."""
    forwarded: Placed | None = None
    """Who said it first."""
    ornaments: tuple[Ornament, ...] = ()
    """What is drawn beside and behind the lines of the body."""
    body_bottom: int = 0
    """Where the body ends; 0 for the end of its last line."""

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Of code and tables."""
        return tuple(each for each in self.ornaments if isinstance(each, Box)) if self.ornaments else ()

    def is_in_box(self, placed: Placed) -> bool:
        """Whether a line stands in one of them."""
        return any(box.y <= placed.y < box.y + box.height for box in self.boxes)


def ways_out(entry: Entry) -> tuple[str, ...]:
    """What can be done with a message that was not sent: it goes as it is, is written anew, or is given up."""
    found = {
        RETRY: True,
        WITHOUT_QUOTE: entry.quote is not None,
        # What somebody else said is not written anew.
        EDIT: entry.forwarded_from is None,
        DISCARD: True,
    }
    return tuple(label for label, is_offered in found.items() if is_offered)
