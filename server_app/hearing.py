"""Who hears and sees which channel: an index kept from the very events that say so, and from what roles may do."""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from shared.entities import Channel, Role, User
from shared.events import (
    AnyEvent,
    ChannelChanged,
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelRemoved,
    RoleChanged,
    RoleRemoved,
    UserChanged,
    UserRegistered,
)
from shared.rights import Standing, may
from shared.types import ChannelId, ChannelKind, Permission, RoleId, UserId

from .audiences import Audience, ToUsers, ToViewers

NOBODY = UserId(0)


@dataclass(slots=True)
class _Room:
    rules: Channel
    """The channel; its people are kept beside it, where they are found at once."""
    people: set[UserId]
    """Of a public channel those who left it; of any other those who were told of it, which is not everybody who is in
    it: whoever was brought in by somebody whom they block is told nothing."""


@dataclass(frozen=True, slots=True)
class Hearers:
    """Who hears a channel, said in the shorter way."""

    only: Collection[UserId] | None
    """These; None for all but the following."""
    without: Container[UserId] = ()
    blind: Container[RoleId] = ()
    """The people of these roles may not see the channel."""


class Hearing:
    """Not thread-safe on purpose: the hub asks it under its own lock."""

    def __init__(self, users: Iterable[User], roles: Iterable[Role], channels: Iterable[Channel]) -> None:
        self._roles = {role.id: role for role in roles}
        self._role_ids = {user.id: user.role_id for user in users}
        self._rooms: dict[ChannelId, _Room] = {}
        for channel in channels:
            self._add(channel)

    def absorb(self, event: AnyEvent, audience: Audience) -> ChannelId | bool:  # noqa: PLR0911 -- one branch an event
        """Learn from an event and from whom it is for.

        The channel of which others hear from now on; True for any; False for none.
        """
        match event:
            case ChannelCreated(channel=channel):
                self._show(channel, audience)
                return channel.id
            case ChannelRemoved(channel_id=channel_id):
                if isinstance(audience, ToViewers):
                    # For all who saw it: it was deleted.
                    self._rooms.pop(channel_id, None)
                return channel_id
            case ChannelJoined(channel_id=channel_id, user_id=user_id):
                room = self._rooms[channel_id]
                if room.rules.kind is ChannelKind.PUBLIC:
                    room.people.discard(user_id)
                return channel_id
            case ChannelLeft(channel_id=channel_id, user_id=user_id):
                room = self._rooms[channel_id]
                if room.rules.kind is ChannelKind.PUBLIC:
                    room.people.add(user_id)
                else:
                    room.people.discard(user_id)
                return channel_id
            case ChannelChanged(channel_id=channel_id, overrides=overrides):
                room = self._rooms[channel_id]
                room.rules = replace(room.rules, overrides=overrides)
                return channel_id
            case UserRegistered(user=user) | UserChanged(user=user):
                self._role_ids[user.id] = user.role_id
                return True
            case RoleChanged(role=role):
                self._roles[role.id] = role
                return True
            case RoleRemoved(role_id=role_id):
                self._roles.pop(role_id, None)
                return True
        return False

    def knows(self, channel_id: ChannelId) -> bool:
        """Whether there is such a channel."""
        return channel_id in self._rooms

    def hearers(self, channel_id: ChannelId) -> Hearers:
        """Whose devices are told what is said in a channel."""
        room = self._rooms[channel_id]
        if room.rules.kind is not ChannelKind.PUBLIC:
            return Hearers(room.people)
        return Hearers(None, room.people, self._blind(room.rules))

    def viewers(self, channel_id: ChannelId) -> Hearers:
        """Whose devices know of a channel: also those of people who left it."""
        room = self._rooms[channel_id]
        if room.rules.kind is not ChannelKind.PUBLIC:
            return Hearers(room.people)
        return Hearers(None, (), self._blind(room.rules))

    def role_id(self, user_id: UserId) -> RoleId:
        """What somebody is."""
        return self._role_ids[user_id]

    def roles_with(self, permission: Permission) -> set[RoleId]:
        """The roles that have a permission on the whole server."""
        return {role.id for role in self._roles.values() if may(Standing(NOBODY, role), permission)}

    def _blind(self, channel: Channel) -> set[RoleId]:
        view = Permission.VIEW_CHANNELS
        return {role.id for role in self._roles.values() if not may(Standing(NOBODY, role), view, channel)}

    def _show(self, channel: Channel, audience: Audience) -> None:
        if channel.kind is ChannelKind.PUBLIC:
            self._add(channel)
            return
        told = set(audience.user_ids) if isinstance(audience, ToUsers) else set(channel.member_ids)
        known = self._rooms.get(channel.id)
        rules = replace(channel, member_ids=())
        self._rooms[channel.id] = _Room(rules, told if known is None else known.people | told)

    def _add(self, channel: Channel) -> None:
        people = channel.left_ids if channel.kind is ChannelKind.PUBLIC else channel.member_ids
        self._rooms[channel.id] = _Room(replace(channel, left_ids=(), member_ids=()), set(people))
