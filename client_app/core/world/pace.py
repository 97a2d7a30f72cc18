"""How long slow mode lets me write nothing more in a channel, as far as this computer knows."""

from collections.abc import Iterable

from shared.types import ChannelId, Milliseconds

from .state import State


class Pace:
    """When I wrote last in each channel, by this computer's clock."""

    def __init__(self) -> None:
        self._said_at: dict[ChannelId, Milliseconds] = {}

    def said(self, channel_id: ChannelId, now: Milliseconds) -> None:
        """I wrote something just now."""
        self._said_at[channel_id] = now

    def forget(self, channel_id: ChannelId) -> None:
        """The channel is not there any more."""
        self._said_at.pop(channel_id, None)

    def wait_until(self, state: State, channel_id: ChannelId, now: Milliseconds) -> Milliseconds:
        """Until when I may write nothing more in a channel, if slow mode concerns me; 0 where I need not wait."""
        channel, said_at = state.channels.get(channel_id), self._said_at.get(channel_id)
        if channel is None or said_at is None:
            return 0
        until = said_at + 1000 * channel.slow_seconds
        return until if until > now else 0

    def ends(self, state: State, now: Milliseconds) -> Iterable[Milliseconds]:
        """When each wait is over."""
        return [self.wait_until(state, channel_id, now) for channel_id in self._said_at]
