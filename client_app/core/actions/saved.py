"""Saving messages for oneself, and what one saved."""

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry

from .action import Action, open_row
from .message_action import MessageAction, MessageGroup, is_readable


def _save(client: Client, _surface: Surface, entry: Entry) -> None:
    channel_id = open_row(client).channel_id
    client.saved.set(
        channel_id, entry.seq, is_on=True, then=lambda: client.notice("Saved. You find it in your menu, or by /saved.")
    )


SAVED = Action(
    "saved",
    "Saved messages…",
    lambda _, surface, __: surface.show_saved(),
    slash="saved",
    help="show the messages that you saved for yourself",
)
SAVING = (
    MessageAction("save", "Save for yourself", MessageGroup.KEEP, _save, lambda _, entry: is_readable(entry), "B"),
)
