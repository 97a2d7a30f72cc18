"""What is pinned to a channel."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from client_app.core.actions import MessageAction
from client_app.core.client import Client
from client_app.core.timeline.timeline import Entry
from client_app.desktop.message_list import MessageEvents
from client_app.desktop.text import display_text
from client_app.desktop.toolkit import Root
from client_app.desktop.words.channel_words import channel_title
from shared.entities import Message
from shared.types import ChannelId, Permission

from .found import GO_TO, FoundMessages, ShowMessage, deed

TAKE_OFF = deed("take-off", "Unpin", "P", "cross")


class PinsDialog(FoundMessages):
    """The newest pin is at the top."""

    empty = "Nothing is pinned here. Choose “Pin” in the menu of a message that everybody shall find again."

    def __init__(
        self,
        root: Root,
        client: Client,
        show_message: ShowMessage,
        channel_id: ChannelId,
        contents: MessageEvents,
    ) -> None:
        self.channel_id = channel_id
        row = client.channels.row(channel_id)
        title = f"Pinned in {display_text(channel_title(row)) if row else ''}"
        super().__init__(root, client, show_message, title, contents)
        self.open()
        self.refresh()

    def ask(self, last: Message | None) -> None:
        """Ask for the page after this message, or the first."""
        before = None if last is None else last.pinned_at
        self._client.pins.list(
            self.channel_id,
            before,
            lambda page: self.show(page.messages, more=page.more, is_first=last is None),
            self.refused,
        )

    def deeds(self) -> Mapping[MessageAction, Callable[[Entry], None]]:
        """Going to it, and taking the pin off."""
        may_pin = self._client.may(Permission.PIN_MESSAGES, self.channel_id)
        return {GO_TO: self.go_to, TAKE_OFF: self._unpin} if may_pin else {GO_TO: self.go_to}

    def dress(self, entry: Entry) -> Entry:
        """Without the sign that all of them would have."""
        return replace(entry, is_pinned=False)

    def _unpin(self, entry: Entry) -> None:
        self._client.pins.set(self.channel_id, entry.seq, is_on=False)
        self._client.tell()
