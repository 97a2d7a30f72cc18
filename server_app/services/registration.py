"""Making an account: who may, what they become, and who waits for approval."""

from typing import NamedTuple

from server_app.context import Context
from server_app.storage import accounts, invites
from server_app.storage.newcomers import number_of_uninvited
from shared import names
from shared.errors import Conflict, Forbidden, Refusal
from shared.moderation import Invite
from shared.requests import Register
from shared.rights import MEMBER, OWNER
from shared.types import Registration, RoleId

from .invites import usable_invite
from .kept_out import require_open
from .newcomers import announce, must_wait, welcome
from .policy import rules
from .sessions import Opened, open_session


class Applicant(NamedTuple):
    """Somebody who may have an account."""

    name: str
    name_key: str


class Entry(NamedTuple):
    """How somebody comes in."""

    role_id: RoleId
    invite: Invite | None = None
    must_wait: bool = False


# --- worker, hasher, writer -------------------------------------------------------------------------------------------


def judge_applicant(context: Context, request: Register, _value: None) -> Applicant:
    """Whether this account may be made at all, before any work goes into its password."""
    name = names.user_name(request.name)
    names.check_password(request.password)
    applicant = Applicant(name, names.name_key(name))
    _entry(context, request, applicant)
    return applicant


def hash_new_password(context: Context, request: Register, applicant: Applicant) -> tuple[Applicant, str]:
    """The hash of the new account's password."""
    return applicant, context.house.hasher.hash(request.password)


def create_account(context: Context, request: Register, value: tuple[Applicant, str]) -> Opened | Refusal:
    """Make the account; tell everybody and open its first session, or tell those who let newcomers in.

    The refusal is the answer to somebody who has to wait; their account is made all the same.
    """
    applicant, password_hash = value
    # Once more, since others registered while the password was hashed; only the writer's word is final.
    entry = _entry(context, request, applicant)
    user = accounts.add_user(
        context.connection,
        name=applicant.name,
        name_key=applicant.name_key,
        role_id=entry.role_id,
        password_hash=password_hash,
        now=context.house.now(),
        is_pending=entry.must_wait,
    )
    if entry.invite is not None:
        now = context.house.clock.steady()
        is_counted = invites.use_invite(context.connection, entry.invite.code, user.id, now)
        assert is_counted, "it was judged in this very transaction"
    if entry.must_wait:
        announce(context, user.id)
        return must_wait(user.name)
    welcome(context, user)
    return open_session(context, user.id, request.device)


def _entry(context: Context, request: Register, applicant: Applicant) -> Entry:
    """How this person comes in. Raises where they may not.

    Whether a name is taken is told only to those who might have it: nobody learns from outside who is in.
    """
    require_open(context)
    count = accounts.number_of_users(context.connection)
    entry = _by_the_rules(context, request) if count else Entry(OWNER)
    if count >= context.house.settings.limits.accounts:
        raise Forbidden("This server is full: it takes no more accounts.")
    if accounts.name_is_taken(context.connection, applicant.name_key):
        raise Conflict(f"The name “{applicant.name}”, or one that looks like it, is taken.")
    return entry


def _by_the_rules(context: Context, request: Register) -> Entry:
    """How anybody but the first comes in."""
    policy = rules(context)
    if policy.is_raided:
        raise Forbidden("This server takes no new accounts at the moment. Try again later.")
    if policy.registration is Registration.CLOSED:
        raise Forbidden("This server takes no new accounts. Ask its owner.")
    if request.invite:
        invite = usable_invite(context, request.invite)
        return Entry(invite.role_id, invite, policy.needs_approval)
    if policy.registration is Registration.INVITE:
        raise Forbidden("This server takes new accounts by invitation only. Ask its owner for one.")
    most = context.house.settings.limits.waiting_newcomers
    if policy.needs_approval and number_of_uninvited(context.connection) >= most:
        raise Forbidden("Too many people wait for approval already. Try again later, or ask for an invite.")
    return Entry(MEMBER, must_wait=policy.needs_approval)
