"""What the house ought to be, in words of its own: nothing of the server's own reasoning is used here.

People, roles and rooms as plain things that change, and a few questions about them. What each request does to them
stands in `law`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

OWNER, ADMIN, MODERATOR, MEMBER, GUEST = range(1, 6)
OF_ITS_MAKER = ("manage_channels", "add_members", "send_in_read_only", "pin_messages", "mention_everybody")
OF_A_GROUP = (
    "send_messages", "attach_files", "manage_channels", "add_members", "bypass_slow_mode", "pin_messages",
    "mention_everybody",
)  # fmt: skip
HALL = 1
"""The room that everybody is in."""
FEW = ("group", "direct")


@dataclass
class Person:
    """Somebody with an account."""

    id: int
    name: str
    role: int
    silenced: bool = False
    banned: bool = False
    called: str = ""
    """What they want to be called."""
    about: str = ""
    status: str = ""
    look: str = "automatic"
    own_words: set[str] = field(default_factory=set)
    """What they said themselves, whatever became of it, and what they were told in parting."""
    own_rooms: set[int] = field(default_factory=set)
    """Where they did something of which the log tells them."""


@dataclass
class Role:
    """A name, a height and some abilities."""

    id: int
    name: str
    height: int
    can: set[str]


@dataclass(eq=False)
class File:
    """A file that is here; it holds its own name."""

    owner: int
    name: str
    said: bool = False
    """Or taken back: no message can come to hold it."""


@dataclass
class Upload:
    """A file that is to come."""

    owner: int
    name: str
    came: int = 0
    file: File | None = None
    """What became of it."""


@dataclass
class Said:
    """One message."""

    author: int
    words: str
    loud: bool = False
    """An announcement."""
    first: int = 0
    """Who said it first, where it was passed on; 0 where it was not."""
    change: int = 0
    gone: bool = False
    reactions: list[tuple[str, int]] = field(default_factory=list)
    """What was put under it, and by whom."""
    pinned: int = 0
    """The higher, the newer the pin; 0 for none."""
    before: list[str] = field(default_factory=list)
    """What it said earlier, the first version first."""
    named: set[int] = field(default_factory=set)
    """Whom it was meant for in particular."""
    answered: int = 0
    """Whose message it answers, where they are to hear of it."""
    for_all: bool = False
    """Whether it named everybody."""
    files: list[File] = field(default_factory=list)


@dataclass
class Room:
    """A channel of any kind."""

    id: int
    kind: str
    name: str
    topic: str
    maker: int | None
    people: set[int] = field(default_factory=set)
    """Of a public room those who walked out, of any other those inside."""
    unaware: dict[int, int] = field(default_factory=dict)
    """Who is inside and was not told, because of whom."""
    hushed: bool = False
    slow: int = 0
    shelved: bool = False
    gone: bool = False
    allowed: dict[int, set[str]] = field(default_factory=dict)
    denied: dict[int, set[str]] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    changes: int = 0
    spoke_slowly: set[int] = field(default_factory=set)
    same_people: bool = False
    """Whether a group is still found by its people."""

    def inside(self, person: int) -> bool:
        """Whether somebody takes part."""
        return (person not in self.people) if self.kind == "public" else (person in self.people)


@dataclass
class Complaint:
    """A report."""

    id: int
    by: int
    author: int
    room: int
    seq: int
    words: set[str]
    open: bool = True


@dataclass
class LogLine:
    """What the log tells, as far as it has words in it or a room."""

    by: int
    room: int | None
    words: set[str]


class World:
    """All of it, and who may know what."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.roles: dict[int, Role] = {}
        self.rooms: dict[int, Room] = {}
        self.deaf: dict[tuple[int, int], str] = {}
        """Who does not want to hear whom, and how much: `block` or `mute`."""
        self.saved: dict[int, list[tuple[int, int]]] = {}
        """By person, room and number of what they saved, the newest last."""
        self.complaints: dict[int, Complaint] = {}
        self.log: list[LogLine] = []
        self.codes: dict[str, tuple[int, int]] = {}
        """Invites: by whom, for which role."""
        self.bans: dict[int, set[str]] = {}
        self.notes: dict[tuple[int, int], str] = {}
        """What the first wrote down about the second."""
        self.forbidden_words: set[str] = set()
        self.uploads: dict[int, Upload] = {}
        self.files: dict[int, File] = {}

    # --- what somebody is -------------------------------------------------------------------------------------------

    def height(self, person: int) -> int:
        """How high they stand."""
        return self.roles[self.people[person].role].height

    def has(self, person: int, ability: str) -> bool:
        """Whether their role has it, silenced or not."""
        return ability in self.roles[self.people[person].role].can

    def able(self, person: int, ability: str) -> bool:
        """Whether they can do it in the house."""
        return self.has(person, ability) and not self.people[person].silenced

    def blocks(self, person: int, other: int) -> bool:
        """Whether the first wants to hear nothing of the second."""
        return self.deaf.get((person, other)) == "block"

    # --- what somebody is to a room ---------------------------------------------------------------------------------

    def knows(self, person: int, room: Room) -> bool:
        """Whether the room is there for them."""
        return not room.gone and self._would_know(person, room)

    def _would_know(self, person: int, room: Room) -> bool:
        if room.kind != "public":
            return person in room.people and person not in room.unaware
        return room.id == HALL or self._has_there(person, "view_channels", room)

    def hears(self, person: int, room: Room) -> bool:
        """Whether what is said there reaches them."""
        return self.knows(person, room) and room.inside(person)

    def able_there(self, person: int, ability: str, room: Room) -> bool:
        """Whether they can do it in a room that they know."""
        silenced = self.people[person].silenced
        if room.kind == "direct":
            return ability in ("send_messages", "attach_files", "pin_messages")
        if room.kind == "group":
            return ability in OF_A_GROUP and not silenced
        if silenced:
            return False
        if ability == "send_messages":
            if room.shelved or not room.inside(person):
                return False
            if room.hushed and not self.able_there(person, "send_in_read_only", room):
                return False
            return self._has_there(person, ability, room)
        if room.maker == person and ability in OF_ITS_MAKER:
            return True
        return self._has_there(person, ability, room)

    def _has_there(self, person: int, ability: str, room: Room) -> bool:
        role = self.people[person].role
        if role == OWNER:
            return True
        if ability in room.denied.get(role, ()):
            return False
        return ability in room.allowed.get(role, ()) or self.has(person, ability)

    # --- what somebody may come to know -----------------------------------------------------------------------------

    def rooms_of(self, person: int) -> set[int]:
        """The rooms that are there for them."""
        return {room.id for room in self.rooms.values() if self.knows(person, room)}

    def mentionable(self, person: int) -> set[int]:
        """The rooms of which anything may tell them, if only by number."""
        found = self.rooms_of(person)
        if self.has(person, "handle_reports"):
            found |= {complaint.room for complaint in self.complaints.values()}
        if self.has(person, "view_audit_log"):
            found |= {line.room for line in self.log if line.room is not None and self._reads(person, line)}
        return found | {complaint.room for complaint in self.complaints.values() if complaint.by == person}

    def words_of(self, person: int) -> set[str]:
        """Every secret word that may be in what they receive."""
        found = set(self.people[person].own_words)
        found |= {role.name for role in self.roles.values()}
        found |= {word for other in self.people.values() for word in (other.called, other.about)}
        found |= {other.status for other in self.people.values() if not self.blocks(person, other.id)}
        found |= {text for (writer, _), text in self.notes.items() if writer == person}
        for room in self.rooms.values():
            if self.knows(person, room):
                found |= {room.name, room.topic, *self._readable(person, room)}
        if self.has(person, "handle_reports"):
            found = found.union(*(complaint.words for complaint in self.complaints.values()))
        if self.has(person, "view_audit_log"):
            found = found.union(*(line.words for line in self.log if self._reads(person, line)))
        if self.has(person, "ban_people"):
            found = found.union(*self.bans.values())
        if self.has(person, "manage_server"):
            found |= self.forbidden_words
        return found

    def codes_of(self, person: int) -> set[str]:
        """The invites that they may see."""
        return {code for code, (maker, role) in self.codes.items() if maker == person or self.keeps(person, role)}

    def keeps(self, person: int, role: int) -> bool:
        """Whether they look after other people's invites to a role."""
        return self.has(person, "manage_invites") and self.invites_to(person, role)

    def invites_to(self, person: int, role: int) -> bool:
        """Whether they may ask people in with this role: a lower one, and nothing beyond theirs but membership."""
        mine, theirs = self.roles[self.people[person].role], self.roles[role]
        return mine.height > theirs.height and (role in (MEMBER, GUEST) or theirs.can <= mine.can)

    def _readable(self, person: int, room: Room) -> Iterator[str]:
        for said in room.said:
            if said.loud or not (self.blocks(person, said.author) or self.blocks(person, said.first)):
                yield said.words
                yield from (file.name for file in said.files)

    def _reads(self, person: int, line: LogLine) -> bool:
        return line.room is None or line.by == person or self._would_know(person, self.rooms[line.room])
