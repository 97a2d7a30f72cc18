"""The right pane: who is in the open channel, and who of them is there."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.entities import Role
from shared.types import ChannelId, UserId

from .state import State


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person."""

    user_id: UserId
    name: str
    is_online: bool
    is_me: bool
    role: Role


@dataclass(frozen=True, slots=True)
class RosterGroup:
    """People under one heading, by name. A group without people is left out."""

    title: str
    rows: tuple[RosterRow, ...]


class Roster:
    """The members of the open channel. Computed anew from the state each time it is asked."""

    def __init__(self, state: Callable[[], State | None], open_channel: Callable[[], ChannelId | None]) -> None:
        self._state = state
        self._open_channel = open_channel

    def groups(self) -> tuple[RosterGroup, ...]:
        """Those who are there, then those who are not."""
        state, channel_id = self._state(), self._open_channel()
        channel = state.channels.get(channel_id) if state and channel_id else None
        if state is None or channel is None:
            return ()
        members = [row for row in self.everybody() if channel.has_member(row.user_id)]
        groups = (
            RosterGroup("Online", tuple(row for row in members if row.is_online)),
            RosterGroup("Offline", tuple(row for row in members if not row.is_online)),
        )
        return tuple(group for group in groups if group.rows)

    def everybody(self) -> tuple[RosterRow, ...]:
        """Every person with an account here, by name."""
        if (state := self._state()) is None:
            return ()
        rows = (
            RosterRow(
                user_id=user.id,
                name=user.name,
                is_online=user.id in state.online,
                is_me=user.id == state.me.id,
                role=state.standing(user.id).role,
            )
            for user in state.users.values()
        )
        return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.user_id)))

    def named(self, name: str) -> RosterRow | None:
        """The person of this name, with or without `@`, whatever its case."""
        wanted = name.strip().lstrip("@").casefold()
        return next((row for row in self.everybody() if row.name.casefold() == wanted), None)
