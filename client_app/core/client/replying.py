"""What can be done to answer a message."""

from client_app.core.store import Reply
from client_app.core.timeline.quote import Quote
from shared.types import ChannelId, ClientId, Seq

from .rooms import Rooms


class Replying(Rooms):
    """A client that can answer."""

    def reply(self, channel_id: ChannelId) -> Reply | None:
        """What the next message in a channel answers; None where it answers nothing."""
        return self.session.replies.of(channel_id) if self.session else None

    def begin_reply(self, channel_id: ChannelId, seq: Seq) -> None:
        """Let the next message in a channel answer this one."""
        if self.session and channel_id in self.session.state.channels:
            self.session.replies.begin(channel_id, seq)

    def hush_reply(self, channel_id: ChannelId, *, is_silent: bool) -> None:
        """Say whether whoever is being answered is to be notified."""
        if self.session:
            self.session.replies.hush(channel_id, is_silent=is_silent)

    def end_reply(self, channel_id: ChannelId) -> bool:
        """Let the next message in a channel answer nothing; whether that is news."""
        return self.session is not None and self.session.replies.end(channel_id)

    def quote(self, channel_id: ChannelId, seq: Seq) -> Quote | None:
        """A message as it is quoted; where it is not here yet, it is asked for and shown where it stands as a quote."""
        if self.session is None:
            return None
        self.session.history.quotes.want(channel_id, {seq})
        return self.session.history.timeline(channel_id).quote(seq)

    def retry_without_quote(self, client_id: ClientId) -> None:
        """Send a refused reply again, as a message that answers nothing."""
        if self.session:
            self.session.outbox.retry_without_quote(client_id)
            self.tell()
