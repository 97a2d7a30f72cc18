"""Answering a message, and going to what was answered."""

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.timeline.timeline import Entry, QuoteState
from shared.errors import BadRequest
from shared.types import Permission

from .action import Action, open_row
from .message_action import MessageAction, MessageGroup, is_readable
from .messages import newest


def _may_write(client: Client) -> bool:
    channel_id = client.open_channel_id
    return channel_id is not None and client.may(Permission.SEND_MESSAGES, channel_id)


def _may_answer(client: Client, entry: Entry) -> bool:
    return is_readable(entry) and _may_write(client)


def _answer(_client: Client, surface: Surface, entry: Entry) -> None:
    surface.begin_reply(entry.seq)


def _has_original(_client: Client, entry: Entry) -> bool:
    return is_readable(entry) and entry.quote is not None and entry.quote.state is not QuoteState.MISSING


def _go_to_original(client: Client, surface: Surface, entry: Entry) -> None:
    if client.open_channel_id is not None and entry.quote is not None:
        surface.show_message(client.open_channel_id, entry.quote.seq)


def _answer_last(client: Client, surface: Surface, text: str) -> None:
    """The last message of somebody else; with a text, at once."""
    row = open_row(client)
    last = newest(client, lambda entry: _may_answer(client, entry) and not entry.is_own)
    if last is None:
        raise BadRequest("There is no message of somebody else here that you could answer.")
    if text:
        client.begin_reply(row.channel_id, last.seq)
        client.send(row.channel_id, text)
    else:
        surface.begin_reply(last.seq)


def _can_answer_last(client: Client) -> bool:
    return newest(client, lambda entry: _may_answer(client, entry) and not entry.is_own) is not None


# fmt: off
REPLYING = (
    Action("reply", "Reply to the last message", _answer_last, ("Shift+Up",),
           "reply", "[text]", "answer what somebody else said last (Shift+↑ where nothing is typed)",
           _can_answer_last),
)
REPLY = MessageAction("reply-to", "Reply", MessageGroup.ANSWER, _answer, _may_answer, "R", "reply")
ORIGINAL = MessageAction("original", "Go to the original", MessageGroup.ANSWER, _go_to_original, _has_original, "O")
# fmt: on
