"""What an edited message said before."""

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry

from .message_action import MessageAction, MessageGroup, is_said


def _show(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.show_versions(entry.seq)


VERSIONS = MessageAction(
    "versions",
    "Earlier versions…",
    MessageGroup.CHANGE,
    _show,
    lambda _, entry: is_said(entry) and entry.is_edited and entry.may_delete,
)
