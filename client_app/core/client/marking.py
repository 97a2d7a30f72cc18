"""What can be done to say how far one has read."""

from collections.abc import Callable

from client_app.core.signals import ChannelsChanged, Undoable
from client_app.core.timeline.new_line import New
from shared.errors import Refusal
from shared.requests import SetReceipts
from shared.types import ChannelId, Seq

from .receipts import Seen, seen
from .replying import Replying


class Marking(Replying):
    """A client that can mark messages as read and unread."""

    def saw(self, channel_id: ChannelId) -> None:
        """The newest message of a channel is in view of somebody; that reads it, unless it was marked as unread."""
        if self.session and not self.session.reading.is_held(channel_id):
            self._read_changed(self.session.reading.mark_read(channel_id))

    def came_back(self, channel_id: ChannelId) -> None:
        """Somebody is at the window again, with this channel before them."""
        if self.session:
            self.session.history.new_line.came_back(channel_id)
            self.tell()

    def mark_read(self, channel_id: ChannelId) -> None:
        """All of a channel is read, whether somebody has seen it or not; nothing in it is new any more."""
        if self.session and channel_id in self.session.state.channels:
            self._read_changed(self.session.reading.mark_read(channel_id))
            self.session.history.new_line.draw(channel_id)
            self.tell()

    def mark_unread(self, channel_id: ChannelId, seq: Seq) -> None:
        """A message and all that follow it are unread, until somebody comes back to the channel."""
        if self.session and self.session.reading.mark_unread(channel_id, seq):
            self.session.reading.hold(channel_id)
            self.session.history.new_line.draw(channel_id)
            self._read_changed(True)

    def mark_all_read(self) -> None:
        """Everything is read; `Undoable` offers to take it back."""
        session = self.session
        if session is None:
            return
        before = session.reading.mark_all_read()
        for channel_id in before:
            session.history.new_line.draw(channel_id)

        def undo() -> None:
            if self.session is session:
                session.reading.put_back(before)
                self._read_changed(True)

        count = len(before)
        if count:
            words = f"{count} channels are read." if count > 1 else "One channel is read."
            self._telling.emit(Undoable(words, undo))
        else:
            self.notice("There is nothing unread.")
        self._read_changed(True)

    def new(self, channel_id: ChannelId) -> New | None:
        """What was new in a channel when it was opened; None where nothing was, or it is marked as read."""
        return self.session.history.new_line.of(channel_id) if self.session else None

    def seen(self, channel_id: ChannelId) -> Seen | None:
        """The newest message of mine that the other person of a direct conversation has read; None where not known."""
        return seen(self.session, channel_id) if self.session else None

    def share_receipts(self, is_on: bool, refused: Callable[[Refusal], None] | None = None) -> None:
        """Let the other person of each direct conversation see how far I have read, and see it of them; or neither."""
        self.ask(SetReceipts(is_on=is_on), refused=refused)

    def _read_changed(self, is_changed: bool) -> None:
        if is_changed:
            self._telling.emit(ChannelsChanged())
            self.tell()
