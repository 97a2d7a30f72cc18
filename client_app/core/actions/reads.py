"""How far one has read: what marks messages as read or unread, and the way to the first that is new."""

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry

from .action import Action
from .message_action import MessageAction, MessageGroup, is_said


def _mark_read(client: Client, _surface: Surface, _argument: str) -> None:
    if client.open_channel_id:
        client.mark_read(client.open_channel_id)


def _mark_all_read(client: Client, _surface: Surface, _argument: str) -> None:
    client.mark_all_read()


def _show_new(_client: Client, surface: Surface, _argument: str) -> None:
    surface.show_new()


def _has_new(client: Client) -> bool:
    return client.open_channel_id is not None and client.new(client.open_channel_id) is not None


def _mark_unread(client: Client, _surface: Surface, entry: Entry) -> None:
    if client.open_channel_id is not None:
        client.mark_unread(client.open_channel_id, entry.seq)


# fmt: off
READING = (
    Action("mark-read", "Mark as read", _mark_read, ("Escape",), "read",
           help="mark all of this channel as read"),
    Action("mark-all-read", "Mark everything as read", _mark_all_read, ("Shift+Escape",), "readall",
           help="mark all channels as read, which can be taken back for a moment"),
    Action("show-new", "Go to the first new message", _show_new, ("Shift+Prior",), "new",
           help="go to the first message that was new when you came", is_available=_has_new),
)
MARK_UNREAD = MessageAction("mark-unread", "Mark unread from here", MessageGroup.KEEP, _mark_unread,
                            lambda _, entry: is_said(entry), "U")
# fmt: on
