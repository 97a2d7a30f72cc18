"""What a row of a list shows."""

from dataclasses import dataclass

from client_app.desktop.signs import Sign

ITEM_HEIGHT = 36
PERSON_HEIGHT = 44
HEADER_HEIGHT = 38


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
    presence: bool | None = None
    """Whether the person is online; None draws nothing."""
    badge: int = 0
    """How much is unread."""
    is_muted: bool = False
    """Greyed: offline, left."""
    marks: tuple[Sign, ...] = ()
    """Drawn behind the title: timed out, muted."""
    tip: str = ""
    """Told beside the pointer; a title that does not fit is told anyway."""


ListRow = HeaderRow | ItemRow


def row_height(row: ListRow) -> int:
    """Pixels at 100 %."""
    if isinstance(row, HeaderRow):
        return HEADER_HEIGHT
    return PERSON_HEIGHT if row.avatar is not None or row.people else ITEM_HEIGHT


def badge_text(count: int) -> str:
    """A number of at most three characters."""
    return "99+" if count > 99 else str(count)
