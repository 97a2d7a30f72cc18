"""Judging at the door whether a ban keeps somebody out; what is over does not."""

from msgspec.structs import replace

from server_app.addresses import address_key
from server_app.audiences import Everyone
from server_app.context import Context
from server_app.storage import accounts, bans, sessions
from shared.entities import User
from shared.errors import Code, Refusal
from shared.events import UserChanged
from shared.moderation import Ban
from shared.types import UserId

from .spans import moment


def require_open(context: Context, user_id: UserId | None = None) -> None:
    """Raises where nobody may come in from this address, or where this person may not, who has proved to be it."""
    found = bans.bans_concerning(context.connection, user_id, address_key(context.address))
    now = context.house.clock.steady()
    for ban in found:
        if ban.until is None or ban.until > now:
            raise Refusal(why(ban), code=Code.BANNED)


def let_in_where_over(context: Context, user_id: UserId) -> None:
    """Lift the person's ban where its end has come. Raises the refusal where it has not."""
    require_open(context, user_id)
    person = accounts.user(context.connection, user_id)
    if person is not None and person.is_banned:
        lift(context, person)


def lift(context: Context, person: User) -> None:
    """Let a person come back, by their password: what was open before the ban stays closed."""
    database = context.connection
    bans.remove_ban(database, person.id)
    sessions.delete_sessions(database, sessions.session_ids_of(database, person.id))
    changed = accounts.change_user(database, replace(person, is_banned=False))
    context.emit(UserChanged(user=changed), Everyone())


def lift_what_is_over(context: Context) -> None:
    """Let those come back of whose bans the end has come."""
    for ban in bans.bans_over(context.connection, context.house.clock.steady()):
        person = None if ban.user_id is None else accounts.user(context.connection, ban.user_id)
        if person is None:
            bans.remove_ban(context.connection, ban.user_id, ban.address)
        else:
            lift(context, person)


def why(ban: Ban) -> str:
    """What somebody is told whom a ban keeps out."""
    whom = "You are" if ban.user_id is not None else "Your address is"
    until = "" if ban.until is None else f" until {moment(ban.until)}"
    reason = f" The reason that was given: “{ban.reason}”." if ban.reason else ""
    return f"{whom} banned from this server{until}.{reason}"
