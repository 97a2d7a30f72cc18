"""What can be asked on the command line, and what comes of it: one Struct each, which is also what `--json` prints."""

from typing import Union

from msgspec import Struct

from shared.moderation import Ban
from shared.types import Milliseconds, wire_name


class Order(Struct, frozen=True, kw_only=True, tag=wire_name, tag_field="order"):
    """Something that the owner of the machine wants."""


class ListPeople(Order, frozen=True):
    """Everybody who has an account."""


class MakeInvite(Order, frozen=True, kw_only=True):
    """An invite code."""

    role: str
    seconds: int | None
    max_uses: int | None


class GiveRole(Order, frozen=True, kw_only=True):
    """Another role for somebody, or ownership."""

    name: str
    role: str


class ResetPassword(Order, frozen=True, kw_only=True):
    """A new password for somebody who forgot theirs."""

    name: str


class BanSomebody(Order, frozen=True, kw_only=True):
    """Keep a person out, or an address where there is no name."""

    name: str
    address: str
    reason: str
    seconds: int | None
    with_address: bool


class UnbanSomebody(Order, frozen=True, kw_only=True):
    """Let a person come back, or an address where there is no name."""

    name: str
    address: str


class ListBans(Order, frozen=True):
    """Who is kept out."""


class ListFiles(Order, frozen=True):
    """What people have attached."""


class ReadAudit(Order, frozen=True, kw_only=True):
    """The newest entries of the audit log that have these words in them."""

    text: str
    count: int


AnyOrder = Union[
    ListPeople, MakeInvite, GiveRole, ResetPassword, BanSomebody, UnbanSomebody, ListBans, ListFiles, ReadAudit
]


class Person(Struct, frozen=True):
    """Somebody who has an account."""

    id: int
    name: str
    role: str
    created_at: Milliseconds
    timeout_until: Milliseconds | None
    """None where they are not timed out."""
    is_banned: bool
    is_pending: bool
    """Whether they wait for approval."""
    is_online: bool


class People(Struct, frozen=True):
    """By id."""

    people: tuple[Person, ...]


class Invited(Struct, frozen=True):
    """A new invite code."""

    code: str
    role: str
    expires_at: Milliseconds | None
    max_uses: int | None


class NewPassword(Struct, frozen=True):
    """It is shown this once and kept nowhere."""

    name: str
    password: str


class Carried(Struct, frozen=True):
    """It was done."""

    sentence: str


class Kept(Struct, frozen=True):
    """A ban with names in it."""

    name: str | None
    """None where an address is kept out."""
    ban: Ban


class KeptOut(Struct, frozen=True):
    """Newest first."""

    bans: tuple[Kept, ...]


class Owned(Struct, frozen=True):
    """What one person has attached and not taken back."""

    name: str
    files: int
    size: int
    """Bytes."""


class FilesHere(Struct, frozen=True):
    """Whoever has the most first. What several people have attached lies on the disk once."""

    contents: int
    size: int
    """Bytes, on the disk."""
    people: tuple[Owned, ...]


class Entry(Struct, frozen=True):
    """An entry of the audit log with names in it."""

    id: int
    at: Milliseconds
    actor: str | None
    """None for the command line."""
    action: str
    person: str | None
    channel: str | None
    detail: str


class Log(Struct, frozen=True):
    """Newest first."""

    entries: tuple[Entry, ...]


RESULTS: dict[type[AnyOrder], type[Struct]] = {
    ListPeople: People,
    MakeInvite: Invited,
    GiveRole: Carried,
    ResetPassword: NewPassword,
    BanSomebody: Carried,
    UnbanSomebody: Carried,
    ListBans: KeptOut,
    ListFiles: FilesHere,
    ReadAudit: Log,
}
"""What each order comes to."""
