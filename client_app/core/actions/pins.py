"""Pinning messages, and what is pinned."""

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry
from shared.types import Permission

from .action import Action, open_row, where
from .message_action import MessageAction, MessageGroup, is_said


def _may_pin(client: Client, entry: Entry) -> bool:
    return is_said(entry) and client.may(Permission.PIN_MESSAGES, client.open_channel_id)


def _pin(is_on: bool, client: Client, entry: Entry) -> None:
    client.pins.set(open_row(client).channel_id, entry.seq, is_on=is_on)


def _show(client: Client, surface: Surface, _argument: str) -> None:
    open_row(client)
    surface.show_pins()


PINS = Action(
    "pins", "Pinned messages…", _show, ("Ctrl+P",), "pins", "", "show what is pinned here", where(lambda _: True)
)
# fmt: off
PINNING = (
    MessageAction("pin", "Pin", MessageGroup.KEEP, lambda client, _, entry: _pin(True, client, entry),
                  lambda client, entry: not entry.is_pinned and _may_pin(client, entry), "P"),
    MessageAction("unpin", "Unpin", MessageGroup.KEEP, lambda client, _, entry: _pin(False, client, entry),
                  lambda client, entry: entry.is_pinned and _may_pin(client, entry), "P"),
)
# fmt: on
