"""Who may come in: invite codes, newcomers who wait, and the rules of the house."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.limits import MAX_FILTERED_WORDS, MAX_INVITE_USES
from shared.moderation import Invite, LimitRow, Newcomer, Policy
from shared.rights import MEMBER
from shared.types import InviteCode, RoleId, Seconds, UserId, Words

from .asking import Nothing, Request


class InviteMade(Struct, frozen=True):
    """The invite that was created."""

    invite: Invite


class Invites(Struct, frozen=True):
    """Invites, newest first, with who used them."""

    invites: tuple[Invite, ...]


class Newcomers(Struct, frozen=True):
    """People who wait for approval, in the order in which they came."""

    newcomers: tuple[Newcomer, ...]


class Rules(Struct, frozen=True):
    """The rules of the house."""

    policy: Policy


class LimitTable(Struct, frozen=True):
    """Every limit of the server."""

    limits: tuple[LimitRow, ...]


class CreateInvite(Request[InviteMade], frozen=True, kw_only=True):
    """Make an invite code: for guests, members, or any role below one's own that may do nothing that one may not.

    It counts as long as its maker may still give that role.
    """

    role_id: RoleId = MEMBER
    seconds: Seconds | None = 7 * 24 * 60 * 60
    """How long it can be used; None for ever."""
    max_uses: Annotated[int, Meta(ge=1, le=MAX_INVITE_USES)] | None = 1
    """How many accounts it can make; None for any number."""


class ListInvites(Request[Invites], frozen=True, kw_only=True):
    """List the invites that one made, and with `manage_invites` all others to roles that one may give.

    At most the newest 200.
    """


class RevokeInvite(Request[Nothing], frozen=True, kw_only=True):
    """Let an invite code be used no more; harmless where it is over."""

    code: InviteCode


class ListNewcomers(Request[Newcomers], frozen=True, kw_only=True):
    """List who waits for approval."""


class ApproveNewcomer(Request[Nothing], frozen=True, kw_only=True):
    """Let somebody in who waits for it and is to have a role below one's own."""

    user_id: UserId


class RejectNewcomer(Request[Nothing], frozen=True, kw_only=True):
    """Turn somebody away who waits for approval and was to have a role below one's own; their name is free again."""

    user_id: UserId


class FetchPolicy(Request[Rules], frozen=True, kw_only=True):
    """Read the rules of the house."""


class SetPolicy(Request[Nothing], frozen=True, kw_only=True):
    """Set what is given of the rules of the house."""

    needs_approval: bool | None = None
    is_raided: bool | None = None
    filtered_words: Annotated[tuple[Words, ...], Meta(max_length=MAX_FILTERED_WORDS)] | None = None


class ListLimits(Request[LimitTable], frozen=True, kw_only=True):
    """List the limits of the server with their reasons."""
