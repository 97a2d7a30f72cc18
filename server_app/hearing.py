"""Who is in which channel: an index kept from the very events that say so."""

from collections.abc import Container, Iterable

from shared.entities import Channel
from shared.events import AnyEvent, ChannelCreated, ChannelJoined, ChannelLeft
from shared.types import ChannelId, ChannelKind, UserId


class Hearing:
    """For each public channel the people who left it, for each direct one the people who are in it.

    Not thread-safe on purpose: the hub asks it under its own lock.
    """

    def __init__(self, channels: Iterable[Channel]) -> None:
        self._left: dict[ChannelId, set[UserId]] = {}
        self._members: dict[ChannelId, tuple[UserId, ...]] = {}
        for channel in channels:
            self._add(channel)

    def absorb(self, event: AnyEvent) -> ChannelId | None:
        """Learn from an event; the channel whose people it changes."""
        match event:
            case ChannelCreated(channel=channel):
                self._add(channel)
                return channel.id
            case ChannelJoined(channel_id=channel_id, user_id=user_id):
                self._left[channel_id].discard(user_id)
                return channel_id
            case ChannelLeft(channel_id=channel_id, user_id=user_id):
                self._left[channel_id].add(user_id)
                return channel_id
        return None

    def members(self, channel_id: ChannelId) -> tuple[UserId, ...] | None:
        """Who is in a direct channel; None for a public one."""
        return self._members.get(channel_id)

    def left(self, channel_id: ChannelId) -> Container[UserId]:
        """Who left a public channel."""
        return self._left[channel_id]

    def _add(self, channel: Channel) -> None:
        if channel.kind is ChannelKind.DIRECT:
            self._members[channel.id] = channel.member_ids
        else:
            self._left[channel.id] = set(channel.left_ids)
