"""Turns arriving messages into notifications, and clicks on those into an open channel."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from client_app.core.client import Client
from client_app.core.signals import MessageArrived
from client_app.desktop.text import display_text
from shared.types import GENERAL, ChannelId

from .notifications import Backend, Note, Wishes, is_due, note_of

if TYPE_CHECKING:
    from .notifications.delivery import Delivery


class Stage(Protocol):
    """What the notifier needs of the program."""

    def post(self, work: Callable[[], None]) -> None:
        """Have this done soon on Tk's thread."""

    def raise_window(self) -> None:
        """Bring the window before the person's eyes."""

    def is_focused(self) -> bool:
        """Whether the person is typing into this window."""

    def show_note(self, title: str, text: str, on_click: Callable[[], None]) -> None:
        """Show a notification inside the window."""


class Notifier:
    """Listens on Tk's thread; what comes from the delivery's thread is posted there."""

    def __init__(self, client: Client, stage: Stage) -> None:
        self._client, self._stage = client, stage
        self._delivery: Delivery | None = None

    def message_arrived(self, arrived: MessageArrived) -> None:
        """Somebody else said something."""
        if self._client.is_left_in_peace:
            return
        settings, channel_id = self._client.settings, arrived.message.channel_id
        row = self._client.channels.row(channel_id)
        if row is None:
            return
        due = is_due(
            Wishes(settings.notifications, row.level, row.is_muted),
            is_direct=arrived.is_direct,
            is_focused=self._stage.is_focused(),
            is_in_front=channel_id == self._client.open_channel_id,
            is_mention=arrived.is_mention,
            is_announcement=arrived.is_announcement,
        )
        if due:
            self._deliverer().show(note_of(arrived, row.title, hides_text=settings.hide_notification_text))

    def withdraw(self, channel_id: ChannelId) -> None:
        """The person looks at this channel now."""
        if self._delivery is not None:
            self._delivery.withdraw(channel_id)

    def go_to(self, channel_id: ChannelId) -> None:
        """Open the channel of a notification, with the window in front."""
        self._stage.raise_window()
        self._client.open_channel(channel_id)
        self._client.tell()

    def test(self, then: Callable[[Backend], None]) -> None:
        """Send a notification and tell on Tk's thread who took it."""
        note = Note(self._client.open_channel_id or GENERAL, "Hearth", "Notifications work. Click to come back here.")
        self._deliverer().show(note, lambda backend: self._stage.post(lambda: then(backend)))

    def close(self) -> None:
        """Take everything back from the screen."""
        if self._delivery is not None:
            self._delivery.close()

    def _deliverer(self) -> "Delivery":
        """Made for the first notification: what it takes to talk to the desktop is a tenth of the window's start."""
        if self._delivery is None:
            from .notifications.delivery import Delivery

            stage = self._stage
            self._delivery = Delivery(
                on_click=lambda channel_id: stage.post(lambda: self.go_to(channel_id)),
                on_fallback=lambda note: stage.post(lambda: self._show_inside(note)),
            )
        return self._delivery

    def _show_inside(self, note: Note) -> None:
        self._stage.show_note(display_text(note.title), display_text(note.body), lambda: self.go_to(note.channel_id))
