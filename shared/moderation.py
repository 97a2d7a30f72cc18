"""What those see who keep the house: invites, newcomers, bans, reports, the audit log, the rules, the limits."""

from msgspec import Struct

from .types import (
    AuditAction,
    AuditId,
    ChannelId,
    InviteCode,
    KeptBody,
    Milliseconds,
    Registration,
    ReportId,
    RoleId,
    Seq,
    UserId,
)


class Invite(Struct, frozen=True):
    """A code with which somebody may make an account."""

    code: InviteCode
    role_id: RoleId
    """What whoever uses it becomes."""
    created_by: UserId | None
    """None where it was made on the server's command line."""
    created_at: Milliseconds
    expires_at: Milliseconds | None
    """None for never."""
    max_uses: int | None
    """None for any number."""
    uses: int = 0
    """How many accounts were made with it; also those that wait for approval, and those that were turned away."""
    used_by: tuple[UserId, ...] = ()
    """Who came in with it."""
    is_revoked: bool = False


class Newcomer(Struct, frozen=True):
    """Somebody who made an account and waits for approval."""

    user_id: UserId
    name: str
    created_at: Milliseconds
    role_id: RoleId
    """What they will be; whoever lets them in outranks it."""
    invited_by: UserId | None = None


class Ban(Struct, frozen=True):
    """A person or an address that is kept out."""

    user_id: UserId | None
    address: str
    """Empty where a person is kept out, wherever they are."""
    reason: str
    created_by: UserId | None
    """None where it was done on the server's command line."""
    created_at: Milliseconds
    until: Milliseconds | None
    """None for ever."""


class Report(Struct, frozen=True):
    """A message that somebody showed to the moderators, as it was then."""

    id: ReportId
    reporter_id: UserId
    author_id: UserId
    channel_id: ChannelId
    seq: Seq
    body: KeptBody
    said_at: Milliseconds
    reason: str
    created_at: Milliseconds
    closed_by: UserId | None = None
    closed_at: Milliseconds | None = None
    """None while nobody has decided."""
    outcome: str = ""


class AuditEntry(Struct, frozen=True):
    """Who did what to whom, and when. Nobody changes or removes it."""

    id: AuditId
    at: Milliseconds
    action: AuditAction
    actor_id: UserId | None
    """None for the server's command line."""
    user_id: UserId | None = None
    """To whom."""
    channel_id: ChannelId | None = None
    """Where."""
    detail: str = ""
    """What exactly, in words."""


class Policy(Struct, frozen=True):
    """The rules of the house."""

    registration: Registration
    """Set where the server is started."""
    needs_approval: bool = False
    """Whether newcomers wait until somebody lets them in."""
    is_raided: bool = False
    """Whether nobody new may join, whatever the rest says, until this is off again."""
    filtered_words: tuple[str, ...] = ()
    """Words with which no message in a channel is taken, whatever their case."""


class LimitRow(Struct, frozen=True):
    """A limit of the server: what it bounds, for whom, and why."""

    name: str
    value: float | None
    """None for no limit."""
    per: str
    reason: str
