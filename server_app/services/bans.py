"""Keeping people and addresses out, and letting them in again."""

from msgspec.structs import replace

from server_app.addresses import address_key, parsed
from server_app.audiences import Everyone, ToSession
from server_app.context import Context
from server_app.storage import accounts, bans, roles, sessions
from shared.errors import BadRequest, Forbidden, NotFound
from shared.events import SessionEnded, UserChanged
from shared.moderation import Ban
from shared.requests import BanAddress, BanPerson, Bans, ListBans, Nothing, UnbanAddress, UnbanPerson
from shared.rights import outranks
from shared.types import AuditAction, UserId

from .audit import note
from .fitting import FRAME_BUDGET, fit_page
from .kept_out import lift, why
from .sessions import store_whereabouts
from .spans import lasting
from .uploads import take_back_all

MOST_LISTED = 500


def ban_person(context: Context, request: BanPerson, _value: None) -> Nothing:
    """Keep a person out. Their sessions stay known, so that each of their devices is told why, and open nothing."""
    database = context.connection
    person = accounts.user(database, request.user_id)
    if person is None:
        raise NotFound("There is no such person.")
    address = _address_to_ban(context, person.id) if request.with_address else ""
    ban = _new_ban(context, person.id, "", request.reason, request.seconds)
    bans.add_ban(database, ban)
    changed = accounts.change_user(database, replace(person, is_banned=True))
    context.emit(UserChanged(user=changed), Everyone())
    take_back_all(context, person.id)
    for session_id in sessions.session_ids_of(database, person.id):
        context.emit(SessionEnded(message=why(ban)), ToSession(session_id))
    note(context, AuditAction.PERSON_BANNED, user_id=person.id, detail=_detail(request.seconds, request.reason))
    if address:
        _ban_address(context, address, request.reason, request.seconds)
    return Nothing()


def unban_person(context: Context, request: UnbanPerson, _value: None) -> Nothing:
    """Let a person come back; harmless where they are not banned."""
    person = accounts.user(context.connection, request.user_id)
    if person is not None and person.is_banned:
        lift(context, person)
        note(context, AuditAction.PERSON_UNBANNED, user_id=person.id)
    return Nothing()


def ban_address(context: Context, request: BanAddress, _value: None) -> Nothing:
    """Let nobody in from an address. Raises where that would lock out oneself, or people whom one does not outrank."""
    address = _typed(request.address)
    _require_far(context, address)
    _ban_address(context, address, request.reason, request.seconds)
    return Nothing()


def unban_address(context: Context, request: UnbanAddress, _value: None) -> Nothing:
    """Let people in from an address again; harmless where it is not banned."""
    address = _typed(request.address)
    if bans.remove_ban(context.connection, None, address):
        note(context, AuditAction.PERSON_UNBANNED, detail=f"the address {address}")
    return Nothing()


def list_bans(context: Context, _request: ListBans, _value: None) -> Bans:
    """Who is kept out, newest first, as far as one frame has room."""
    found, _more = fit_page(bans.newest_bans(context.connection, MOST_LISTED), MOST_LISTED, FRAME_BUDGET)
    return Bans(bans=tuple(found))


def _address_to_ban(context: Context, user_id: UserId) -> str:
    """From where a person came last. Raises `Forbidden` where that is not known, or should not be kept out."""
    _store_whereabouts(context)
    address = sessions.newest_address_of(context.connection, user_id)
    if not address:
        raise Forbidden("It is not known from where they came last. Ban them without their address.")
    _require_far(context, address)
    return address


def _require_far(context: Context, address: str) -> None:
    number = parsed(address.partition("/")[0])
    if number is None or number.is_loopback or number.is_unspecified:
        raise Forbidden("This is the server’s own address, which cannot be banned.")
    if address == address_key(context.address):
        raise Forbidden("This is your own address: you would lock yourself out.")
    _store_whereabouts(context)
    at_home = sessions.roles_at(context.connection, address)
    if not all(outranks(context.standing, role) for role in roles.all_roles(context.connection) if role.id in at_home):
        raise Forbidden("People come from this address whose role does not rank below yours.")


def _store_whereabouts(context: Context) -> None:
    """Before asking who is where: those who came back just now may not stand in the database yet."""
    store_whereabouts(context, context.house.whereabouts.take())


def _ban_address(context: Context, address: str, reason: str, seconds: int | None) -> None:
    bans.add_ban(context.connection, _new_ban(context, None, address, reason, seconds))
    note(context, AuditAction.PERSON_BANNED, detail=f"the address {address} {_detail(seconds, reason)}")


def _new_ban(context: Context, user_id: UserId | None, address: str, reason: str, seconds: int | None) -> Ban:
    now = context.house.clock.steady()
    until = None if seconds is None else now + seconds * 1000
    return Ban(user_id=user_id, address=address, reason=reason, created_by=context.user_id, created_at=now, until=until)


def _typed(address: str) -> str:
    """The form in which addresses are kept, from one that was typed or listed. Raises `BadRequest`."""
    plain = address.strip().removesuffix("/64")
    if parsed(plain) is None:
        raise BadRequest(f"“{address}” is not an address. Write one such as 203.0.113.7 or 2001:db8::1.")
    return address_key(plain)


def _detail(seconds: int | None, reason: str) -> str:
    return f"{lasting(seconds)}: {reason}" if reason else lasting(seconds)
