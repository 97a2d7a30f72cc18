"""Passing on what somebody said."""

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry

from .message_action import MessageAction, MessageGroup, is_readable


def _forward(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.ask_to_forward((entry.seq,))


def _may_forward(_client: Client, entry: Entry) -> bool:
    return is_readable(entry) and not entry.is_revealed


FORWARD = MessageAction("forward", "Forward…", MessageGroup.TAKE, _forward, _may_forward, "F")
