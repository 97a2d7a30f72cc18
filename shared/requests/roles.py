"""Roles: making, changing, removing and giving them."""

from msgspec import Struct

from shared.types import Permission, Rank, RoleId, RoleName, UserId

from .asking import Nothing, Request


class RoleMade(Struct, frozen=True):
    """The role that was created."""

    role_id: RoleId


class CreateRole(Request[RoleMade], frozen=True, kw_only=True):
    """Make a role of a rank below one's own, with permissions that one has."""

    name: RoleName
    rank: Rank
    permissions: tuple[Permission, ...] = ()


class ChangeRole(Request[Nothing], frozen=True, kw_only=True):
    """Set a role's name, rank and permissions. A built-in one keeps its name and rank; the owner's keeps everything."""

    role_id: RoleId
    name: RoleName
    rank: Rank
    permissions: tuple[Permission, ...]


class RemoveRole(Request[Nothing], frozen=True, kw_only=True):
    """Remove a role that is not built in; its people become members."""

    role_id: RoleId


class GiveRole(Request[Nothing], frozen=True, kw_only=True):
    """Give a person of lower rank another role below one's own. The owner may give ownership away."""

    user_id: UserId
    role_id: RoleId
