"""Links to messages."""

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry

from .message_action import MessageAction, MessageGroup, is_said


def _copy_link(client: Client, surface: Surface, entry: Entry) -> None:
    if client.open_channel_id is not None:
        surface.copy(client.link_to_message(client.open_channel_id, entry.seq))
        client.notice("The link to the message is copied.")


# fmt: off
COPY_LINK = MessageAction("copy-message-link", "Copy link to the message", MessageGroup.TAKE, _copy_link,
                          lambda _, entry: is_said(entry), "L")
# fmt: on
