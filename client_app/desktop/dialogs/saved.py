"""What one saved for oneself, from all channels."""

from collections.abc import Callable, Mapping

from client_app.core.actions import MessageAction
from client_app.core.client import Client
from client_app.core.timeline.timeline import Entry
from client_app.desktop.message_list import MessageEvents
from client_app.desktop.toolkit import Root
from shared.entities import Message
from shared.requests import SavedMessages
from shared.types import Milliseconds

from .found import GO_TO, FoundMessages, ShowMessage, deed

REMOVE = deed("remove", "Remove from the saved messages", "B", "cross")


class SavedDialog(FoundMessages):
    """What was saved last is at the top."""

    names_place = True
    empty = "You saved nothing yet. Choose “Save for yourself” in the menu of a message; nobody else learns of it."

    def __init__(self, root: Root, client: Client, show_message: ShowMessage, contents: MessageEvents) -> None:
        super().__init__(root, client, show_message, "Saved messages", contents)
        self._oldest: Milliseconds | None = None
        """When the last one listed was saved."""
        self.open()
        self.refresh()

    def ask(self, last: Message | None) -> None:
        """Ask for the page after the last one listed, or the first."""

        def show(page: SavedMessages) -> None:
            if page.saved:
                self._oldest = page.saved[-1].saved_at
            self.show([each.message for each in page.saved], more=page.more, is_first=last is None)

        self._client.saved.list(None if last is None else self._oldest, show, self.refused)

    def deeds(self) -> Mapping[MessageAction, Callable[[Entry], None]]:
        """Going to it, and removing it from here."""
        return {GO_TO: self.go_to, REMOVE: self._remove}

    def _remove(self, entry: Entry) -> None:
        message = self.message_of(entry)
        self._client.saved.set(message.channel_id, message.seq, is_on=False)
        self._client.tell()
