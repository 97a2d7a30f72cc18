"""Opening, resuming, listing and ending the sessions by which a device comes back without the password."""

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from server_app.addresses import address_key
from server_app.audiences import ToSession
from server_app.buckets import key_hash
from server_app.context import Context
from server_app.passwords import new_token, token_hash
from server_app.permissions import session_over
from server_app.storage import known_addresses, sessions
from shared.errors import NotFound
from shared.events import SessionEnded
from shared.requests import ListSessions, LogOut, Nothing, Resume, RevokeSession, Sessions
from shared.types import Milliseconds, SessionId, Token, UserId

from .kept_out import require_open
from .uploads import take_back_all

LIFETIME_MS: Milliseconds = 90 * 24 * 60 * 60 * 1000
"""A session that nobody used for so long is over; each use begins the time anew."""


class Opened(NamedTuple):
    """A session that stands in the database, about to be opened on a connection."""

    user_id: UserId
    session_id: SessionId
    token: Token


def open_session(context: Context, user_id: UserId, device: str) -> Opened:
    """Make a session with a new token; where a person has too many, the one that was away longest ends."""
    token = new_token()
    database = context.connection
    now, address = context.house.clock.steady(), address_key(context.address)
    session_id = sessions.add_session(
        database, user_id, token_hash=token_hash(token), device=device, address=address, now=now
    )
    place = address_hash(context.address)
    known_addresses.note(database, user_id, place, now)
    context.house.guard.know((place,))
    kept = context.house.settings.limits.sessions_per_account
    if kept < math.inf:
        surplus = sessions.surplus_sessions(database, user_id, int(kept))
        end_sessions(context, surplus, "You logged in on many other devices.")
    return Opened(user_id, session_id, token)


def address_hash(address: str) -> str:
    """What is kept of where somebody has logged in."""
    return key_hash(address_key(address))


def find_session(context: Context, request: Resume, _value: None) -> Opened:
    """The session that a token opens. Raises `Unauthorized`, and a refusal where a ban keeps somebody out."""
    since = context.house.clock.steady() - LIFETIME_MS
    found = sessions.session_by_token(context.connection, token_hash(request.token), since)
    if found is None:
        require_open(context)
        raise session_over()
    require_open(context, found.user_id)
    address = address_key(context.address)
    if address != found.address:
        context.house.whereabouts.note(found.session_id, address)
    return Opened(found.user_id, found.session_id, request.token)


def sign_in(context: Context, _request: object, opened: Opened) -> Opened:
    """Let the connection hear events, held back until its snapshot has gone out."""
    assert context.sign_in is not None, "only steps on the connection's own thread sign in"
    context.sign_in(opened.user_id, opened.session_id)
    return opened


def log_out(context: Context, _request: LogOut, _value: None) -> Nothing:
    """End the session that asks."""
    assert context.session_id is not None, "the route does not say that one must be logged in"
    sessions.delete_session(context.connection, context.me, context.session_id)
    if not sessions.session_ids_of(context.connection, context.me):
        # What no device of theirs goes on with.
        take_back_all(context, context.me)
    context.emit(SessionEnded(message="You logged out."), ToSession(context.session_id))
    return Nothing()


def list_sessions(context: Context, _request: ListSessions, _value: None) -> Sessions:
    """The person's sessions, newest first."""
    return Sessions(sessions=sessions.sessions_of(context.connection, context.me, context.session_id))


def revoke_session(context: Context, request: RevokeSession, _value: None) -> Nothing:
    """End one of the person's own sessions."""
    if not sessions.delete_session(context.connection, context.me, request.session_id):
        raise NotFound("You have no such session.")
    context.emit(SessionEnded(message="This session was ended from another device."), ToSession(request.session_id))
    return Nothing()


def expire_sessions(context: Context) -> None:
    """End sessions that nobody has used for too long, by a clock that there is no doubt about."""
    if not context.house.clock.is_settled:
        return
    before = context.house.clock.steady() - LIFETIME_MS
    end_sessions(context, sessions.expired_sessions(context.connection, before), session_over().message)


def note_in_use(context: Context, session_ids: tuple[SessionId, ...]) -> None:
    """Begin anew the time of sessions that are connected."""
    sessions.touch_sessions(context.connection, session_ids, context.house.clock.steady())


def store_whereabouts(context: Context, addresses: Mapping[SessionId, str]) -> None:
    """Note from where sessions were opened just now."""
    sessions.move_sessions(context.connection, addresses, context.house.clock.steady())


def end_sessions(context: Context, session_ids: Iterable[SessionId], message: str) -> None:
    """End these, with a sentence for the person."""
    session_ids = tuple(session_ids)
    sessions.delete_sessions(context.connection, session_ids)
    for session_id in session_ids:
        context.emit(SessionEnded(message=message), ToSession(session_id))
