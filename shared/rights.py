"""Who may do what: the built-in roles, and the one function that decides, for the server and for the window.

Each person has one role; a role is a name, a rank and a set of permissions. A channel can allow or deny some of them to
the people of a role. Rank says who may act on whom: only on people, and with roles, of a lower rank than one's own.
"""

from typing import NamedTuple

from .entities import Channel, Role
from .types import GENERAL, ChannelKind, Permission, RoleId, UserId


class Builtin(NamedTuple):
    """A role that every server has and that cannot be removed."""

    role: Role
    sentence: str


OWNER, ADMIN, MODERATOR, MEMBER, GUEST = (RoleId(number) for number in range(1, 6))

CHANNEL_PERMISSIONS = (
    Permission.VIEW_CHANNELS,
    Permission.SEND_MESSAGES,
    Permission.ATTACH_FILES,
    Permission.SEND_IN_READ_ONLY,
    Permission.BYPASS_SLOW_MODE,
    Permission.DELETE_MESSAGES,
    Permission.PIN_MESSAGES,
    Permission.MENTION_EVERYBODY,
    Permission.ADD_MEMBERS,
    Permission.MANAGE_CHANNELS,
)
"""Those that a channel can allow or deny to a role; all others hold for the whole server."""

_GUEST = frozenset({Permission.SEND_MESSAGES, Permission.ATTACH_FILES})
_MEMBER = _GUEST | {
    Permission.VIEW_CHANNELS,
    Permission.WRITE_DIRECTLY,
    Permission.CREATE_CHANNELS,
    Permission.CREATE_PRIVATE_CHANNELS,
}
_MODERATOR = _MEMBER | {
    Permission.SEND_IN_READ_ONLY,
    Permission.BYPASS_SLOW_MODE,
    Permission.DELETE_MESSAGES,
    Permission.ADD_MEMBERS,
    Permission.CREATE_INVITES,
    Permission.APPROVE_NEWCOMERS,
    Permission.TIME_OUT_PEOPLE,
    Permission.KICK_PEOPLE,
    Permission.BAN_PEOPLE,
    Permission.PURGE_MESSAGES,
    Permission.HANDLE_REPORTS,
    Permission.PIN_MESSAGES,
    Permission.MENTION_EVERYBODY,
}


def _builtin(role_id: RoleId, name: str, rank: int, permissions: frozenset[Permission], sentence: str) -> Builtin:
    in_order = tuple(permission for permission in Permission if permission in permissions)
    return Builtin(Role(id=role_id, name=name, rank=rank, permissions=in_order), sentence)


BUILTIN = (
    _builtin(OWNER, "owner", 100, frozenset(Permission), "The first account. May do everything; nobody outranks them."),
    _builtin(ADMIN, "admin", 80, frozenset(Permission), "Runs the server with the owner."),
    _builtin(MODERATOR, "moderator", 60, _MODERATOR, "Keeps the peace."),
    _builtin(MEMBER, "member", 20, _MEMBER, "Whoever belongs to the group."),
    _builtin(GUEST, "guest", 10, _GUEST, "Is in #general, and in the channels that they are brought into."),
)
"""What a new server begins with. All but the owner's permissions can be changed."""


class Standing(NamedTuple):
    """Who asks, as far as it matters for what they may do."""

    user_id: UserId
    role: Role
    is_timed_out: bool = False
    """Whether they may only look on for a while."""
    is_banned: bool = False
    """Whether they are kept out, and may do nothing."""


def may(who: Standing, permission: Permission, channel: Channel | None = None) -> bool:
    """Whether this person may do this: in a channel where one is given, else on the server. THE decision.

    Whoever may not see a channel may do nothing in it, and whoever is banned nothing at all.
    """
    if who.is_banned:
        return False
    if channel is None:
        return permission in who.role.permissions and not who.is_timed_out
    sees = _sees(who, channel)
    if permission is Permission.VIEW_CHANNELS or not sees:
        return sees
    return _RULES[channel.kind](who, permission, channel)


def outranks(who: Standing, other: Role) -> bool:
    """Whether this person may act on people of that role, and give it. The owner's own role is given by nobody else."""
    return who.role.rank > other.rank


def may_invite_to(who: Standing, role: Role) -> bool:
    """Whether an invite of this person may give this role: a lower one, and nothing that they may not themselves.

    Otherwise whoever may invite could let themselves in anew, as somebody who may do more. Who becomes a member, or a
    guest, is what inviting is about.
    """
    has_all = who.role.id == OWNER or set(role.permissions) <= set(who.role.permissions)
    return outranks(who, role) and (role.id in (MEMBER, GUEST) or has_all)


def _sees(who: Standing, channel: Channel) -> bool:
    if channel.kind is not ChannelKind.PUBLIC:
        return channel.has_member(who.user_id)
    return channel.id == GENERAL or _granted(who, Permission.VIEW_CHANNELS, channel)


def _granted(who: Standing, permission: Permission, channel: Channel) -> bool:
    """What the channel says for this role, or else the role itself."""
    if who.role.id == OWNER:
        return True
    for override in channel.overrides:
        if override.role_id == who.role.id:
            if permission in override.deny:
                return False
            if permission in override.allow:
                return True
    return permission in who.role.permissions


def _may_in_direct(_who: Standing, permission: Permission, _channel: Channel) -> bool:
    """Two people write to each other, whatever else they may not."""
    return permission in (Permission.SEND_MESSAGES, Permission.ATTACH_FILES, Permission.PIN_MESSAGES)


_IN_GROUPS = (
    Permission.SEND_MESSAGES,
    Permission.ATTACH_FILES,
    Permission.PIN_MESSAGES,
    Permission.MENTION_EVERYBODY,
    Permission.MANAGE_CHANNELS,
    Permission.ADD_MEMBERS,
    Permission.BYPASS_SLOW_MODE,
)


def _may_in_group(who: Standing, permission: Permission, _channel: Channel) -> bool:
    """A few people have the same rights among themselves, whatever their roles."""
    return permission in _IN_GROUPS and not who.is_timed_out


def _may_in_channel(who: Standing, permission: Permission, channel: Channel) -> bool:
    if who.is_timed_out:
        return False
    if permission is Permission.SEND_MESSAGES:
        is_open = not channel.is_read_only or _may_in_channel(who, Permission.SEND_IN_READ_ONLY, channel)
        is_in_use = channel.has_member(who.user_id) and not channel.is_archived
        return is_open and is_in_use and _granted(who, permission, channel)
    is_theirs = channel.created_by == who.user_id and permission in _OF_WHOEVER_MADE_IT
    return is_theirs or _granted(who, permission, channel)


_OF_WHOEVER_MADE_IT = (
    Permission.MANAGE_CHANNELS,
    Permission.ADD_MEMBERS,
    Permission.SEND_IN_READ_ONLY,
    Permission.PIN_MESSAGES,
    Permission.MENTION_EVERYBODY,
)
_RULES = {
    ChannelKind.DIRECT: _may_in_direct,
    ChannelKind.GROUP: _may_in_group,
    ChannelKind.PUBLIC: _may_in_channel,
    ChannelKind.PRIVATE: _may_in_channel,
}
