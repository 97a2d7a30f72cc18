"""Roles: making, changing, removing and giving them, and what follows for who sees what."""

from collections.abc import Collection

from msgspec.structs import replace

from server_app.audiences import Everyone, ToRole, ToUsers
from server_app.context import Context
from server_app.permissions import require_lower_role
from server_app.storage import accounts, channel_rules, channels, roles
from shared import names
from shared.entities import Channel, Role, User
from shared.errors import BadRequest, Conflict, Forbidden, NotFound
from shared.events import RoleChanged, RoleRemoved, UserChanged
from shared.requests import ChangeRole, CreateRole, GiveRole, Nothing, RemoveRole, RoleMade
from shared.rights import ADMIN, BUILTIN, MEMBER, OWNER
from shared.types import AuditAction, ChannelId, Permission, RoleId

from .audit import note
from .channel_rules import tell_rules
from .sight import follow

_BUILTIN_IDS = {builtin.role.id for builtin in BUILTIN}


def create_role(context: Context, request: CreateRole, _value: None) -> RoleMade:
    """Make a role of a rank below one's own, with permissions that one has."""
    if len(roles.all_roles(context.connection)) >= context.house.settings.limits.roles:
        raise Forbidden("This server has as many roles as it can hold. Remove one that nobody needs any more.")
    _require_lower_rank(context, request.rank)
    permissions = _judged(context, request.permissions, known=())
    name, key = _free_name(context, request.name, None)
    made = roles.add_role(context.connection, name=name, name_key=key, rank=request.rank, permissions=permissions)
    context.emit(RoleChanged(role=made), Everyone())
    note(context, AuditAction.ROLE_CREATED, detail=_in_words(made))
    return RoleMade(role_id=made.id)


def change_role(context: Context, request: ChangeRole, _value: None) -> Nothing:
    """Set a role's name, rank and permissions; who sees other channels by it is told at once."""
    old = _own(context, request.role_id)
    name, key = _free_name(context, request.name, old.id)
    if old.id in _BUILTIN_IDS and (name, request.rank) != (old.name, old.rank):
        raise Forbidden(f"Every server has the role “{old.name}”: its name and rank stay as they are.")
    _require_lower_rank(context, request.rank)
    permissions = _judged(context, request.permissions, known=old.permissions)
    new = Role(id=old.id, name=name, rank=request.rank, permissions=permissions)
    if new == old:
        return Nothing()
    roles.change_role(context.connection, new, key)
    context.emit(RoleChanged(role=new), Everyone())
    follow(context, ToRole(new.id), old, new, [(each, each) for each in channels.public_channels(context.connection)])
    note(
        context,
        AuditAction.ROLE_CHANGED,
        detail=_in_words(new) if name == old.name else f"{old.name}, now {_in_words(new)}",
    )
    return Nothing()


def remove_role(context: Context, request: RemoveRole, _value: None) -> Nothing:
    """Remove a role that is not built in. Its people become members, and no channel speaks of it any more."""
    database = context.connection
    role = _own(context, request.role_id)
    if role.id in _BUILTIN_IDS:
        raise Forbidden(f"Every server has the role “{role.name}”.")
    member = _role(context, MEMBER)
    # Its people become members: whoever may not make somebody a member may not do so by this way either.
    require_lower_role(context.standing, member)
    before = {each.id: each for each in channels.public_channels(database)}
    after = dict(before)
    changed = [
        _without(context, channel_id, role.id)
        for channel_id in channel_rules.channels_with_overrides(database, role.id)
    ]
    after.update((each.id, each) for each in changed)
    people = roles.move_people(database, role.id, MEMBER)
    for person in people:
        context.emit(UserChanged(user=person), Everyone())
    follow(
        context,
        ToUsers(tuple(person.id for person in people)),
        role,
        member,
        [(old, after[channel_id]) for channel_id, old in before.items()],
    )
    for channel in changed:
        tell_rules(context, channel)
    roles.remove_role(database, role.id)
    context.emit(RoleRemoved(role_id=role.id), Everyone())
    note(context, AuditAction.ROLE_REMOVED, detail=role.name)
    return Nothing()


def give_role(context: Context, request: GiveRole, _value: None) -> Nothing:
    """Give a person of lower rank another role below one's own; or ownership, which then is one's own no more."""
    person = accounts.user(context.connection, request.user_id)
    if person is None:
        raise NotFound("There is no such person.")
    if request.role_id == person.role_id:
        return Nothing()
    if request.role_id == OWNER and context.standing.role.id == OWNER:
        hand_over(context, person)
        return Nothing()
    role = require_lower_role(context.standing, roles.role(context.connection, request.role_id))
    _give(context, person, role)
    note(context, AuditAction.ROLE_GIVEN, user_id=person.id, detail=role.name)
    return Nothing()


def hand_over(context: Context, person: User) -> None:
    """The one owner is another from now on, in one step, so that there is always exactly one."""
    if person.is_banned:
        raise Forbidden(f"{person.name} is banned from this server.")
    owners = accounts.users_with_role(context.connection, OWNER)
    # Nobody could let them speak again: nobody outranks the owner.
    _give(context, replace(person, timeout_until=0), _role(context, OWNER))
    for owner in owners:
        _give(context, owner, _role(context, ADMIN))
    note(context, AuditAction.ROLE_GIVEN, user_id=person.id, detail="owner")


def _give(context: Context, person: User, role: Role) -> None:
    before = _role(context, person.role_id)
    changed = accounts.change_user(context.connection, replace(person, role_id=role.id))
    context.emit(UserChanged(user=changed), Everyone())
    public = channels.public_channels(context.connection)
    follow(context, ToUsers((person.id,)), before, role, [(each, each) for each in public])


def _without(context: Context, channel_id: ChannelId, role_id: RoleId) -> Channel:
    """A channel that says nothing of this role any more."""
    channel = channels.channel(context.connection, channel_id)
    assert channel is not None, "it was found just now"
    changed = replace(channel, overrides=tuple(each for each in channel.overrides if each.role_id != role_id))
    channel_rules.set_rules(context.connection, changed)
    return changed


def _role(context: Context, role_id: RoleId) -> Role:
    found = roles.role(context.connection, role_id)
    assert found is not None, "everybody has a role that is there, and the built-in ones stay"
    return found


def _own(context: Context, role_id: RoleId) -> Role:
    """A role that this person may change. Raises `NotFound` and `Forbidden`."""
    if role_id == OWNER:
        raise Forbidden("The owner’s role stays as it is.")
    return require_lower_role(context.standing, roles.role(context.connection, role_id))


def _require_lower_rank(context: Context, rank: int) -> None:
    if rank >= context.standing.role.rank:
        raise Forbidden(f"Your own rank is {context.standing.role.rank}. Choose a lower one.")


def _judged(context: Context, wanted: Collection[Permission], known: Collection[Permission]) -> tuple[Permission, ...]:
    """The permissions in order. Raises `Forbidden` where some are new that this person does not have."""
    if set(wanted) - set(known) - set(context.standing.role.permissions):
        raise Forbidden("You can give others only permissions that you have yourself.")
    return tuple(each for each in Permission if each in wanted)


def _free_name(context: Context, typed: str, role_id: RoleId | None) -> tuple[str, str]:
    """A role's name and its key. Raises `BadRequest`, and `Conflict` where another role has it."""
    name = names.role_name(typed)
    key = names.name_key(name)
    if not key:
        raise BadRequest("A role’s name needs at least one letter or digit.")
    if roles.role_by_name(context.connection, key) not in (None, role_id):
        raise Conflict(f"There is a role “{name}” already, or one that looks like it.")
    return name, key


def _in_words(role: Role) -> str:
    permissions = " ".join(each.value for each in role.permissions) or "nothing"
    return f"{role.name}, rank {role.rank}: {permissions}"
