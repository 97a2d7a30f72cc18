"""Making an account, logging in to it, and changing its password."""

from dataclasses import dataclass
from typing import NamedTuple

from server_app.addresses import address_key
from server_app.audiences import Everyone, ToSession
from server_app.context import Context
from server_app.guard import Attempt
from server_app.storage import accounts, known_addresses, memberships
from server_app.storage import sessions as stored_sessions
from server_app.storage.accounts import Credentials
from shared import names
from shared.errors import Conflict, Forbidden, Unauthorized
from shared.events import SessionEnded, UserRegistered
from shared.requests import ChangePassword, Login, Nothing, Register
from shared.rights import MEMBER, OWNER
from shared.types import Registration, UserId

from .buckets import FAMILIAR_MS
from .kept_out import let_in_where_over, require_open
from .sessions import Opened, address_hash, open_session

WRONG = "Name or password is wrong."
"""For an unknown name and for a wrong password alike."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody who may have an account."""

    name: str
    name_key: str


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


# --- register: worker, hasher, writer ---------------------------------------------------------------------------------


def judge_newcomer(context: Context, request: Register, _value: None) -> Newcomer:
    """Whether this account may be made at all, before any work goes into its password."""
    require_open(context)
    name = names.user_name(request.name)
    names.check_password(request.password)
    newcomer = Newcomer(name, names.name_key(name))
    _require_room(context, newcomer)
    return newcomer


def hash_new_password(context: Context, request: Register, newcomer: Newcomer) -> tuple[Newcomer, str]:
    """The hash of the new account's password."""
    return newcomer, context.house.hasher.hash(request.password)


def create_account(context: Context, request: Register, value: tuple[Newcomer, str]) -> Opened:
    """Make the account, tell everybody, open its first session."""
    newcomer, password_hash = value
    require_open(context)
    # Once more, since others registered while the password was hashed; only the writer's word is final.
    is_first = _require_room(context, newcomer)
    role_id = OWNER if is_first else MEMBER
    now = context.house.now()
    user = accounts.add_user(
        context.connection,
        name=newcomer.name,
        name_key=newcomer.name_key,
        role_id=role_id,
        password_hash=password_hash,
        now=now,
    )
    memberships.read_all_public(context.connection, user.id)
    context.emit(UserRegistered(user=user), Everyone())
    return open_session(context, user.id, request.device)


def _require_room(context: Context, newcomer: Newcomer) -> bool:
    """Raises where the account may not be made; True where it is the first."""
    count = accounts.number_of_users(context.connection)
    registration = context.house.settings.registration
    if count and registration is Registration.CLOSED:
        raise Forbidden("This server takes no new accounts. Ask its owner.")
    if count and registration is Registration.INVITE:
        raise Forbidden("This server takes new accounts by invitation only. Ask its owner for one.")
    if count >= context.house.settings.limits.accounts:
        raise Forbidden("This server is full: it takes no more accounts.")
    if accounts.name_is_taken(context.connection, newcomer.name_key):
        raise Conflict(f"The name “{newcomer.name}”, or one that looks like it, is taken.")
    return count == 0


# --- log in: worker, hasher, writer -----------------------------------------------------------------------------------


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
    """Open a session, unless a ban keeps the person out, or the password was changed while it was being checked."""
    current = accounts.credentials_of(context.connection, checked.user_id).password_hash
    if current != checked.password_hash:
        raise Unauthorized(WRONG)
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
