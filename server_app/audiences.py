"""Whom an event is for, said without knowing who is connected."""

from dataclasses import dataclass
from typing import Union

from shared.events import AnyEvent
from shared.types import ChannelId, SessionId, UserId


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
class ToSession:
    """The connections of one session."""

    session_id: SessionId


Audience = Union[Everyone, ToUsers, ToChannel, ToSession]
Fact = tuple[AnyEvent, Audience]
"""An event and whom it is for."""
