"""What is being answered in each channel: kept beside the draft, until it is sent or given up."""

from client_app.core.store import Reply
from client_app.core.store.replies import KeptReplies
from shared.types import ChannelId, Seq


class Replies:
    """At most one for each channel."""

    def __init__(self, kept: KeptReplies) -> None:
        self._kept = kept
        self._replies = kept.all()

    def of(self, channel_id: ChannelId) -> Reply | None:
        """What is being answered in a channel."""
        return self._replies.get(channel_id)

    def begin(self, channel_id: ChannelId, seq: Seq) -> None:
        """Answer this message from now on; whoever said it is to be notified, unless `hush` says no."""
        self._put(channel_id, Reply(seq))

    def hush(self, channel_id: ChannelId, *, is_silent: bool) -> None:
        """Notify, or do not, whoever is being answered."""
        if (reply := self.of(channel_id)) is not None:
            self._put(channel_id, Reply(reply.seq, is_silent))

    def end(self, channel_id: ChannelId) -> bool:
        """Answer nothing any more; whether something was being answered."""
        if self._replies.pop(channel_id, None) is None:
            return False
        self._kept.remove(channel_id)
        return True

    def _put(self, channel_id: ChannelId, reply: Reply) -> None:
        self._replies[channel_id] = reply
        self._kept.put(channel_id, reply)
