"""The left pane: channels and direct messages, what they are called, and what is unread in them."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.entities import Channel
from shared.types import GENERAL, MAX_INTEGER, ChannelId, ChannelKind, Permission, UserId

from .state import State


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel as the left pane shows it."""

    channel_id: ChannelId
    title: str
    """Its name without `#`; of a direct one, the other person's."""
    kind: ChannelKind
    topic: str
    unread: int
    is_open: bool
    is_joined: bool
    is_online: bool
    """Of a direct one: whether the other person is there."""
    may_manage: bool
    """Whether I may rename it and set its topic."""
    other_id: UserId | None = None
    """Of a direct one: the other person, or I myself where it holds my notes."""


class ChannelList:
    """The channels in the order in which they are drawn. Computed anew from the state each time it is asked."""

    def __init__(self, state: Callable[[], State | None], open_channel: Callable[[], ChannelId | None]) -> None:
        self._state = state
        self._open_channel = open_channel

    def joined(self) -> tuple[ChannelRow, ...]:
        """The public channels that I hear, `general` first."""
        return self._public(is_joined=True)

    def available(self) -> tuple[ChannelRow, ...]:
        """The public channels that I have left."""
        return self._public(is_joined=False)

    def directs(self) -> tuple[ChannelRow, ...]:
        """The direct channels in which something was said, or which are open; the most recent first."""
        if (state := self._state()) is None:
            return ()
        direct = [
            channel
            for channel in state.channels.values()
            if channel.kind is ChannelKind.DIRECT and (channel.last_seq or channel.id == self._open_channel())
        ]
        direct.sort(key=lambda channel: (channel.last_message_id or MAX_INTEGER, channel.id), reverse=True)
        return tuple(self._row(state, channel) for channel in direct)

    def row(self, channel_id: ChannelId) -> ChannelRow | None:
        """One channel; None where there is no such channel."""
        state = self._state()
        channel = state.channels.get(channel_id) if state else None
        return self._row(state, channel) if state and channel else None

    def in_order(self) -> tuple[ChannelRow, ...]:
        """All that the left pane shows, from top to bottom."""
        return self.joined() + self.directs()

    def unread(self) -> int:
        """How many messages are unread in all."""
        return sum(row.unread for row in self.in_order())

    def named(self, name: str) -> ChannelRow | None:
        """The public channel of this name, with or without `#`, whatever its case."""
        wanted = name.strip().lstrip("#").casefold()
        return next((row for row in self.joined() + self.available() if row.title.casefold() == wanted), None)

    def _public(self, *, is_joined: bool) -> tuple[ChannelRow, ...]:
        if (state := self._state()) is None:
            return ()
        public = [
            channel
            for channel in state.channels.values()
            if channel.kind is ChannelKind.PUBLIC and channel.has_member(state.me.id) is is_joined
        ]
        public.sort(key=lambda channel: (channel.id != GENERAL, channel.name.casefold()))
        return tuple(self._row(state, channel) for channel in public)

    def _row(self, state: State, channel: Channel) -> ChannelRow:
        is_direct = channel.kind is ChannelKind.DIRECT
        return ChannelRow(
            channel_id=channel.id,
            title=state.title(channel),
            kind=channel.kind,
            topic=channel.topic,
            unread=state.unread(channel.id),
            is_open=channel.id == self._open_channel(),
            is_joined=channel.has_member(state.me.id),
            is_online=is_direct and state.other(channel) in state.online,
            may_manage=state.may(Permission.MANAGE_CHANNELS, channel.id),
            other_id=state.other(channel) if is_direct else None,
        )
