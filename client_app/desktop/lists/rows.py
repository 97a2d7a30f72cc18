"""What a row of a list shows."""

from dataclasses import dataclass
from typing import Literal, assert_never

from client_app.core.world.presence import Presence
from client_app.desktop.drawing.signs import Sign

ITEM_HEIGHT = 36
PERSON_HEIGHT = 44
HEADER_HEIGHT = 38
ENTRY_HEIGHT, ENTRY_LINE = 56, 18

Tone = Literal["text_muted", "warning", "danger", "online"]
"""What a note says at a glance: a colour of the palette."""


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A section's heading; a click collapses the section, which the list does by itself."""

    key: str
    title: str
    can_add: bool = False
    """Whether there is a “+” at its end."""
    add_tip: str = ""
    is_collapsible: bool = True
    is_folded: bool = False
    """Whether the section is collapsed until somebody opens it."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Something to open: a channel or a person. `title` is as people wrote it; the list makes it safe to draw."""

    key: str
    title: str
    icon: str = ""
    """One character before the title, such as “#”."""
    sign: Sign | None = None
    """A drawn sign in the place of that character."""
    avatar: int | None = None
    """A person's id: their disc instead of the icon."""
    people: int = 0
    """Of a group: how many people are in it; its disc shows that instead of the icon."""
    detail: str = ""
    """A second line below the title, smaller."""
    presence: Presence | None = None
    """How the person looks; None draws nothing."""
    badge: int = 0
    """How much calls me there."""
    mentions: int = 0
    """How many of that mention me: then those are counted, and stand out."""
    is_personal: bool = False
    """Whether all of it is for me, as between two people: it stands out likewise."""
    is_strong: bool = False
    """Whether something is unread: the title is bold."""
    is_muted: bool = False
    """Greyed: offline, left."""
    marks: tuple[Sign, ...] = ()
    """Drawn behind the title: timed out, muted."""
    tip: str = ""
    """Told beside the pointer; a title that does not fit is told anyway."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """Something with more to say: a title, a note at its right, lines of detail below; all as people wrote it."""

    key: str
    title: str
    detail: str = ""
    note: str = ""
    """Short, at the right of the title."""
    note_tone: Tone = "text_muted"
    avatar: int | None = None
    """A person's id: their disc before the title."""
    avatar_name: str = ""
    """Whose initials are on it, where that is not the title."""
    presence: Presence | None = None
    lines: int = 1
    """At most so many of detail; what does not fit is told beside the pointer."""
    is_muted: bool = False
    """Greyed: over, closed."""
    is_plain: bool = False
    """Whether there is nothing to open: only to be read."""


ListRow = HeaderRow | ItemRow | EntryRow


def row_height(row: ListRow) -> int:
    """Pixels at 100 %; of an entry, with as many lines of detail as it may have."""
    match row:
        case HeaderRow():
            return HEADER_HEIGHT
        case ItemRow():
            return PERSON_HEIGHT if row.avatar is not None or row.people else ITEM_HEIGHT
        case EntryRow():
            return ENTRY_HEIGHT + ENTRY_LINE * (row.lines - 1) if row.detail else PERSON_HEIGHT
        case _:
            assert_never(row)


def badge_text(count: int) -> str:
    """A number of at most three characters."""
    return "99+" if count > 99 else str(count)
