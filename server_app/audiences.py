"""Whom an event is for, said without knowing who is connected."""

from dataclasses import dataclass
from typing import Union

from shared.events import AnyEvent
from shared.types import ChannelId, Permission, RoleId, SessionId, UserId


@dataclass(frozen=True, slots=True)
class Everyone:
    """Every device of everybody."""


@dataclass(frozen=True, slots=True)
class ToUsers:
    """Every device of these people."""

    user_ids: tuple[UserId, ...]


@dataclass(frozen=True, slots=True)
class ToChannel:
    """Every device of those who are in this channel at that moment."""

    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class ToOthers:
    """Every device of those who are in this channel at that moment, but this person's own."""

    channel_id: ChannelId
    user_id: UserId


@dataclass(frozen=True, slots=True)
class ToViewers:
    """Every device of those who may see this channel at that moment, also of those who left it."""

    channel_id: ChannelId


@dataclass(frozen=True, slots=True)
class ToRole:
    """Every device of those who have this role at that moment."""

    role_id: RoleId


@dataclass(frozen=True, slots=True)
class ToPermitted:
    """Every device of those whose role has this permission at that moment."""

    permission: Permission


@dataclass(frozen=True, slots=True)
class ToSession:
    """The connections of one session."""

    session_id: SessionId


Audience = Union[Everyone, ToUsers, ToChannel, ToOthers, ToViewers, ToRole, ToPermitted, ToSession]
Fact = tuple[AnyEvent, Audience]
"""An event and whom it is for."""
