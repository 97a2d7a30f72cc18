"""People who made an account and wait to be let in."""

from server_app.audiences import Everyone, ToPermitted
from server_app.context import Context
from server_app.permissions import require_lower_role
from server_app.storage import memberships, newcomers, roles
from shared.entities import User
from shared.errors import Code, Forbidden, NotFound, Refusal
from shared.events import NewcomerSettled, NewcomerWaiting, UserRegistered
from shared.moderation import Newcomer
from shared.requests import ApproveNewcomer, ListNewcomers, Newcomers, Nothing, RejectNewcomer
from shared.types import AuditAction, Permission, UserId

from .audit import note
from .policy import rules

_THOSE_WHO_DECIDE = ToPermitted(Permission.APPROVE_NEWCOMERS)


def list_newcomers(context: Context, _request: ListNewcomers, _value: None) -> Newcomers:
    """Everybody who waits, in the order in which they came."""
    return Newcomers(newcomers=newcomers.newcomers(context.connection))


def approve_newcomer(context: Context, request: ApproveNewcomer, _value: None) -> Nothing:
    """Let somebody in, and tell everybody."""
    waiting = _waiting(context, request.user_id)
    if rules(context).is_raided:
        raise Forbidden("Nobody new joins while the raid switch is on. Turn it off first.")
    welcome(context, newcomers.let_in(context.connection, waiting.user_id))
    context.emit(NewcomerSettled(user_id=waiting.user_id), _THOSE_WHO_DECIDE)
    note(context, AuditAction.NEWCOMER_APPROVED, user_id=waiting.user_id)
    return Nothing()


def reject_newcomer(context: Context, request: RejectNewcomer, _value: None) -> Nothing:
    """Turn somebody away: their account is gone, and an invite that they used stays used."""
    waiting = _waiting(context, request.user_id)
    newcomers.turn_away(context.connection, waiting.user_id)
    context.emit(NewcomerSettled(user_id=waiting.user_id), _THOSE_WHO_DECIDE)
    # Not by the id, which may be somebody else's some day.
    note(context, AuditAction.NEWCOMER_REJECTED, detail=waiting.name)
    return Nothing()


def welcome(context: Context, user: User) -> None:
    """Tell everybody of somebody who is in from now on, and has nothing unread."""
    memberships.read_all_public(context.connection, user.id)
    context.emit(UserRegistered(user=user), Everyone())


def announce(context: Context, user_id: UserId) -> None:
    """Tell those who decide that somebody waits."""
    waiting = newcomers.newcomer(context.connection, user_id)
    assert waiting is not None, "the account was just made"
    context.emit(NewcomerWaiting(newcomer=waiting), _THOSE_WHO_DECIDE)


def must_wait(name: str) -> Refusal:
    """What somebody is told who made an account, and whenever they log in until they are let in."""
    sentence = f"Your account “{name}” is made. You can log in as soon as somebody of this server has let you in."
    return Refusal(sentence, code=Code.APPROVAL_PENDING)


def require_let_in(context: Context, user_id: UserId) -> None:
    """Raises where somebody, who has proved to be it, still waits."""
    waiting = newcomers.newcomer(context.connection, user_id)
    if waiting is not None:
        raise must_wait(waiting.name)


def _waiting(context: Context, user_id: UserId) -> Newcomer:
    """Somebody who waits, and on whom the asking person may decide."""
    found = newcomers.newcomer(context.connection, user_id)
    if found is None:
        raise NotFound("Nobody like that waits for approval. Perhaps somebody else has decided already.")
    # An invite to a high role is no way around those who may not give it.
    require_lower_role(context.standing, roles.role(context.connection, found.role_id))
    return found
