"""The right pane: who is in the open channel, under the names of their roles, and what I may do with each person."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.world import clock
from client_app.core.world.permissions import Permissions
from client_app.core.world.presence import Presence
from client_app.core.world.state import State
from shared.entities import Block, Role, Status, User
from shared.types import ChannelId, Milliseconds, Permission, UserId

LATEST: Milliseconds = 250_000_000_000_000
"""The year 9892, beyond which Python knows no dates."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person."""

    user_id: UserId
    name: str
    """What they are called: their display name, where they have one."""
    handle: str
    """The name by which they log in: what is typed behind `@` and in commands."""
    is_online: bool
    is_me: bool
    role: Role
    presence: Presence = Presence.OFFLINE
    status: Status | None = None
    """What they say that they are up to at this moment."""
    is_timed_out: bool = False
    """Whether they may only look on for a while."""
    is_banned: bool = False
    block: Block | None = None
    """What I do not want to hear of them; None where I want to hear everything."""

    def is_called(self, text: str) -> bool:
        """Whether one of their two names has this in it, whatever its case."""
        wanted = text.casefold()
        return wanted in self.name.casefold() or wanted in self.handle.casefold()


@dataclass(frozen=True, slots=True)
class RosterGroup:
    """People under one heading, by name. A group without people is left out."""

    title: str
    rows: tuple[RosterRow, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A person with all that I may do with them."""

    user_id: UserId
    name: str
    handle: str
    role: Role
    joined: datetime.datetime
    """When they made their account; local time, aware."""
    is_online: bool
    presence: Presence
    status: Status | None
    is_me: bool
    is_banned: bool
    timeout_until: datetime.datetime | None
    """Until then they may only look on; None where they are not timed out."""
    block: Block | None
    """What I do not want to hear of them."""
    may_message: bool
    may_mention: bool
    """Whether I may write their name into the open channel."""
    may_block: bool
    """Block and mute, and take it back."""
    may_time_out: bool
    may_kick: bool
    may_ban: bool
    """Ban, and take it back."""
    may_purge: bool
    may_clear: bool
    """Whether I may take away what they tell of themselves."""
    may_give_role: bool


class Roster:
    """The members of the open channel. Computed anew from the state each time it is asked."""

    def __init__(
        self,
        state: Callable[[], State | None],
        open_channel: Callable[[], ChannelId | None],
        permissions: Permissions | None = None,
    ) -> None:
        self._state = state
        self._open_channel = open_channel
        self._permissions = permissions or Permissions(state, clock.now)

    def groups(self) -> tuple[RosterGroup, ...]:
        """Those who are there under the name of their role, the highest first; then those who are not there."""
        state, channel_id = self._state(), self._open_channel()
        channel = state.channels.get(channel_id) if state and channel_id else None
        if state is None or channel is None:
            return ()
        members = [row for row in self.everybody() if channel.has_member(row.user_id)]
        roles = {row.role.id: row.role for row in members}.values()
        groups = [
            RosterGroup(_heading(role), tuple(row for row in members if row.is_online and row.role.id == role.id))
            for role in sorted(roles, key=lambda role: (-role.rank, role.name.casefold()))
        ]
        groups.append(RosterGroup("Offline", tuple(row for row in members if not row.is_online)))
        return tuple(group for group in groups if group.rows)

    def everybody(self) -> tuple[RosterRow, ...]:
        """Every person who may come here, by name."""
        return tuple(row for row in self.people() if not row.is_banned)

    def people(self) -> tuple[RosterRow, ...]:
        """Every person with an account, those who are banned among them, by name."""
        if (state := self._state()) is None:
            return ()
        now = self._permissions.now()
        rows = (self._row(state, user, now) for user in state.users.values())
        return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.user_id)))

    def named(self, name: str) -> RosterRow | None:
        """The person of this name, with or without `@`, whatever its case; also one who is banned.

        Nobody else has the name by which one logs in, so it comes before what people are called.
        """
        wanted, people = name.strip().lstrip("@").casefold(), self.people()
        by_handle = (row for row in people if row.handle.casefold() == wanted)
        return next(by_handle, None) or next((row for row in people if row.name.casefold() == wanted), None)

    def profile(self, user_id: UserId) -> Profile | None:
        """A person with what I may do with them; None where there is no such person."""
        state = self._state()
        user = state.users.get(user_id) if state else None
        if state is None or user is None:
            return None
        row, allowed = self._row(state, user, self._permissions.now()), self._permissions
        is_here = not user.is_banned
        return Profile(
            user_id=user.id,
            name=row.name,
            handle=row.handle,
            role=row.role,
            joined=_local(user.created_at),
            is_online=row.is_online,
            presence=row.presence,
            status=row.status,
            is_me=row.is_me,
            is_banned=user.is_banned,
            timeout_until=_local(user.timeout_until) if row.is_timed_out else None,
            block=row.block,
            may_message=is_here and self._may_message(state, user.id),
            may_mention=is_here and not row.is_me and self._may_mention(state),
            may_block=not row.is_me,
            may_time_out=is_here and allowed.may_act_on(Permission.TIME_OUT_PEOPLE, user.id),
            may_kick=is_here and allowed.may_act_on(Permission.KICK_PEOPLE, user.id),
            may_ban=allowed.may_act_on(Permission.BAN_PEOPLE, user.id),
            may_purge=allowed.may_act_on(Permission.PURGE_MESSAGES, user.id),
            may_clear=is_here and allowed.may_act_on(Permission.TIME_OUT_PEOPLE, user.id),
            may_give_role=is_here and allowed.may_act_on(Permission.MANAGE_ROLES, user.id),
        )

    def _may_message(self, state: State, user_id: UserId) -> bool:
        is_begun = user_id == state.me.id or state.direct_with(user_id) is not None
        return is_begun or self._permissions.may(Permission.WRITE_DIRECTLY)

    def _may_mention(self, state: State) -> bool:
        channel = state.channels.get(self._open_channel() or ChannelId(0))
        return channel is not None and not self._permissions.why_not_write(state, channel)

    @staticmethod
    def _row(state: State, user: User, now: Milliseconds) -> RosterRow:
        # Asked of thousands whenever somebody comes or goes, so what few have is asked of those alone.
        user_id, standing = user.id, state.standing(user.id, now)
        return RosterRow(
            user_id=user_id,
            name=user.display_name or user.name,
            handle=user.name,
            is_online=user_id in state.online,
            is_me=user_id == state.me.id,
            role=standing.role,
            presence=state.presence_of(user_id),
            status=state.status_of(user_id, now) if user_id in state.statuses else None,
            is_timed_out=standing.is_timed_out,
            is_banned=user.is_banned,
            block=state.block_of(user_id, now) if user_id in state.blocks else None,
        )


def _heading(role: Role) -> str:
    return role.name[:1].upper() + role.name[1:]


def _local(moment: Milliseconds) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(min(moment, LATEST) / 1000, datetime.UTC).astimezone()
