"""Invite codes: making, listing, revoking and using them."""

import secrets
from collections.abc import Collection

from server_app.context import Context
from server_app.permissions import require_lower_role
from server_app.storage import invites
from server_app.storage.roles import all_roles, role, standings
from shared.entities import Role
from shared.errors import Forbidden, NotFound
from shared.moderation import Invite
from shared.requests import CreateInvite, InviteMade, Invites, ListInvites, Nothing, RevokeInvite
from shared.rights import GUEST, Standing, may, may_invite_to
from shared.types import AuditAction, Permission, RoleId, UserId

from .audit import note
from .spans import lasting

VOID = "This invite cannot be used: it is mistyped, used up, revoked or over. Ask for a new one."
"""For every code that opens nothing, so that nobody learns which codes there were."""
MOST_LISTED = 200

# Douglas Crockford's 32 digits: none looks like another, and no word comes of them that one would blush at.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_MEANT = str.maketrans("OIL", "011", " \t\u00a0-\u2010\u2011\u2012\u2013\u2014")
_GROUPS, _IN_GROUP = 5, 4
"""Of 5 bits each: 100 bits; 80 of them are hidden from those who read the first group in the audit log."""
_NO_INVITE = Invite(
    code="", role_id=GUEST, created_by=UserId(0), created_at=0, expires_at=None, max_uses=None, is_revoked=True
)


def new_code() -> str:
    """A code that nobody can guess, and that can be read out on the telephone: `7K3Q-9XW2-…`."""
    return _grouped("".join(secrets.choice(_DIGITS) for _ in range(_GROUPS * _IN_GROUP)))


def as_made(typed: str) -> str:
    """A code as it was made, whatever its case, spaces and hyphens, and with O for 0 and I or L for 1."""
    return _grouped(typed.upper().translate(_AS_MEANT))


def create_invite(context: Context, request: CreateInvite, _value: None) -> InviteMade:
    """Make an invite code for a role that the asking person may give by it."""
    given = require_lower_role(context.standing, role(context.connection, request.role_id))
    if not may_invite_to(context.standing, given):
        raise Forbidden("You can invite only to roles that may do nothing that you may not.")
    now = context.house.clock.steady()
    most = context.house.settings.limits.open_invites_per_account
    if invites.number_of_open_invites(context.connection, context.user_id, now) >= most:
        raise Forbidden(f"You have {most:.0f} open invites. Revoke one to make another.")
    made = Invite(
        code=new_code(),
        role_id=given.id,
        created_by=context.user_id,
        created_at=now,
        expires_at=None if request.seconds is None else now + request.seconds * 1000,
        max_uses=request.max_uses,
    )
    invites.add_invite(context.connection, made)
    detail = f"{_shown(made.code)} as {given.name}, {_uses(made.max_uses)}, {lasting(request.seconds)}"
    note(context, AuditAction.INVITE_CREATED, detail=detail)
    return InviteMade(invite=made)


def list_invites(context: Context, _request: ListInvites, _value: None) -> Invites:
    """One's own, and those of others that one may manage, newest first."""
    role_ids = _manageable(context.standing, all_roles(context.connection))
    return Invites(invites=invites.newest_invites(context.connection, context.me, role_ids, MOST_LISTED))


def revoke_invite(context: Context, request: RevokeInvite, _value: None) -> Nothing:
    """Let a code be used no more, where it stands in the asking person's list; harmless where it is over."""
    code = as_made(request.code)
    found = invites.invite(context.connection, code)
    manageable = _manageable(context.standing, all_roles(context.connection))
    if found is None or not (found.created_by == context.me or found.role_id in manageable):
        raise NotFound("There is no such invite.")
    if invites.revoke_invite(context.connection, code):
        note(context, AuditAction.INVITE_REVOKED, user_id=found.created_by, detail=_shown(code))
    return Nothing()


def usable_invite(context: Context, typed: str) -> Invite:
    """The invite of this code. Raises the same refusal, after the same work, for every code that opens nothing."""
    found = invites.invite(context.connection, as_made(typed)) or _NO_INVITE
    now = context.house.clock.steady()
    is_open = (
        not found.is_revoked
        and (found.expires_at is None or found.expires_at > now)
        and (found.max_uses is None or found.uses < found.max_uses)
    )
    if not (_counts(context, found) and is_open):
        raise Forbidden(VOID)
    return found


def _counts(context: Context, invite: Invite) -> bool:
    """Whether its maker could make it today.

    Who was banned, or may not give that role any more, would otherwise come back, or bring their friends, by codes
    that they laid by. Nothing is written for that, so the codes count again when the maker's rights are back. A timeout
    changes nothing: it silences a person, and takes nothing back.
    """
    given = role(context.connection, invite.role_id)
    maker_id = invite.created_by or UserId(0)
    maker = standings(context.connection, {maker_id}, context.house.clock.steady()).get(maker_id)
    if given is None:
        return False
    if maker is None:
        # Made on the server's command line, by whoever may do anything.
        return invite.created_by is None
    standing = maker._replace(is_timed_out=False)
    return may(standing, Permission.CREATE_INVITES) and may_invite_to(standing, given)


def _manageable(who: Standing, roles: Collection[Role]) -> set[RoleId]:
    """The roles for which this person may see others' codes: whoever sees a code can use it, so those they may give."""
    if not may(who, Permission.MANAGE_INVITES):
        return set()
    return {each.id for each in roles if may_invite_to(who, each)}


def _uses(count: int | None) -> str:
    if count is None:
        return "any number of uses"
    return "one use" if count == 1 else f"{count:,} uses"


def _grouped(digits: str) -> str:
    return "-".join(digits[start : start + _IN_GROUP] for start in range(0, len(digits), _IN_GROUP))


def _shown(code: str) -> str:
    """As it stands in the audit log: enough to tell it from others, too little to use it."""
    return f"{code[:_IN_GROUP]}-…"
