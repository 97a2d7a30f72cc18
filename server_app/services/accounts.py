"""Logging in to an account, and changing its password."""

from typing import NamedTuple

from server_app.addresses import address_key
from server_app.audiences import ToSession
from server_app.context import Context
from server_app.guard import Attempt
from server_app.storage import accounts, known_addresses
from server_app.storage import sessions as stored_sessions
from server_app.storage.accounts import Credentials
from shared import names
from shared.entities import User
from shared.errors import Conflict, Unauthorized
from shared.events import SessionEnded
from shared.requests import ChangePassword, Login, Nothing
from shared.types import AuditAction, UserId

from .audit import note
from .buckets import FAMILIAR_MS
from .kept_out import let_in_where_over, require_open
from .newcomers import require_let_in
from .sessions import Opened, address_hash, end_sessions, open_session

WRONG = "Name or password is wrong."
"""For an unknown name and for a wrong password alike."""


class Guess(NamedTuple):
    """Somebody who says that they know a password, and what it is to be checked against."""

    attempt: Attempt
    credentials: Credentials | None
    """None where nobody has the name."""


class Checked(NamedTuple):
    """Somebody who knew the password."""

    user_id: UserId
    password_hash: str
    new_hash: str | None
    """Of the same password at today's price, where that has risen since."""


# --- log in: inline, worker, hasher, writer ---------------------------------------------------------------------------


def look_ahead(context: Context, request: Login, _value: None) -> None:
    """Refuse at once what is to be refused for being too early: a flood of guesses must not keep the workers busy."""
    place = address_hash(context.address)
    context.house.guard.look_ahead(names.name_key(request.name), address_key(context.address), place)


def find_credentials(context: Context, request: Login, _value: None) -> Guess:
    """What the password is to be checked against, where it is not too early for another try."""
    require_open(context)
    name_key, database = names.name_key(request.name), context.connection
    found = accounts.credentials_by_name(database, name_key)
    since = context.house.clock.steady() - FAMILIAR_MS
    # Asked for nobody as well, so that time does not tell which names there are.
    is_familiar = known_addresses.is_known(
        database, found.user_id if found else None, address_hash(context.address), since
    )
    attempt = Attempt(name_key, address_key(context.address), is_familiar)
    context.house.guard.look(attempt)
    return Guess(attempt, found)


def check_login(context: Context, request: Login, guess: Guess) -> Checked:
    """Check the password, with the same work and the same answer whether or not anybody has the name."""
    hasher, found = context.house.hasher, guess.credentials
    context.house.guard.begin(guess.attempt)
    is_right = hasher.check(request.password, found.password_hash if found else None)
    if found is None or not is_right:
        raise Unauthorized(WRONG)
    context.house.guard.succeeded(guess.attempt)
    new_hash = hasher.hash(request.password) if hasher.is_outdated(found.password_hash) else None
    return Checked(found.user_id, found.password_hash, new_hash)


def admit(context: Context, request: Login, checked: Checked) -> Opened:
    """Open a session, unless a ban or the want of approval keeps the person out.

    While the password was being checked it may have been changed, and who waited may have been turned away.
    """
    current = accounts.current_hash(context.connection, checked.user_id)
    if current is None or current != checked.password_hash:
        raise Unauthorized(WRONG)
    require_let_in(context, checked.user_id)
    let_in_where_over(context, checked.user_id)
    if checked.new_hash:
        accounts.replace_password(context.connection, checked.user_id, current, checked.new_hash)
    return open_session(context, checked.user_id, request.device)


# --- change password: worker, hasher, writer --------------------------------------------------------------------------


def find_my_credentials(context: Context, request: ChangePassword, _value: None) -> Credentials:
    """What the old password is to be checked against."""
    names.check_password(request.new_password)
    return accounts.credentials_of(context.connection, context.me)


def check_and_hash(context: Context, request: ChangePassword, mine: Credentials) -> Checked:
    """Check the old password, where it is not too early for another try, and hash the new one."""
    # Who found an open window has a session and no password: there they are no more welcome to guess than outside.
    attempt = Attempt(f"the password of {context.me}", address_key(context.address), is_familiar=True)
    context.house.guard.begin(attempt)
    if not context.house.hasher.check(request.old_password, mine.password_hash):
        raise Unauthorized("Your present password is not that.")
    context.house.guard.succeeded(attempt)
    return Checked(mine.user_id, mine.password_hash, context.house.hasher.hash(request.new_password))


def set_password(context: Context, _request: ChangePassword, checked: Checked) -> Nothing:
    """Set the new password and end the person's other sessions."""
    assert checked.new_hash is not None, "the step before hashed the new password"
    if not accounts.replace_password(context.connection, checked.user_id, checked.password_hash, checked.new_hash):
        raise Conflict("Your password was changed elsewhere just now.")
    others = [
        each.id
        for each in stored_sessions.sessions_of(context.connection, context.me, context.session_id)
        if not each.is_current
    ]
    stored_sessions.delete_sessions(context.connection, others)
    # Whoever knew the old one may have logged in from anywhere.
    known_addresses.forget_others(context.connection, context.me, address_hash(context.address))
    for session_id in others:
        context.emit(SessionEnded(message="Your password was changed. Log in with the new one."), ToSession(session_id))
    return Nothing()


def reset_password(context: Context, person: User, new_hash: str) -> None:
    """Set the password of somebody who forgot theirs, and end all their sessions: for the owner of the machine."""
    old_hash = accounts.credentials_of(context.connection, person.id).password_hash
    accounts.replace_password(context.connection, person.id, old_hash, new_hash)
    known_addresses.forget_others(context.connection, person.id, address_hash="")
    ended = stored_sessions.session_ids_of(context.connection, person.id)
    end_sessions(context, ended, "Your password was reset. Log in with the new one.")
    note(context, AuditAction.PASSWORD_RESET, user_id=person.id)
