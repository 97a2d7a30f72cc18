"""Carrying out what was asked on the command line, by the same services as what people ask, in one transaction."""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any, assert_never

from msgspec import Struct

from server_app.context import Context
from server_app.errands import OPERATOR
from server_app.permissions import require_lower
from server_app.services import accounts, audit, bans, invites, roles
from server_app.storage import accounts as stored_accounts
from server_app.storage import attachments as stored_attachments
from server_app.storage import audit as stored_audit
from server_app.storage import files as stored_files
from server_app.storage import newcomers as stored_newcomers
from server_app.storage import roles as stored_roles
from shared import names
from shared.entities import Role, User
from shared.errors import BadRequest, Forbidden, NotFound
from shared.limits import MAX_PAGE
from shared.requests import BanAddress, BanPerson, CreateInvite, FetchAudit, UnbanAddress, UnbanPerson
from shared.requests import GiveRole as AskGiveRole
from shared.requests import ListBans as AskBans
from shared.rights import OWNER
from shared.types import UserId

from .orders import (
    AnyOrder,
    BanSomebody,
    Carried,
    Entry,
    FilesHere,
    GiveRole,
    Invited,
    Kept,
    KeptOut,
    ListBans,
    ListFiles,
    ListPeople,
    Log,
    MakeInvite,
    NewPassword,
    Owned,
    People,
    Person,
    ReadAudit,
    ResetPassword,
    UnbanSomebody,
)

Hash = Callable[[str], str]

# Digits and letters of which none looks like another, so that it can be read out.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _IN_GROUP = 4, 5


def step(order: AnyOrder, hash_password: Hash) -> Callable[[Context], Struct]:  # noqa: PLR0911  # one branch an order
    """What the writer has to do for it; what takes long is done here and now."""
    match order:
        case ListPeople():
            return _list_people
        case MakeInvite():
            return partial(_make_invite, order)
        case GiveRole():
            return partial(_give_role, order)
        case ResetPassword():
            password = new_password()
            return partial(_reset_password, order, password, hash_password(password))
        case BanSomebody():
            return partial(_ban, order)
        case UnbanSomebody():
            return partial(_unban, order)
        case ListBans():
            return _list_bans
        case ListFiles():
            return _list_files
        case ReadAudit():
            return partial(_read_audit, order)
        case _:
            assert_never(order)


def new_password() -> str:
    """One that nobody can guess: 99 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _list_people(context: Context) -> People:
    role_names = {role.id: role.name for role in stored_roles.all_roles(context.connection)}
    online, now = set(context.house.online_ids()), context.house.clock.steady()
    people = [
        Person(
            id=user.id,
            name=user.name,
            role=role_names[user.role_id],
            created_at=user.created_at,
            timeout_until=user.timeout_until if user.timeout_until > now else None,
            is_banned=user.is_banned,
            is_pending=False,
            is_online=user.id in online,
        )
        for user in stored_accounts.all_users(context.connection)
    ]
    people += [
        Person(
            id=newcomer.user_id,
            name=newcomer.name,
            role=role_names[newcomer.role_id],
            created_at=newcomer.created_at,
            timeout_until=None,
            is_banned=False,
            is_pending=True,
            is_online=False,
        )
        for newcomer in stored_newcomers.newcomers(context.connection)
    ]
    return People(people=tuple(sorted(people, key=lambda person: person.id)))


def _make_invite(order: MakeInvite, context: Context) -> Invited:
    role = _role(context, order.role)
    if role.id == OWNER:
        raise Forbidden("Nobody is invited as the owner. Invite them, and then: admin role NAME owner")
    request = CreateInvite(role_id=role.id, seconds=order.seconds, max_uses=order.max_uses)
    made = invites.create_invite(context, request, None).invite
    return Invited(code=made.code, role=role.name, expires_at=made.expires_at, max_uses=made.max_uses)


def _give_role(order: GiveRole, context: Context) -> Carried:
    person, role = _person(context, order.name), _role(context, order.role)
    if person.role_id == role.id:
        return Carried(f"{person.name} is {role.name} already.")
    if role.id == OWNER:
        roles.hand_over(context, person)
        return Carried(f"{person.name} is the owner now; whoever was it is an admin.")
    _require_lower(context, person)
    roles.give_role(context, AskGiveRole(user_id=person.id, role_id=role.id), None)
    return Carried(f"{person.name} is {role.name} now.")


def _reset_password(order: ResetPassword, password: str, password_hash: str, context: Context) -> NewPassword:
    person = _person(context, order.name)
    accounts.reset_password(context, person, password_hash)
    return NewPassword(name=person.name, password=password)


def _ban(order: BanSomebody, context: Context) -> Carried:
    if not order.name:
        bans.ban_address(context, BanAddress(address=order.address, reason=order.reason, seconds=order.seconds), None)
        return Carried(f"From {order.address} nobody comes in any more.")
    person = _person(context, order.name)
    _require_lower(context, person)
    request = BanPerson(user_id=person.id, reason=order.reason, seconds=order.seconds, with_address=order.with_address)
    bans.ban_person(context, request, None)
    return Carried(f"{person.name} is banned.")


def _unban(order: UnbanSomebody, context: Context) -> Carried:
    if not order.name:
        bans.unban_address(context, UnbanAddress(address=order.address), None)
        return Carried(f"From {order.address} people may come in.")
    person = _person(context, order.name)
    bans.unban_person(context, UnbanPerson(user_id=person.id), None)
    return Carried(f"{person.name} may come in.")


def _list_bans(context: Context) -> KeptOut:
    people = _names(context)
    found = bans.list_bans(context, AskBans(), None).bans
    return KeptOut(bans=tuple(Kept(people.get(ban.user_id or UserId(0)), ban) for ban in found))


def _list_files(context: Context) -> FilesHere:
    known = {user.id: user.name for user in stored_accounts.all_users(context.connection)}
    number, size = stored_files.number_and_size(context.connection)
    people = tuple(
        Owned(name=known.get(owner_id, ""), files=count, size=total)
        for owner_id, count, total in stored_attachments.sums(context.connection)
    )
    return FilesHere(contents=number, size=size, people=people)


def _read_audit(order: ReadAudit, context: Context) -> Log:
    """All of it, also of channels that nobody but their members may see: whoever has the machine has the database."""
    people, channels = _names(context), stored_audit.channels_for(context.connection, None)
    channel_names = {channel.id: channel.name for channel in channels}
    entries: list[Entry] = []
    before_id, more = None, True
    while more and len(entries) < order.count:
        request = FetchAudit(text=order.text, before_id=before_id, limit=min(MAX_PAGE, order.count - len(entries)))
        page = audit.audit_page(context, request, None, channels)
        entries += [
            Entry(
                id=each.id,
                at=each.at,
                actor=_named(people, each.actor_id),
                action=each.action.value,
                person=_named(people, each.user_id),
                channel=_named(channel_names, each.channel_id),
                detail=each.detail,
            )
            for each in page.entries
        ]
        more = page.more
        before_id = page.entries[-1].id if page.entries else None
    return Log(entries=tuple(entries))


def _names(context: Context) -> dict[UserId, str]:
    return {user.id: user.name for user in stored_accounts.all_users(context.connection)}


def _named(known: dict[Any, str], number: int | None) -> str | None:
    """The name; the number of what is there no more."""
    return None if number is None else known.get(number) or f"#{number}"


def _person(context: Context, name: str) -> User:
    found = stored_accounts.credentials_by_name(context.connection, names.name_key(name))
    person = None if found is None else stored_accounts.user(context.connection, found.user_id)
    if person is None:
        raise NotFound(f"There is nobody called “{name}”. See: admin users")
    return person


def _role(context: Context, name: str) -> Role:
    every = stored_roles.all_roles(context.connection)
    key = names.name_key(name)
    for role in every:
        if names.name_key(role.name) == key:
            return role
    known = ", ".join(role.name for role in every)
    raise BadRequest(f"There is no role “{name}”. There are: {known}.")


def _require_lower(context: Context, person: User) -> None:
    if person.role_id == OWNER:
        raise Forbidden(f"{person.name} is the owner. Make somebody else the owner first: admin role NAME owner")
    standing = stored_roles.standings(context.connection, {person.id}, context.house.clock.steady())[person.id]
    require_lower(OPERATOR, standing, person.id)
