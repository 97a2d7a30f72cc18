"""People, and what they tell of themselves and choose."""

from msgspec import Struct

from shared.types import Availability, BlockKind, Milliseconds, Permission, PictureId, Rev, RoleId, SessionId, UserId


class Role(Struct, frozen=True):
    """What a person is to the server; everybody has exactly one."""

    id: RoleId
    name: str
    rank: int
    """Whoever has a higher one may act on people, and give roles, of a lower one."""
    permissions: tuple[Permission, ...]


class User(Struct, frozen=True, omit_defaults=True):
    """A person with an account."""

    id: UserId
    name: str
    role_id: RoleId
    created_at: Milliseconds
    rev: Rev
    """The server's change to its people that made them what they are."""
    timeout_until: Milliseconds = 0
    """Until then they may only look on, and write in direct channels."""
    is_banned: bool = False
    display_name: str = ""
    """What they want to be called; empty where their name will do. No two people have names that look alike."""
    avatar: PictureId = ""
    """Their picture; empty where they have none."""

    @property
    def shown_name(self) -> str:
        """What they are called wherever somebody reads it."""
        return self.display_name or self.name


class Status(Struct, frozen=True, omit_defaults=True):
    """What somebody is up to, in their own words."""

    text: str
    until: Milliseconds | None = None
    """From then on it is over, whether or not that was told; None for none that is known."""


class PersonStatus(Struct, frozen=True):
    """Whose status it is."""

    user_id: UserId
    status: Status


class Choices(Struct, frozen=True, omit_defaults=True):
    """What somebody chose for all of their devices; nobody else is told."""

    availability: Availability = Availability.AUTOMATIC
    shares_last_seen: bool = True
    """Whether others may see when they were here last, and they when others were."""
    shares_receipts: bool = True
    """Whether the other person of a direct conversation sees how far they have read, and they how far the other has."""


class Block(Struct, frozen=True):
    """Somebody of whom I do not want to hear."""

    user_id: UserId
    kind: BlockKind
    until: Milliseconds | None = None
    """None for ever."""


class Session(Struct, frozen=True):
    """A device that can come back without the password."""

    id: SessionId
    device: str
    created_at: Milliseconds
    last_seen_at: Milliseconds
    is_current: bool
    """Whether it is the one that asks."""
