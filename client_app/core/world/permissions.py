"""What I may do, by what is known and by the clock, and why not in words; `shared.rights.may` decides."""

from collections.abc import Callable

from client_app.core.world import clock
from shared.entities import Block, Channel, Role
from shared.rights import OWNER, Standing, may, may_invite_to, outranks
from shared.types import ChannelId, ChannelKind, Milliseconds, Permission, UserId

from .state import State


class Permissions:
    """Answers about this moment. Nobody may do anything while nobody is logged in."""

    def __init__(self, state: Callable[[], State | None], now: Callable[[], Milliseconds] = clock.now) -> None:
        self._state = state
        self.now = now

    def may(self, permission: Permission, channel_id: ChannelId | None = None) -> bool:
        """Whether I may do this, in this channel or on the whole server."""
        if (state := self._state()) is None:
            return False
        if channel_id is None:
            return may(self._me(state), permission)
        channel = state.channels.get(channel_id)
        return channel is not None and self.may_in(state, permission, channel)

    def may_in(self, state: State, permission: Permission, channel: Channel) -> bool:
        """Whether I may do this in a channel."""
        return may(self._me(state), permission, channel)

    def outranks(self, user_id: UserId) -> bool:
        """Whether I may act on this person, where I have the permission."""
        state = self._state()
        if state is None or user_id == state.me.id or user_id not in state.users:
            return False
        now = self.now()
        return outranks(state.standing(state.me.id, now), state.standing(user_id, now).role)

    def may_act_on(self, permission: Permission, user_id: UserId) -> bool:
        """Whether I may do this to this person."""
        return self.may(permission) and self.outranks(user_id)

    def roles_i_may_give(self) -> tuple[Role, ...]:
        """The roles that I may give to people, the highest first; the owner may give ownership away."""
        state = self._state()
        if state is None or not self.may(Permission.MANAGE_ROLES):
            return ()
        is_owner = self._me(state).role.id == OWNER
        return ((state.roles[OWNER],) if is_owner and OWNER in state.roles else ()) + self.roles_below_mine()

    def roles_below_mine(self) -> tuple[Role, ...]:
        """The roles that rank below mine, the highest first."""
        if (state := self._state()) is None:
            return ()
        roles = [role for role in state.roles.values() if outranks(self._me(state), role)]
        return tuple(sorted(roles, key=lambda role: (-role.rank, role.name.casefold())))

    def roles_i_may_invite_to(self) -> tuple[Role, ...]:
        """The roles that an invite of mine may give, the highest first."""
        if (state := self._state()) is None:
            return ()
        return tuple(role for role in self.roles_below_mine() if may_invite_to(self._me(state), role))

    def block_of(self, user_id: UserId) -> Block | None:
        """What I do not want to hear of this person; None where I want to hear everything."""
        state = self._state()
        return state.block_of(user_id, self.now()) if state else None

    def is_blocked(self, user_id: UserId) -> bool:
        """Whether what this person says is hidden."""
        state = self._state()
        return state is not None and bool(state.blocks) and user_id in state.blocked(self.now())

    def why_not_write(self, state: State, channel: Channel) -> str:
        """A sentence for the place of the composer; empty where I may write."""
        me = self._me(state)
        if may(me, Permission.SEND_MESSAGES, channel):
            return ""
        if channel.is_archived:
            return "This channel is archived: nobody writes here any more."
        if not channel.has_member(me.user_id):
            return "You left this channel. Join it again to write here."
        if me.is_timed_out:
            return "You are timed out: until it ends you can read, and write in direct conversations."
        if channel.kind is not ChannelKind.GROUP and channel.is_read_only:
            return "This channel is read-only: only some people write here."
        return "You may not write here."

    def _me(self, state: State) -> Standing:
        return state.standing(state.me.id, self.now())
