"""The message that is being answered in the open channel: begun, shown above the text, and given up."""

from client_app.core.client import Client
from client_app.core.timeline.timeline import QuoteState
from client_app.desktop.message_list.quotes import SAID_INSTEAD
from client_app.desktop.text import display_text
from shared.types import ChannelId, Seq

from .reply_strip import Answered
from .widget import Composer


class Replying:
    """Keeps the strip above the text in line with what the client knows."""

    def __init__(self, client: Client, composer: Composer) -> None:
        self._client, self._composer = client, composer
        self._channel_id: ChannelId | None = None

    def open(self, channel_id: ChannelId | None) -> None:
        """Another channel is open, or none."""
        self._channel_id = channel_id
        self.refresh()

    def begin(self, seq: Seq) -> None:
        """Answer this message."""
        if self._channel_id is not None:
            self._client.begin_reply(self._channel_id, seq)
            self.refresh()
            self._composer.focus_set()

    def hush(self) -> None:
        """Notify whoever is answered, or do so no more."""
        reply = self._client.reply(self._channel_id) if self._channel_id is not None else None
        if self._channel_id is not None and reply is not None:
            self._client.hush_reply(self._channel_id, is_silent=not reply.is_silent)
            self.refresh()

    def end(self) -> bool:
        """Answer nothing; whether something was being answered."""
        was_on = self._channel_id is not None and self._client.end_reply(self._channel_id)
        self.refresh()
        return was_on

    def refresh(self) -> None:
        """What is answered, or what is known of it, may be something else now."""
        self._composer.show_reply(self._answered())

    def _answered(self) -> Answered | None:
        channel_id = self._channel_id
        reply = self._client.reply(channel_id) if channel_id is not None else None
        quote = self._client.quote(channel_id, reply.seq) if channel_id is not None and reply is not None else None
        if reply is None or quote is None:
            return None
        if quote.state is not QuoteState.SHOWN:
            return Answered(f"Replying: {SAID_INSTEAD[quote.state]}", reply.is_silent, has_ping=False)
        is_own = self._client.me is not None and quote.author_id == self._client.me.id
        return Answered(f"Replying to {display_text(quote.author)}", reply.is_silent, has_ping=not is_own)
