"""What an edited message said before, and what it says now."""

from collections.abc import Callable, Mapping

from client_app.core.actions import MessageAction
from client_app.core.client import Client
from client_app.core.timeline.timeline import Entry
from client_app.desktop.toolkit import Root
from shared.entities import Message, Version
from shared.requests import Versions
from shared.types import ChannelId, ClientId, MessageId, MessageKind, UserId

from .found import FoundMessages


class VersionsDialog(FoundMessages):
    """The latest is at the top."""

    empty = "Nothing is kept of what it said before."

    def __init__(self, root: Root, client: Client, channel_id: ChannelId, entry: Entry) -> None:
        super().__init__(root, client, lambda *_: None, "What this message said before")
        self._channel_id, self._entry = channel_id, entry
        self._last: int | None = None
        """The number of the last one listed."""
        self.open()
        self.refresh()

    def ask(self, last: Message | None) -> None:
        """Ask for the page after the last one listed, or the first."""

        def show(page: Versions) -> None:
            if page.versions:
                self._last = page.versions[-1].number
            self.show([self._as_message(each) for each in page.versions], more=page.more, is_first=last is None)

        before = None if last is None else self._last
        self._client.versions.fetch(self._channel_id, self._entry.seq, before, show, self.refused)

    def deeds(self) -> Mapping[MessageAction, Callable[[Entry], None]]:
        """Nothing: it is there to be read."""
        return {}

    def go_to(self, entry: Entry) -> None:
        """It is not to be found anywhere else."""

    def _as_message(self, version: Version) -> Message:
        """As it looked then."""
        return Message(
            id=MessageId(version.number),
            channel_id=self._channel_id,
            seq=self._entry.seq,
            author_id=self._entry.author_id or UserId(0),
            client_id=ClientId(f"version-{version.number}"),
            kind=MessageKind.ACTION if self._entry.is_action else MessageKind.TEXT,
            body=version.body,
            created_at=version.written_at,
        )
