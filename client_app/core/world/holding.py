"""What is kept of each channel on this computer, next to what the server says of it."""

from collections.abc import Callable, Sequence

from client_app.core.store import Messages
from shared.entities import Message
from shared.types import ChannelId, Rev, Seq

from .state import State, is_another


class Holding:
    """The messages on disk, and the newest of them by channel."""

    def __init__(self, messages: Messages, state: Callable[[], State], is_redacted: Callable[[Message], bool]) -> None:
        """`is_redacted` says whether a message came without its text, and should be had with it."""
        self.messages = messages
        self._state = state
        self._is_redacted = is_redacted
        self._newest = {channel_id: mark.last_seq for channel_id, mark in messages.marks().items()}

    def last_seq(self, channel_id: ChannelId) -> Seq:
        """The newest message of a channel, as the server says; 0 for a channel that is not there."""
        channel = self._state().channels.get(channel_id)
        return channel.last_seq if channel else 0

    def last_rev(self, channel_id: ChannelId) -> Rev:
        """The newest change in a channel, as the server says."""
        channel = self._state().channels.get(channel_id)
        return channel.last_rev if channel else 0

    def kept_seq(self, channel_id: ChannelId) -> Seq:
        """The newest message that is here of a channel; 0 where there is none."""
        return self._newest.get(channel_id, 0)

    def last_to_show(self, channel_id: ChannelId, *, is_online: bool) -> Seq:
        """The newest message that can be had: without a connection, the newest one that is here."""
        last_seq = self.last_seq(channel_id)
        return last_seq if is_online else min(last_seq, self.kept_seq(channel_id))

    def is_another(self, channel_id: ChannelId, before: State, rev: Rev) -> bool:
        """Whether the server knows less of a channel than is known here, up to `rev`: a backup was restored."""
        old, new = before.channels.get(channel_id), self._state().channels.get(channel_id)
        return is_another(old, new, self.kept_seq(channel_id), rev)

    def keep(self, channel_id: ChannelId, messages: Sequence[Message], rev: Rev) -> None:
        """Keep messages of a channel that is known up to `rev`."""
        with_text = [message for message in messages if not self._is_redacted(message)]
        self.messages.put(channel_id, with_text, rev)
        newest = max((message.seq for message in messages), default=0)
        self._newest[channel_id] = max(newest, self.kept_seq(channel_id))

    def drop(self, channel_id: ChannelId) -> None:
        """Forget a channel."""
        self.messages.drop(channel_id)
        self._newest.pop(channel_id, None)
